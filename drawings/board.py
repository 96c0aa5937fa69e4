"""A drawing of a digit, made into the 28 x 28 image that MNIST would hold.

A network knows only what it was shown. MNIST scaled a digit's longer side to 20 pixels and put its centre of mass in
the middle (LeCun et al. 1998, http://yann.lecun.com/exdb/mnist). So do we, and before that we even out the pen's width.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from drawings.scaling import FINE, INKED, crop, fit, unit
from fcnn.pixels import SIDE
from fcnn.types import Array

BOX = 20  # pixels of a digit's longer side in MNIST
CENTRE = 14.5  # pixels from the edge to the centre of mass; measured in MNIST, where it is not 14, half the side
PEN = (2.0, 3.0)  # pixels of the pen in the box: the middle half of MNIST, measured with _pen_width()
EIGHT_NEIGHBOURS = np.ones((3, 3))  # pixels that touch at a corner belong together
FAINT, SOFT = 0.1, 0.45  # of full ink; the share of shades from which ink is soft: at most 0.3 of a pen's is
DOT = 2.2  # lengths up to so many _pen_width() are dots: for a disc it is 2


def from_board(board: npt.NDArray[Any]) -> npt.NDArray[np.float32] | None:
    """Return the MNIST image (28, 28) of a drawing, 0 (paper) to 1 (ink), or None if there is nothing but dots.

    The board holds the ink of (H, W) pixels, as float 0 to 1, bool, or integers 0 to 255 (or 0 and 1).

    Raises:
        ValueError: board is not 2-D, is smaller than 28 x 28, or holds a value out of range.
    """
    ink = unit(board)
    if ink.max() < INKED:
        return None
    ink = crop(ink / ink.max())
    ink = fit(ink, min(FINE, max(ink.shape)))
    ink = _without_dots(ink / ink.max())
    if ink.max() <= INKED:
        return None
    ink = crop(ink)
    return _centre(fit(_less_soft(ink) if _is_soft(ink) else _with_pen_of_mnist(ink), BOX))


def _is_soft(ink: Array) -> bool:
    """Return whether the ink is shades of grey rather than a pen's: cut to ink or paper, it would lose thin strokes."""
    inked = ink[ink > FAINT]
    return bool(((inked > FAINT) & (inked < 1 - FAINT)).mean() > SOFT)


def _less_soft(ink: Array) -> Array:
    """Sharpen the edges of soft ink a little, and keep its widths as they are."""
    return ((ink - FAINT) / (1 - 2 * FAINT)).clip(0, 1)


def _pen_width(ink: Array) -> float:
    """Estimate the pen in pixels: a long stroke of width w and length l has area w * l and outline 2 * l."""
    dx, dy = (np.diff(np.pad(ink, 1), axis=axis) for axis in (1, 0))
    outline = np.hypot(dx[1:] + dx[:-1], dy[:, 1:] + dy[:, :-1]).sum() / 2
    return float(2 * ink.sum() / outline)


def _with_pen_of_mnist(ink: Array) -> Array:
    """Redraw with a pen that is PEN wide once the digit fits the box; keep what is so already."""
    width = _pen_width(ink)
    path = max(max(ink.shape) - width, 1)  # the pen's centre stays half a width inside the outline
    margin = (float(np.clip(width, *(path * pen / (BOX - pen) for pen in PEN))) - width) / 2
    drawn = np.pad(ink > 0.5, int(abs(margin)) + 2)
    if margin == 0 or not drawn.any():
        return ink
    redrawn = _grow(drawn, margin) if margin > 0 else 1 - _grow(~drawn, -margin)
    return crop(redrawn) if redrawn.max() > 0.5 else ink


def _grow(area: npt.NDArray[np.bool_], margin: float) -> Array:
    """Add a margin around an area, which has at least a pixel: 1 inside, 0 outside, between them on the edge."""
    distance: Array = ndimage.distance_transform_edt(~area).astype(np.float32)
    return (margin + 1 - distance).clip(0, 1)


def _without_dots(ink: Array) -> Array:
    """Blank the parts that are no longer than a dot of the pen."""
    number, _ = ndimage.label(ink > INKED, EIGHT_NEIGHBOURS)
    lengths = [max(side.stop - side.start for side in box) for box in ndimage.find_objects(number)]
    longest = DOT * _pen_width(ink)
    is_dot = np.array([False, *(length <= longest for length in lengths)])  # number 0 is the paper
    return np.where(is_dot[number], 0, ink)


def _centre(ink: Array) -> npt.NDArray[np.float32]:
    """Move the centre of mass to CENTRE, by whole pixels as in MNIST, as far as all ink stays in the image."""
    middles = np.add(ndimage.center_of_mass(ink), 0.5)
    first = [min(max(round(CENTRE - middle), 0), SIDE - n) for middle, n in zip(middles, ink.shape, strict=True)]
    margins = [(start, SIDE - n - start) for start, n in zip(first, ink.shape, strict=True)]
    return np.pad(ink.clip(0, 1).astype(np.float32), margins)
