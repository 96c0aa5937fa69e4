"""Whether a difference is more than chance makes, in one plain sentence.

A difference is called one where chance makes as large a one less often than once in 20 times.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from runs.comparison.mcnemar import Pair
from runs.comparison.student import single_p, spread, welch_p

ONCE_IN = 20  # times; what chance makes as often is called noise
_RAREST = 1e-6
_ON_TEST_SET = 1e-4  # the steps in which accuracies on 10,000 digits come


class Verdict(NamedTuple):
    """What can be said of two runs or settings A and B."""

    better: Literal["a", "b", ""]  # "": nothing says that either is
    p: float | None  # how often chance alone makes such a difference, 0 to 1; None where nothing tells
    words: str


def of_networks(pair: Pair, a: str = "A", b: str = "B") -> Verdict:
    """Say which of two networks reads more digits, if either does.

    Args:
        pair: what each reads alone.
        a: what the first is called in the sentence.
        b: what the second is called.
    """
    n_a, n_b, p = len(pair.only_a), len(pair.only_b), pair.p
    if not n_a + n_b:
        return Verdict("", p, f"{a} and {b} read exactly the same digits.")
    if not _is_rare(p):
        reads = f"{a} reads {_digits(n_a)} that {b} misses, and misses {n_b:,} that {b} reads"
        return Verdict("", p, f"This is noise: {reads}. {_chance_words(p)}")
    first, second, more, fewer = (a, b, n_a, n_b) if n_a > n_b else (b, a, n_b, n_a)
    reads = f"it reads {_digits(more)} that {second} misses, and misses {fewer:,} that {second} reads"
    return Verdict("a" if n_a > n_b else "b", p, f"{first} is better: {reads}. {_chance_words(p)}")


def of_seeds(a: Sequence[float], b: Sequence[float], names: tuple[str, str] = ("A", "B")) -> Verdict:
    """Say which of two settings is better by the test accuracies of several seeds of each, if either is.

    Args:
        a: the test accuracies of the seeds of A, 0 to 1.
        b: those of B.
        names: what the two are called in the sentence.
    """
    if min(len(a), len(b)) == 0:
        return Verdict("", None, "There is nothing to compare yet.")
    p = _p_of_seeds(np.asarray(a, np.float64), np.asarray(b, np.float64))
    differ = abs(float(np.mean(a)) - float(np.mean(b)))
    points, seeds = f"{100 * differ:.2f} points", _counted(len(a), len(b))
    if p is None:
        return Verdict("", None, f"One seed of each, {points} apart: it may be luck. Try more seeds of both.")
    better: Literal["a", "b"] = "a" if np.mean(a) > np.mean(b) else "b"
    first, second = names if better == "a" else names[::-1]
    if not _is_rare(p):
        means = "the means are" if min(len(a), len(b)) > 1 else "they are"
        noise = f"This is noise: {means} {points} apart ({seeds}), and seeds alone differ that much."
        return Verdict("", p, f"{noise} {_chance_words(p)}")
    return Verdict(better, p, f"{first} is better than {second} by {points} ({seeds}). {_chance_words(p)}")


def _p_of_seeds(a: np.typing.NDArray[np.float64], b: np.typing.NDArray[np.float64]) -> float | None:
    """Return how often seeds alone make such a difference; a single seed is measured by the spread of the others."""
    if len(a) > 1 and len(b) > 1:
        return welch_p(spread(a, _ON_TEST_SET), spread(b, _ON_TEST_SET))
    single, several = (a, b) if len(a) == 1 else (b, a)
    return single_p(float(single[0]), spread(several, _ON_TEST_SET)) if len(several) > 1 else None


def _is_rare(p: float) -> bool:
    return p * ONCE_IN < 1


def _chance_words(p: float) -> str:
    """Return how often chance makes such a difference, as a sentence."""
    if p < _RAREST:
        return "Chance makes such a difference less than once in a million times."
    if p > 2 / 3:
        return "Chance makes such a difference almost every time."
    if p > 2 / 5:
        return "Chance makes such a difference every second time."
    times = 1 / p
    rounded = f"{times:.2g}" if times >= 10 else f"{times:.0f}"
    return f"Chance makes such a difference once in {int(float(rounded)):,} times."


def _digits(n: int) -> str:
    return f"{n:,} digit{'' if n == 1 else 's'}"


def _counted(n_a: int, n_b: int) -> str:
    """Return how many seeds were compared: '5 seeds of each', or '1 seed against 5'."""
    return f"{n_a:,} seeds of each" if n_a == n_b > 1 else f"{n_a:,} seed{'' if n_a == 1 else 's'} against {n_b:,}"
