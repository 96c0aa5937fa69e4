"""The digits at the ends: the hardest, the easiest, and those about which the network is least sure."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from fcnn.inside.orders import Order
from fcnn.metrics import Answers
from fcnn.types import Array, Indices


def lead(answers: Answers) -> Array:
    """Return by how much the most probable digit is ahead of the next, 0 to 1, of shape (N,)."""
    second, first = np.partition(answers.probabilities, -2, axis=1)[:, -2:].T
    ahead: Array = first - second
    return ahead


EXTREMES: Mapping[str, Order[[Answers]]] = MappingProxyType(
    {
        "hardest": Order("Hardest: largest loss", lambda answers: (-answers.losses,)),
        "easiest": Order("Easiest: smallest loss", lambda answers: (answers.losses,)),
        "unsure": Order("Least sure: two digits nearly equal", lambda answers: (lead(answers),)),
    }
)


def extreme_digits(answers: Answers, kind: str, n: int) -> Indices:
    """Return the indices of up to n examples at one of the EXTREMES, right and wrong answers alike, the utmost first.

    Examples without an answer that is a number go last.
    """
    return EXTREMES[kind].sort(answers)[:n]
