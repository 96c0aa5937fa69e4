"""Principal components: the directions along which the values of a layer differ most (Pearson, 1901; Hotelling, 1933).

They are the eigenvectors of the covariance, which takes a quarter of the time of a singular value decomposition. Where
there are fewer examples than values, the products of the examples with each other tell the same in less time.
"""

from typing import NamedTuple

import numpy as np

from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array

_NOTHING = 1e-6  # of the largest variance
_WIDE, _FEW = 256, 4  # values, and axes of so many: then the others need not be known
_MORE, _PASSES, _ROUNDS = 10, 4, 12  # directions beside those that are wanted; how often they are multiplied
_LARGEST = 1e15  # sums of the products of larger numbers would be none in float32
_CLEAR = 1e-5  # of the largest variance: how far from an axis a direction may be


class Projection(NamedTuple):
    """Where to look from, so that most can be seen of the values of N examples."""

    mean: Array  # (D,)
    axes: Array  # (D, n) of length 1, the most telling first; 0 beyond the D there are
    shares: Array  # (n,) of the variance of the values that each axis shows, 0 to 1

    @np.errstate(over="ignore", invalid="ignore")
    def project(self, values: Pixels) -> Array:
        """Return the places of values (M, D) on the axes, of shape (M, n); not finite where these grew too large."""
        places: Array = (as_numbers(values) - self.mean) @ self.axes
        return places


def fit(values: Pixels, n: int = 2) -> Projection | None:
    """Return the first n principal components of values (N, D); None if some are not finite, or beyond all bounds.

    The sign of an axis, which is arbitrary, is such that its largest number is positive.
    """
    X = as_numbers(values)
    if not (np.abs(X) <= _LARGEST).all():
        return None
    mean = X.mean(axis=0, dtype=np.float64).astype(X.dtype)
    centred = X - mean
    n_axes = min(n, X.shape[1])
    axes, variances = _of_examples(centred, n_axes) if len(X) < X.shape[1] else _of_values(centred, n_axes)
    total = float(np.square(centred, dtype=np.float64).sum())
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0)
    found = np.zeros((X.shape[1], n), X.dtype)
    found[:, :n_axes] = axes * np.where(largest < 0, -1, 1)
    shares = np.zeros(n)
    # Rounding can make a variance of 0 a little less.
    shares[: len(variances)] = variances.clip(0) / (total or 1)
    return Projection(mean, found, shares)


def _of_values(centred: Array, n: int) -> tuple[Array, Array]:
    """Return n axes (D, n) and their variances, the largest first."""
    covariance = centred.T @ centred
    if n <= _FEW and len(covariance) > _WIDE and (found := _first(covariance, n)):
        return found
    variances, axes = np.linalg.eigh(covariance)  # rising
    return axes[:, ::-1][:, :n], variances[::-1][:n]


def _first(covariance: Array, n: int) -> tuple[Array, Array] | None:
    """Return the same of a wide layer, in a fraction of the time; None if the axes do not become clear.

    Subspace iteration: directions that are multiplied again and again turn to the axes of the largest variances.
    """
    start = np.random.default_rng(0).standard_normal((len(covariance), n + _MORE))
    directions = start.astype(covariance.dtype)
    for _ in range(_ROUNDS):
        for _ in range(_PASSES):
            directions = np.linalg.qr(covariance @ directions)[0]
        stretched = covariance @ directions
        variances, mix = np.linalg.eigh(directions.T @ stretched)
        variances, mix = variances[::-1][:n], mix[:, ::-1][:, :n]
        axes = directions @ mix
        if np.linalg.norm(stretched @ mix - axes * variances) <= _CLEAR * variances[0]:
            return axes, variances
    return None


def _of_examples(centred: Array, n: int) -> tuple[Array, Array]:
    """Return the same from the products of N examples with each other, of shape (N, N)."""
    variances, examples = np.linalg.eigh(centred @ centred.T)
    variances = variances[::-1][:n]
    known = int((variances > _NOTHING * variances[0]).sum())  # along others there is but rounding
    axes = np.zeros((centred.shape[1], n), centred.dtype)
    along = centred.T @ examples[:, ::-1][:, :known]
    axes[:, :known] = along / np.linalg.norm(along, axis=0)
    return axes, variances
