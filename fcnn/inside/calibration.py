"""Is a network as often right as it is sure? And how sure must it be before it is believed?"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.types import Array

N_BINS = 10
Right = npt.NDArray[np.bool_]  # (N,) whether an answer is right


class Reliability(NamedTuple):
    """Answers sorted into bins by their confidence, of equal width from 0 to 1; nan where a bin is empty."""

    edges: Array  # (n_bins + 1,)
    counts: npt.NDArray[np.int64]  # (n_bins,) answers in each
    confidence: Array  # (n_bins,) their mean confidence
    accuracy: Array  # (n_bins,) the share of them that is right
    error: float  # expected calibration error: the mean distance of the two, weighted by the counts
    worst: float  # the largest distance of the two in a bin


class Coverage(NamedTuple):
    """What becomes of the answers if those below a threshold are not believed, for rising thresholds."""

    thresholds: Array  # (n,)
    coverage: Array  # (n,) the share of the answers that are believed
    accuracy: Array  # (n,) the share of those that is right; nan where none is left


def reliability(confidences: Array, right: Right, n_bins: int = N_BINS) -> Reliability:
    """Compare how sure N answers (N,) are with how often they are right.

    Guo, Pleiss, Sun and Weinberger, 'On calibration of modern neural networks', 2017. A confidence on an edge between
    two bins is in the lower one, as there. Answers that are not numbers are left out.

    Raises:
        ValueError: there are no answers, or fewer than one bin.
    """
    if n_bins < 1:
        raise ValueError(f"n_bins must be 1 or more, got {n_bins}")
    confidences, right = _known(confidences, right)
    edges = np.linspace(0, 1, n_bins + 1)
    where = np.searchsorted(edges[1:-1], confidences, side="left")
    counts = np.bincount(where, minlength=n_bins)
    with np.errstate(invalid="ignore"):
        confidence = np.bincount(where, confidences, n_bins) / counts
        accuracy = np.bincount(where, right, n_bins) / counts
    gaps = np.abs(confidence - accuracy)[counts > 0]
    error = float((gaps * counts[counts > 0]).sum() / counts.sum())
    return Reliability(edges, counts.astype(np.int64), confidence, accuracy, error, float(gaps.max()))


def coverage(confidences: Array, right: Right, n: int = 101) -> Coverage:
    """Return what n thresholds, from the lowest confidence to the highest, leave of N answers (N,).

    They are spread so that each takes away about as many answers as the next. Believed is who is as sure as the
    threshold, or surer. Answers that are not numbers are left out.

    Raises:
        ValueError: there are no answers, or n is less than 1.
    """
    if n < 1:
        raise ValueError(f"n must be 1 or more, got {n}")
    confidences, right = _known(confidences, right)
    order = np.argsort(confidences, kind="stable")
    rising, right = confidences[order], right[order]
    thresholds = np.unique(rising[np.linspace(0, len(rising) - 1, n).round().astype(np.intp)])
    first = np.searchsorted(rising, thresholds, side="left")
    n_believed = len(rising) - first
    n_right = np.append(right[::-1].cumsum()[::-1], 0)[first]
    return Coverage(thresholds, n_believed / len(rising), n_right / n_believed)


def _known(confidences: Array, right: Right) -> tuple[Array, Right]:
    known = np.isfinite(confidences)
    if not known.any():
        raise ValueError("there are no answers to look at")
    return confidences[known].astype(np.float64), right[known]
