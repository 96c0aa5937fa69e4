"""What a drawing and a photo have in common: shades from 0 to 1, cropped to the ink, scaled to a number of pixels."""

from typing import Any

import numpy as np
import numpy.typing as npt

from fcnn.pixels import SIDE
from fcnn.types import Array

FINE = 200  # pixels to which a longer side is reduced at first, 10 for one of the box: more only cost time
INKED = 0.2  # ink from which a pixel counts as drawn: less is a grey edge, or dust


def unit(picture: npt.NDArray[Any]) -> Array:
    """Check a picture and bring it to 0..1."""
    if picture.ndim != 2 or min(picture.shape) < SIDE:
        raise ValueError(f"a picture must be (height, width), each at least {SIDE} pixels, got shape {picture.shape}")
    white = 255 if np.issubdtype(picture.dtype, np.integer) and picture.max() > 1 else 1
    if not (picture.min() >= 0 and picture.max() <= white):
        raise ValueError(f"a picture must go from 0 to 1 (integers: to 255), got {picture.min()} to {picture.max()}")
    return picture.astype(np.float32) / np.float32(white)


def crop(ink: Array) -> Array:
    """Cut away the paper around what is drawn."""
    rows, columns = (np.flatnonzero((ink > INKED).any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def fit(ink: Array, side: int) -> Array:
    """Scale to a longer side of so many pixels, each the mean of what it covers."""
    height, width = (max(1, round(n * side / max(ink.shape))) for n in ink.shape)
    return _shares(ink.shape[0], height) @ ink @ _shares(ink.shape[1], width).T


def _shares(n: int, n_new: int) -> Array:
    """Return which share of each new pixel (row) each old one (column) covers, of shape (n_new, n)."""
    covered = np.diff((np.linspace(0, n, n_new + 1)[:, None] - np.arange(n)).clip(0, 1), axis=0)
    return (covered * n_new / n).astype(np.float32)
