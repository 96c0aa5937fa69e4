"""The mistakes of a network: which examples they are, of which kind, and in which order to look at them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.inside.orders import Order
from fcnn.metrics import Answers, Counts
from fcnn.types import Array, Indices, Labels


class Kind(NamedTuple):
    """Which mistakes are meant: those in one cell, row or column of the confusion matrix. None: any digit."""

    true: int | None = None
    said: int | None = None

    @property
    def words(self) -> str:
        """The kind as a person would say it."""
        if self.true is None:
            return "All mistakes" if self.said is None else f"Other digits taken for {self.said}"
        if self.is_right:
            return f"{self.true}s read as {self.said}"
        return f"{self.true}s taken for {'another digit' if self.said is None else self.said}"

    @property
    def is_right(self) -> bool:
        """Whether this is a cell of the diagonal: right answers, and so no mistakes at all."""
        return self.true is not None and self.true == self.said


ANY_KIND = Kind()


MISTAKE_ORDERS: Mapping[str, Order[[Answers, Labels]]] = MappingProxyType(
    {
        "confident": Order("Most confident first", lambda answers, _: (-answers.confidences,)),
        "unsure": Order("Least confident first", lambda answers, _: (answers.confidences,)),
        "loss": Order("Largest loss first", lambda answers, _: (-answers.losses,)),
        "digit": Order("By digit", lambda answers, truths: (truths, answers.digits, -answers.confidences)),
    }
)


def find_mistakes(answers: Answers, truths: Labels, kind: Kind = ANY_KIND) -> Indices:
    """Return the indices of the examples with a wrong answer of this kind, rising."""
    wrong = answers.digits != truths
    if kind.true is not None:
        wrong &= truths == kind.true
    if kind.said is not None:
        wrong &= answers.digits == kind.said
    return np.flatnonzero(wrong)


def sort_examples(indices: Indices, answers: Answers, truths: Labels, order: str) -> Indices:
    """Return the indices in one of MISTAKE_ORDERS; examples that are equal in it stay in the order they came in."""
    chosen = Answers(answers.probabilities[indices], answers.losses[indices])
    return indices[MISTAKE_ORDERS[order].sort(chosen, truths[indices])]


def count_without_answer(answers: Answers) -> int:
    """Count the examples to which the network says nothing that is a number: it has diverged."""
    return int((~np.isfinite(answers.probabilities)).any(axis=1).sum())


def count_examples(confusion: Counts, kind: Kind) -> int:
    """Count the examples of this kind; a row, a column and the whole leave out the diagonal."""
    if kind.is_right:
        return int(confusion[kind.true, kind.said])
    mistakes = confusion - np.diag(np.diag(confusion))
    of_true = mistakes.sum(axis=0) if kind.true is None else mistakes[kind.true]
    return int(of_true.sum() if kind.said is None else of_true[kind.said])


def accuracy_per_digit(confusion: Counts) -> Array:
    """Return how often 'is it a k?' is answered rightly over all examples, for each digit k, of shape (K,)."""
    missed = confusion.sum(axis=1) - np.diag(confusion)
    false_alarms = confusion.sum(axis=0) - np.diag(confusion)
    share: Array = 1 - (missed + false_alarms) / confusion.sum()
    return share
