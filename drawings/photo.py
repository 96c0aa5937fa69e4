"""A photo or scan of a digit, made into the 28 x 28 image that MNIST would hold."""

from typing import Any

import numpy as np
import numpy.typing as npt

from drawings.board import from_board
from drawings.scaling import FINE, SIDE, fit, unit
from fcnn.types import Array

CONTRAST = 0.1  # of black to white, the least between the ink and the paper of a photo


def from_photo(pixels: npt.NDArray[Any]) -> npt.NDArray[np.float32] | None:
    """Return the MNIST image (28, 28) of a scan or photo of a digit, given as brightness (H, W); None if it is plain.

    It may be dark on light or light on dark, in uneven light. Types and ValueErrors are those of from_board().
    """
    grey = fit(unit(pixels), min(FINE, max(pixels.shape)))
    ink = grey - _paper(grey)
    ink *= -1 if (ink**3).sum() < 0 else 1  # ink covers less than paper, so its side of zero has the longer tail
    if np.ptp(ink) < CONTRAST:
        return None
    drawn = ink > np.percentile(ink, 99.5) / 2  # half as strong as full ink; the very strongest may be a speck
    gap = ink[drawn].mean() - ink[~drawn].mean()  # in pure noise 2.3 times the deviation
    return from_board(np.pad(drawn, SIDE)) if gap > max(CONTRAST, 3.5 * ink[~drawn].std()) else None


def _paper(grey: Array) -> Array:
    """Return the brightness of the paper under the ink: a quadratic surface through the border."""
    y, x = np.meshgrid(*(np.linspace(-1, 1, n) for n in grey.shape), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).astype(np.float32)
    border = np.maximum(abs(x), abs(y)) > 0.9
    surface: Array = np.full_like(grey, np.median(grey[border]))
    for _ in range(4):  # what lies far from the last surface may be ink, so it has no say in the next
        error = abs(grey - surface)
        paper = border & (error <= 2 * np.median(error[border]))
        surface = terms @ np.linalg.lstsq(terms[paper], grey[paper])[0]
    return surface
