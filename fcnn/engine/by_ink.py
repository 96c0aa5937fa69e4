"""The training images with their pixels in order of how often they have ink: what is blank need not be multiplied.

A pixel without ink teaches nothing, whatever its weights are. Of MNIST's 784 pixels 67 are blank in every image, and in
this order 32 images at once need about 590 of them, 128 need 630.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.pixels import Pixels


class ByInk(NamedTuple):
    """N images of D pixels, the pixels with ink most often first; those blank in all images are last, and left out."""

    pixels: npt.NDArray[np.intp]  # (D,): the number of each pixel, in this order
    X: Pixels  # (N, number of pixels with ink in some image)
    reach: npt.NDArray[np.intp]  # (N,): all ink of an image is in so many of its first pixels here


def by_ink(X: Pixels) -> ByInk:
    """Put the pixels of images X (N, D) in order of how often they have ink."""
    n_inked = np.count_nonzero(X, axis=0)
    pixels = np.argsort(-n_inked, kind="stable")
    inked = np.take(X, pixels[: np.count_nonzero(n_inked)], axis=1)  # indexing would lay it out column by column
    first_from_the_end = (inked != 0)[:, ::-1].argmax(axis=1)
    return ByInk(pixels, inked, inked.shape[1] - first_from_the_end)


def as_stored(X: Pixels) -> ByInk:
    """Leave images X (N, D) as they are, and take every pixel to have ink."""
    n, n_pixels = X.shape
    return ByInk(np.arange(n_pixels), X, np.full(n, n_pixels))
