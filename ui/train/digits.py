"""Twelve digits on the Train page, with what the network says to them now."""

from typing import NamedTuple

import numpy as np

from charts.answers import sure
from fcnn.metrics import Answers, answer
from fcnn.mnist import N_VALIDATION
from fcnn.pixels import as_images
from fcnn.types import Examples
from ui import cached
from ui.choices import whole_number
from ui.components.gallery import gallery
from ui.network_line import Digit
from ui.network_shown import NetworkShown
from ui.train.redraw import redraw
from ui.visit import Visit
from ui.words import a_digit

N, AMONG = 12, 200  # digits, of the first so many of the validation set, which have all kinds
DIGIT = "digit"  # the word of the address: which of the twelve runs through the picture
RIGHT, WRONG, NO_ANSWER = "\N{CHECK MARK}", "\N{MULTIPLICATION X}", "?"
_TILE_PX = 46


class Says(NamedTuple):
    """What the network says to one of the digits, as it is shown."""

    caption: str
    label: str
    share: float  # the probability that it gives to the truth, 0 to 1


def twelve(all_train: Examples) -> Examples:
    """Return twelve digits of the validation set: the first of each kind, and two more."""
    X, labels = all_train.X[-N_VALIDATION:], all_train.labels[-N_VALIDATION:]
    first = np.unique(labels[:AMONG], return_index=True)[1]
    more = np.setdiff1d(np.arange(N), first)[: N - len(first)]
    rows = np.concatenate([first, more])
    return Examples(X[rows], labels[rows])


def in_hand(state: Visit) -> int:
    """Return which of the twelve the visitor has chosen; the first, as long as none was."""
    return whole_number(state.choices.get(DIGIT, ""), below=N) or 0


def digit_in_hand(state: Visit) -> Digit:
    """Return that digit."""
    X, labels = twelve(cached.load_mnist().all_train)
    place = in_hand(state)
    return Digit(X[place], int(labels[place]))


def what_it_says(answers: Answers, truths: list[int]) -> list[Says]:
    """Return what is shown of the answers to digits whose truth is known."""
    rows = zip(truths, answers.digits.tolist(), answers.probabilities, strict=True)
    return [_says(truth, digit, p[truth], p[digit]) for truth, digit, p in rows]


def _says(truth: int, digit: int, of_truth: float, of_answer: float) -> Says:
    if not np.isfinite(of_answer):
        return Says(NO_ANSWER, f"{a_digit(truth).capitalize()}: no answer", 0.0)
    mark = RIGHT if truth == digit else WRONG
    label = f"{a_digit(truth).capitalize()}, read as {digit} with {sure(of_answer)}"
    return Says(f"{digit} {mark}", label, round(float(of_truth), 3))


def draw_digits(state: Visit, shown: NetworkShown) -> None:
    """Draw the twelve and the answers, red where the truth gets nothing, green where it gets all; a click takes one."""
    digits = twelve(cached.load_mnist().all_train)
    said = what_it_says(answer(shown.spec, shown.params, digits), digits.labels.tolist())

    def take(place: int) -> None:
        state.choices[DIGIT] = str(place)
        redraw()

    captions, labels, shares = zip(*said, strict=True)
    gallery(
        as_images(digits.X), key="twelve", captions=captions, labels=labels, shares=shares, selected=in_hand(state),
        tile_px=_TILE_PX, even=True, on_click=take,
    )  # fmt: skip
