"""Figures that say how good a network is, and how sure one may be of them."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.losses import cross_entropy
from fcnn.network import N_CLASSES, NetworkSpec, forward
from fcnn.types import Array, Examples, Labels, Params

Counts = npt.NDArray[np.int64]
ROWS_AT_ONCE = 1_000  # keeps the values of a pass over many images within a few megabytes


class Figures(NamedTuple):
    """How a network does on some examples."""

    loss: float  # mean cross-entropy, in nats
    accuracy: float  # share of right answers, 0 to 1


class Answers(NamedTuple):
    """What a network says to N examples."""

    probabilities: Array  # (N, K)
    losses: Array  # (N,), in nats

    @property
    def digits(self) -> Labels:
        """The digit with the largest probability, of shape (N,)."""
        answered: Labels = self.probabilities.argmax(axis=1)
        return answered

    @property
    def confidences(self) -> Array:
        """The probability of the digit that was answered, of shape (N,)."""
        top: Array = self.probabilities.max(axis=1)
        return top


class PerDigit(NamedTuple):
    """Precision and recall of each digit, of shape (K,); nan where there was nothing to divide by."""

    precision: Array  # of the answers 'k', the share that was right
    recall: Array  # of the true k, the share that was found


def answer(spec: NetworkSpec, params: Params, examples: Examples) -> Answers:
    """Ask the network about every example."""
    return join(list(answer_in_pieces(spec, params, examples)))


@np.errstate(over="ignore", invalid="ignore")  # a network that exploded answers with nan, which is the truth
def answer_rows(spec: NetworkSpec, params: Params, examples: Examples) -> Answers:
    """Ask the network about a few examples, all at once."""
    trace = forward(spec, params, examples.X)
    return Answers(trace.a[-1], cross_entropy(trace.z[-1], examples.labels))


def answer_in_pieces(spec: NetworkSpec, params: Params, examples: Examples) -> Iterator[Answers]:
    """Yield the answers to ROWS_AT_ONCE examples at a time."""
    for rows in rows_in_pieces(len(examples.X)):
        yield answer_rows(spec, params, Examples(examples.X[rows], examples.labels[rows]))


def rows_in_pieces(n: int) -> Iterator[slice]:
    """Yield slices that cover n rows, ROWS_AT_ONCE each; the last one may reach beyond the end."""
    for start in range(0, n, ROWS_AT_ONCE):
        yield slice(start, start + ROWS_AT_ONCE)


def join(pieces: Sequence[Answers]) -> Answers:
    """Put the pieces of answer_in_pieces() together."""
    return Answers(np.concatenate([p.probabilities for p in pieces]), np.concatenate([p.losses for p in pieces]))


def summarize(answers: Answers, labels: Labels) -> Figures:
    """Return mean loss and accuracy."""
    return Figures(float(answers.losses.mean(dtype=np.float64)), float((answers.digits == labels).mean()))


def confusion_matrix(truths: Labels, answered: Labels) -> Counts:
    """Count, in row t and column k, how often t was answered with k, of shape (K, K)."""
    pairs = truths.astype(np.int64) * N_CLASSES + answered
    return np.bincount(pairs, minlength=N_CLASSES**2).reshape(N_CLASSES, N_CLASSES)


def per_digit(confusion: Counts) -> PerDigit:
    """Return precision and recall of each digit."""
    right = np.diag(confusion).astype(np.float64)
    with np.errstate(invalid="ignore"):
        return PerDigit(precision=right / confusion.sum(axis=0), recall=right / confusion.sum(axis=1))


def interval_95(accuracy: float, n: int) -> tuple[float, float]:
    """Return the range that holds the true accuracy in 95 of 100 cases, given a measurement on n examples.

    Wilson's score interval (1927), which stays between 0 and 1.
    """
    z = 1.96
    centre = (accuracy + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(accuracy * (1 - accuracy) / n + z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)  # rounding may step over the ends
