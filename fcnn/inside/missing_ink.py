"""Ink that is not there speaks too: an image against the typical one of another digit.

A sum from a blank page gives a blank pixel no part. Seen from the typical image of the other digit, the mean of all of
its kind, a pixel may be blank that should have ink, and that is part of why it was not read as that digit. The parts
are integrated gradients (path.py) from there to the image, for every activation: on the way ReLU has kinks.
"""

from dataclasses import dataclass

import numpy as np

from fcnn.inside.path import PathParts, along_path
from fcnn.inside.score import Pair
from fcnn.metrics import rows_in_pieces
from fcnn.network import N_CLASSES, NetworkSpec
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Examples, Params


@dataclass(frozen=True, eq=False)
class AgainstTypical:
    """What takes the network from the typical image of the other digit to this one, all of shape (D,)."""

    pair: Pair
    typical: Array  # the image that it starts from, 0 to 1
    ink: Array  # of this image less that of the typical one: below 0 where ink is missing
    path: PathParts  # what each pixel adds to z_said - z_other on the way, and that difference at both ends

    @property
    def missing(self) -> Array:
        """What each pixel adds that has less ink than is typical, 0 elsewhere."""
        return np.where(self.ink < 0, self.path.parts, 0)

    @property
    def extra(self) -> Array:
        """What each pixel adds that has more ink than is typical, 0 elsewhere."""
        return np.where(self.ink > 0, self.path.parts, 0)


@np.errstate(over="ignore", invalid="ignore")
def against_typical(spec: NetworkSpec, params: Params, x: Pixels, typical: Array, pair: Pair) -> AgainstTypical:
    """Return what each pixel of an image x (D,) adds, by having more or less ink than a typical image (D,).

    Raises:
        ValueError: an image has not as many pixels as the network inputs, or the digits are equal.
    """
    x, typical = as_numbers(x), as_numbers(typical)
    return AgainstTypical(pair, typical, x - typical, along_path(spec, params, typical, x, pair))


def typical_images(examples: Examples) -> Array:
    """Return the mean image of each digit, from 0 to 1, of shape (K, D); nan for a digit that is not among them."""
    sums = np.zeros((N_CLASSES, examples.X.shape[1]))
    kinds = np.eye(N_CLASSES, dtype=np.float32)
    for rows in rows_in_pieces(len(examples.X)):
        sums += kinds[examples.labels[rows]].T @ as_numbers(examples.X[rows])
    counts = np.bincount(examples.labels, minlength=N_CLASSES)[:, None]
    with np.errstate(invalid="ignore"):
        return np.asarray(sums / counts, np.float32)
