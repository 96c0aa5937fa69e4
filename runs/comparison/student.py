"""Student's t: whether two groups of numbers lie further apart than their own spread explains."""

from math import exp, inf, lgamma, log, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
_TINY = 1e-300  # stands for a divisor of 0 in the continued fraction
_MOST_TERMS = 300


class Spread(NamedTuple):
    """A group of measurements."""

    mean: float
    variance: float  # of a measurement
    n: int


def spread(values: Numbers, step: float) -> Spread:
    """Return mean and variance of two or more measurements that come in steps of a size.

    Equal ones do not prove that there is no spread at all: it is at least what rounding to steps takes away.
    """
    return Spread(float(values.mean()), max(float(values.var(ddof=1)), step**2 / 12), len(values))


def welch_p(a: Spread, b: Spread) -> float:
    """Return how likely two groups with one true mean lie at least so far apart, two-sided.

    Each has a spread of its own. Welch, 'The generalization of Student's problem when several different population
    variances are involved', 1947.
    """
    shares = a.variance / a.n, b.variance / b.n
    t = (a.mean - b.mean) / sqrt(sum(shares))
    freedom = sum(shares) ** 2 / (shares[0] ** 2 / (a.n - 1) + shares[1] ** 2 / (b.n - 1))
    return two_sided(t, freedom)


def single_p(value: float, group: Spread) -> float:
    """Return how likely one more measurement of a group lies at least so far from its mean, two-sided."""
    return two_sided((value - group.mean) / sqrt(group.variance * (1 + 1 / group.n)), group.n - 1)


def two_sided(t: float, freedom: float) -> float:
    """Return how likely |t| or more is in Student's distribution with so many degrees of freedom."""
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularized incomplete beta function I_x(a, b), 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # beyond here the fraction of the other tail is the one that converges
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    return front * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22)."""
    value, c, d, change = 1.0, 1.0, 0.0, inf
    for i in range(_MOST_TERMS):
        m = i // 2
        if i == 0:
            numerator = 1.0
        elif i % 2 == 0:
            numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + numerator * d or _TINY)
        c = 1 + numerator / c or _TINY
        change = c * d
        value *= change
        if abs(change - 1) < 1e-15:
            break
    return value - 1
