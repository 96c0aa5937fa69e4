"""Two networks on the same test digits: which of them each reads alone, and how often chance makes that much of it.

Digits that both read, or neither, say nothing about which is better. If the two were equally good, each of the others
would be as likely to be read by the one as by the other: the number of A is that of heads among so many coins.
McNemar, 'Note on the sampling error of the difference between correlated proportions or percentages', 1947.
"""

from math import exp, lgamma, log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.types import Labels
from runs.kept import Answered

Places = npt.NDArray[np.intp]  # (n,), rising: which test digits
_TOO_SMALL = 1e-17  # a term that is so much smaller than the sum changes no digit of it, nor do those after it


class Pair(NamedTuple):
    """What two networks A and B read on the same test digits."""

    only_a: Places  # A reads them, B does not
    only_b: Places
    n: int  # digits in all

    @property
    def p(self) -> float:
        """How likely two equally good networks differ at least so much, 0 to 1."""
        return exact_p(len(self.only_a), len(self.only_b))


def compare(a: Answered, b: Answered, labels: Labels) -> Pair:
    """Return which test digits each of two networks reads alone.

    Args:
        a: The digits that A answers, of shape (N,).
        b: Those of B, to the same N pictures.
        labels: The true digits, of shape (N,).

    Raises:
        ValueError: these are not of one length.
    """
    if not a.shape == b.shape == labels.shape:
        raise ValueError(f"both must answer the same digits, got {a.shape} and {b.shape} answers to {labels.shape}")
    a_right, b_right = a == labels, b == labels
    return Pair(np.flatnonzero(a_right & ~b_right), np.flatnonzero(b_right & ~a_right), len(labels))


def exact_p(b: int, c: int) -> float:
    """Return the exact two-sided p of McNemar's test: twice the chance of min(b, c) heads or fewer among b + c coins.

    The terms of that sum shrink from the largest on, each by a known factor, so that a few hundred of them suffice.
    """
    n, k = b + c, min(b, c)
    term = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2))  # of exactly k heads
    tail = 0.0
    while term > _TOO_SMALL * tail:
        tail += term
        term *= k / (n - k + 1)
        k -= 1
    return min(1.0, 2 * tail)
