"""What two networks say to the same digits: where they disagree, and who is right then."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np

from fcnn.inside.orders import Order
from fcnn.metrics import Answers
from fcnn.types import Array, Indices, Labels

Who = Literal["any", "one", "other", "neither"]  # is right


class Counts(NamedTuple):
    """How often two networks say different digits, by who is right then."""

    one: int
    other: int
    neither: int  # both are wrong, in different ways


def find_disagreements(one: Answers, other: Answers, truths: Labels, who: Who = "any") -> Indices:
    """Return the indices of the examples to which two networks say different digits, rising.

    Args:
        one: what one network says to N examples.
        other: what another says to the same.
        truths: their digits, (N,).
        who: of the two is right: only those cases.
    """
    different = one.digits != other.digits
    if who == "one":
        different &= one.digits == truths
    elif who == "other":
        different &= other.digits == truths
    elif who == "neither":
        different &= (one.digits != truths) & (other.digits != truths)
    return np.flatnonzero(different)


def count_disagreements(one: Answers, other: Answers, truths: Labels) -> Counts:
    """Count them by who is right."""
    whos: tuple[Who, ...] = ("one", "other", "neither")
    return Counts(*(len(find_disagreements(one, other, truths, who)) for who in whos))


def distances(one: Answers, other: Answers) -> Array:
    """Return how far two networks are apart at each example, of shape (N,): 0 the same, 1 nothing in common.

    It is half the sum of the differences of their ten probabilities (total variation).
    """
    apart: Array = np.abs(one.probabilities - other.probabilities).sum(axis=1) / 2
    return apart


DISAGREEMENT_ORDERS: Mapping[str, Order[[Answers, Answers, Labels]]] = MappingProxyType(
    {
        "apart": Order("Furthest apart first", lambda one, other, _: (-distances(one, other),)),
        "sure": Order("Both surest first", lambda one, other, _: (-np.minimum(one.confidences, other.confidences),)),
        "digit": Order("By digit", lambda one, other, truths: (truths, -distances(one, other))),
    }
)


def sort_disagreements(indices: Indices, one: Answers, other: Answers, truths: Labels, order: str) -> Indices:
    """Return the indices in one of DISAGREEMENT_ORDERS; equal ones stay in the order they came in."""
    few, few_others = (Answers(answers.probabilities[indices], answers.losses[indices]) for answers in (one, other))
    return indices[DISAGREEMENT_ORDERS[order].sort(few, few_others, truths[indices])]
