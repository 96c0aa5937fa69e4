"""What the Draw page says about ten probabilities: the answer, and in words how far to trust it."""

from typing import NamedTuple

import numpy as np

from charts.answers import sure as in_percent
from fcnn.types import Array

VERY_SURE, SURE, TORN = 0.98, 0.9, 0.5  # least probability of the answer
NO_ANSWER = (
    "The numbers of this network grew beyond what a computer can hold: it diverged. Choose an earlier epoch above, or "
    "train again with a smaller learning rate."
)
ALSO = 0.05  # least probability of another digit to be named beside it


class Verdict(NamedTuple):
    """The answer in words."""

    headline: str
    words: str
    digit: int | None = None  # to point out; None if there is no answer to rely on


def judge(probabilities: Array, *, truth: int | None, is_strange: bool, several: bool = False) -> Verdict:
    """Return what to say about probabilities of shape (K,).

    Args:
        probabilities: What the network answered; nan if it diverged.
        truth: The true digit, where it is known.
        is_strange: Whether the image looks unlike a digit, whatever the network says.
        several: Whether there seems to be more than one digit in it.
    """
    if not np.isfinite(probabilities).all():
        return Verdict("No answer", NO_ANSWER)
    ranked = probabilities.argsort()[::-1]
    sure = float(probabilities[ranked[0]])
    names = [f"{digit} ({in_percent(probabilities[digit])})" for digit in ranked]
    if several:
        return Verdict(
            "One digit at a time",
            f"There seem to be several things here, and the network takes them all together for one digit: {names[0]}. "
            "Do not rely on it.",
        )
    if is_strange:
        return Verdict(
            "Is this a digit?",
            f"There is nothing like it among 10,000 digits: the five below are the nearest. The network must choose "
            f"one of the ten, and says {names[0]}, but do not rely on it.",
        )
    if sure < TORN:
        return Verdict(
            "Hard to say", f"It cannot decide between {names[0]}, {names[1]} and {names[2]}." + _told(None, truth)
        )
    answer = int(ranked[0])
    if sure < SURE:
        also = names[1] if probabilities[ranked[1]] >= ALSO else "another"
        words = f"But it is not sure: {names[0]} or {also}."
    else:
        words = f"It is {'very' if sure >= VERY_SURE else 'quite'} sure: {in_percent(sure)}."
    return Verdict(f"It says {answer}", words + _told(answer, truth), answer)


def _told(answer: int | None, truth: int | None) -> str:
    if truth is None:
        return ""
    if answer is None:
        return f" It is a **{truth}**."
    return " And it is right." if answer == truth else f" But it is wrong: this is a **{truth}**."
