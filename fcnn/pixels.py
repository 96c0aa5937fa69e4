"""Pixels: bytes from 0 (paper) to 255 (ink), as MNIST has them, until the moment in which they are reckoned with.

As numbers all images would take four times the memory, 220 MB, and a batch of them four times as long to fetch.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from fcnn.types import Array

SIDE = 28  # pixels of an image, which has D = 784 of them
Pixels = npt.NDArray[Any]  # (N, D): bytes from 0 to 255, or numbers from 0 to 1


def as_numbers(X: Pixels, *, out: Array | None = None) -> Array:
    """Return bytes as float32 from 0 to 1, written into out, if it is given; numbers are returned as they are."""
    numbers: Array = np.multiply(X, np.float32(1 / 255), out=out, dtype=np.float32) if X.dtype == np.uint8 else X
    return numbers


def as_images(X: Pixels) -> Pixels:
    """Return rows of pixels, or of one weight for each pixel, as images of shape (N, 28, 28); one row is one image."""
    return X.reshape(-1, SIDE, SIDE)
