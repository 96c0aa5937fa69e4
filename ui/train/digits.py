"""Twelve digits on the Train page, with what the network says to them now."""

from typing import NamedTuple

import numpy as np

from charts.answers import sure
from fcnn.metrics import Answers, answer
from fcnn.mnist import N_VALIDATION
from fcnn.pixels import as_images
from fcnn.types import Examples, Indices
from runs.view import RunView
from ui import cached
from ui.components.gallery import gallery
from ui.digit import InHand
from ui.digit_in_hand import in_hand
from ui.network_shown import NetworkShown
from ui.train.redraw import redraw
from ui.visit import Visit
from ui.words import a_digit

N, AMONG = 12, 200  # digits, of the first so many of the validation set, which have all kinds
RIGHT, WRONG, NO_ANSWER = "\N{CHECK MARK}", "\N{MULTIPLICATION X}", "?"
_TILE_PX = 46


class Says(NamedTuple):
    """What the network says to one of the digits, as it is shown."""

    caption: str
    label: str
    share: float  # the probability that it gives to the truth, 0 to 1


def twelve(all_train: Examples) -> tuple[Indices, Examples]:
    """Return twelve digits of the validation set, the first of each kind and two more, and where they are in it."""
    X, labels = all_train.X[-N_VALIDATION:], all_train.labels[-N_VALIDATION:]
    first = np.unique(labels[:AMONG], return_index=True)[1]
    more = np.setdiff1d(np.arange(N), first)[: N - len(first)]
    rows = np.concatenate([first, more])
    return rows, Examples(X[rows], labels[rows])


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


def which_digits(shown: NetworkShown, run: RunView | None, n: int | None = None) -> str:
    """Return what to call digits of the validation set: whether the network that is shown learns from them."""
    if shown.source != "run" or run is None:
        return "Twelve digits" if n is None else f"{n} digits"
    from_them = "it learns from" if run.config.all_images else "it does not learn from"
    return f"Digits {from_them}" if n is None else f"{n} digits {from_them}"


def draw_digits(state: Visit, shown: NetworkShown) -> None:
    """Draw the twelve and the answers, red where the truth gets nothing, green where it gets all; a click chooses."""
    rows, digits = twelve(cached.load_mnist().all_train)
    indices, chosen = rows.tolist(), in_hand(state)
    said = what_it_says(answer(shown.spec, shown.params, digits), digits.labels.tolist())

    def take(place: int) -> None:
        state.digit = InHand("validation", indices[place])
        redraw()

    captions, labels, shares = zip(*said, strict=True)
    gallery(
        as_images(digits.X), key="twelve", captions=captions, labels=labels, shares=shares,
        selected=indices.index(chosen.index) if chosen.of == "validation" and chosen.index in indices else None,
        tile_px=_TILE_PX, even=True, on_click=take,
    )  # fmt: skip
