"""What stands below each digit of a list, and what it is called: the truth, the answer, and how sure or how wrong."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from charts.answers import sure
from charts.weights import short
from fcnn.metrics import Answers
from fcnn.types import Examples, Indices
from ui.mistakes.facts import facts_of
from ui.words import a_digit

SMALLEST = 0.01  # a loss below it is said to be below it


class Tile(NamedTuple):
    """One digit of a list, in words."""

    caption: str
    label: str  # its tooltip, and its name for screen readers


def with_confidence(test: Examples, answers: Answers, indices: Indices) -> list[Tile]:
    """Say of each of these examples how sure the network was of its answer."""
    return [
        Tile(f"{truth}, said {said} ({sure(p)})", f"{_digit(index, truth)}, read as {said} with {sure(p, 2)}")
        for index, (truth, said, p) in zip(indices, facts_of(test, answers, indices), strict=True)
    ]


def with_loss(test: Examples, answers: Answers, indices: Indices) -> list[Tile]:
    """Say of each of these examples how large its loss is."""
    facts = zip(indices, facts_of(test, answers, indices), answers.losses[indices], strict=True)
    return [
        Tile(
            f"{truth}, said {said}, loss {loss_words(loss)}",
            f"{_digit(index, truth)}, read as {said} with {sure(p, 2)}: loss {loss_words(loss)}",
        )
        for index, (truth, said, p), loss in facts
    ]


def with_both(test: Examples, a: Answers, b: Answers, indices: Indices) -> list[Tile]:
    """Say of each of these examples what two networks A and B answer, and how sure they were."""
    both = zip(indices, facts_of(test, a, indices), facts_of(test, b, indices), strict=True)
    return [
        Tile(
            f"{truth}: A {said}, B {other}",
            f"{_digit(index, truth)}: A says {said} with {sure(p, 2)}, B says {other} with {sure(q, 2)}",
        )
        for index, (truth, said, p), (_, other, q) in both
    ]


def loss_words(loss: float) -> str:
    """Return a loss as short as it can be said."""
    if not np.isfinite(loss):
        return "beyond all numbers"
    if loss < SMALLEST:
        return f"< {SMALLEST}"
    return f"{loss:.2f}" if loss < 1000 else short(float(loss))


def captions(tiles: Sequence[Tile]) -> list[str]:
    """Return what stands below each."""
    return [tile.caption for tile in tiles]


def labels(tiles: Sequence[Tile]) -> list[str]:
    """Return what each is called."""
    return [tile.label for tile in tiles]


def _digit(index: int, truth: int) -> str:
    return f"Test digit {index}: {a_digit(truth)}"
