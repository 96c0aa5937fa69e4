"""The training images without what is blank in them: what need not be multiplied.

A pixel without ink teaches nothing, whatever its weights are. Of MNIST's 784 pixels 67 are blank in every image, and
with the others in order of how often they are inked, 32 images at once need about 590 of them, 128 need 630.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.pixels import Pixels


class Inked(NamedTuple):
    """Images with some of their pixels, in an order of its own."""

    pixels: npt.NDArray[np.intp]  # which ones
    X: Pixels  # (N, number of them)
    reach: npt.NDArray[np.intp]  # (N,): all ink of an image is in so many of its first pixels here


def inked(X: Pixels) -> Inked:
    """Leave out the pixels that are blank in all images X (N, D), and begin with those that have ink most often."""
    n_inked = np.count_nonzero(X, axis=0)
    pixels = np.argsort(-n_inked, kind="stable")[: np.count_nonzero(n_inked)]
    few = np.take(X, pixels, axis=1)  # X[:, pixels] would lie in memory column by column
    first_from_the_end = (few != 0)[:, ::-1].argmax(axis=1)
    return Inked(pixels, few, len(pixels) - first_from_the_end)


def all_pixels(X: Pixels) -> Inked:
    """Leave out nothing, and take every pixel to have ink."""
    n, n_pixels = X.shape
    return Inked(np.arange(n_pixels), X, np.full(n, n_pixels))
