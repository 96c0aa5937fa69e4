"""Principal components: the directions along which the values of a layer differ most (Pearson, 1901; Hotelling, 1933).

They are the eigenvectors of the covariance, which takes a quarter of the time of a singular value decomposition.
"""

from typing import NamedTuple

import numpy as np

from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array


class Projection(NamedTuple):
    """Where to look from, so that most can be seen of the values of N examples."""

    mean: Array  # (D,)
    axes: Array  # (D, n) of length 1, the most telling first; 0 beyond the D there are
    shares: Array  # (n,) of the variance of the values that each axis shows, 0 to 1

    def project(self, values: Pixels) -> Array:
        """Return the places of values (M, D) on the axes, of shape (M, n)."""
        places: Array = (as_numbers(values) - self.mean) @ self.axes
        return places


def fit(values: Pixels, n: int = 2) -> Projection | None:
    """Return the first n principal components of values (N, D), or None if some values are not finite.

    The sign of an axis, which is arbitrary, is such that its largest number is positive.
    """
    X = as_numbers(values)
    if not np.isfinite(X).all():
        return None
    mean = X.mean(axis=0, dtype=np.float64).astype(X.dtype)
    centred = X - mean
    variances, axes = np.linalg.eigh(centred.T @ centred)  # rising
    n_axes = min(n, X.shape[1])
    axes = axes[:, ::-1][:, :n_axes]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0)
    found = np.zeros((X.shape[1], n), X.dtype)
    found[:, :n_axes] = axes * np.where(largest < 0, -1, 1)
    shares = np.zeros(n)
    # Rounding can make a variance of 0 a little less.
    shares[:n_axes] = variances[::-1][:n_axes].clip(0) / (variances.clip(0).sum() or 1)
    return Projection(mean, found, shares)
