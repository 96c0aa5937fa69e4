"""What an update learns from: the digit in hand, or a batch of training digits that chance has drawn."""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np

from fcnn.mnist import N_VALIDATION
from fcnn.network import N_CLASSES, NetworkSpec
from fcnn.types import Examples
from ui import cached
from ui.choices import choice, whole_number
from ui.digit_in_hand import Digit, digit_in_hand
from ui.one_step.choices import DRAWN, LESSONS, MEANT, OF
from ui.one_step.cost import n_examples
from ui.visit import Visit
from ui.words import a_digit


class Lesson(NamedTuple):
    """The examples of an update."""

    key: Hashable  # names them
    examples: Examples  # at least one
    name: str  # 'this digit, a 7', 'a batch of 128'


def truth_of(state: Visit, digit: Digit) -> int | None:
    """Return what a digit is or, of one's own, what it is meant to be, where that was said."""
    meant = whole_number(state.choices.get(MEANT, ""), below=N_CLASSES)
    return meant if digit.truth is None else digit.truth


def lesson_of(state: Visit, spec: NetworkSpec) -> Lesson | None:
    """Return what is learned from; None while nobody has said what a digit of one's own is meant to be."""
    if choice(state, OF, LESSONS) == "batch":
        return _batch(batch_number(state), n_examples(spec, state.config.batch_size))
    digit = digit_in_hand(state)
    truth = truth_of(state, digit)
    if truth is None:
        return None
    name = f"this digit, {a_digit(truth)}"
    return Lesson((digit.chosen, truth), Examples(digit.image[None], np.array([truth])), name)


def batch_number(state: Visit) -> int:
    """Return which batch is drawn: the number is the seed."""
    return whole_number(state.choices.get(DRAWN, "")) or 0


def _batch(seed: int, n: int) -> Lesson:
    """Return n different training digits; those of the validation set, and of the test set, are never among them."""
    X, labels = cached.load_mnist().all_train
    rows = np.random.default_rng(seed).choice(len(labels) - N_VALIDATION, n, replace=False)
    name = "this training digit" if n == 1 else f"this batch of {n} training digits"
    return Lesson(("batch", seed, n), Examples(X[rows], labels[rows]), name)
