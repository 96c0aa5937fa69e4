"""A drawing or a photo of a digit, made into the 28 x 28 image that MNIST would hold.

A network knows only what it was shown. MNIST scaled a digit's longer side to 20 pixels and put its centre of mass in
the middle (LeCun et al. 1998, http://yann.lecun.com/exdb/mnist). So do we, and before that we even out the pen's width.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from fcnn.types import Array

SIDE = 28  # pixels of an MNIST image, and the least that a picture must have
BOX = 20  # pixels of a digit's longer side in MNIST
CENTRE = 14.5  # pixels from the edge to the centre of mass; measured in MNIST, where it is not 14, half the side
PEN = (2.0, 3.0)  # pixels of the pen in the box: the middle half of MNIST, measured with _pen_width()
FINE = 200  # pixels to which a longer side is reduced at first, 10 for one of the box: more only cost time
INKED = 0.2  # ink from which a pixel counts as drawn: less is a grey edge, or dust
DOT = 2.2  # lengths up to so many _pen_width() are dots: for a disc it is 2
CONTRAST = 0.1  # of black to white, the least between the ink and the paper of a photo


def from_board(board: npt.NDArray[Any]) -> npt.NDArray[np.float32] | None:
    """Return the MNIST image (28, 28) of a drawing, 0 (paper) to 1 (ink), or None if there is nothing but dots.

    The board holds the ink of (H, W) pixels, as float 0 to 1, bool, or integers 0 to 255 (or 0 and 1).

    Raises:
        ValueError: board is not 2-D, is smaller than 28 x 28, or holds a value out of range.
    """
    ink = _unit(board)
    if ink.max() < INKED:
        return None
    ink = _crop(ink / ink.max())
    ink = _fit(ink, min(FINE, max(ink.shape)))
    ink = _without_dots(ink / ink.max())
    return _centre(_fit(_with_pen_of_mnist(_crop(ink)), BOX)) if ink.max() > INKED else None


def from_photo(pixels: npt.NDArray[Any]) -> npt.NDArray[np.float32] | None:
    """Return the same for a scan or photo of one digit, given as brightness (H, W), or None if it is plain.

    It may be dark on light or light on dark, in uneven light. Types and ValueErrors are those of from_board().
    """
    grey = _fit(_unit(pixels), min(FINE, max(pixels.shape)))
    ink = grey - _paper(grey)
    ink *= -1 if (ink**3).sum() < 0 else 1  # ink covers less than paper, so its side of zero has the longer tail
    if np.ptp(ink) < CONTRAST:
        return None
    drawn = ink > np.percentile(ink, 99.5) / 2  # half as strong as full ink; the very strongest may be a speck
    gap = ink[drawn].mean() - ink[~drawn].mean()  # in pure noise 2.3 times the deviation
    return from_board(np.pad(drawn, SIDE)) if gap > max(CONTRAST, 3.5 * ink[~drawn].std()) else None


def _unit(picture: npt.NDArray[Any]) -> Array:
    """Check a picture and bring it to 0..1."""
    if picture.ndim != 2 or min(picture.shape) < SIDE:
        raise ValueError(f"a picture must be (height, width), each at least {SIDE} pixels, got shape {picture.shape}")
    white = 255 if np.issubdtype(picture.dtype, np.integer) and picture.max() > 1 else 1
    if not (picture.min() >= 0 and picture.max() <= white):
        raise ValueError(f"a picture must go from 0 to 1 (integers: to 255), got {picture.min()} to {picture.max()}")
    return picture.astype(np.float32) / np.float32(white)


def _crop(ink: Array) -> Array:
    rows, columns = (np.flatnonzero((ink > INKED).any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fit(ink: Array, side: int) -> Array:
    """Scale to a longer side of so many pixels, each the mean of what it covers."""
    height, width = (max(1, round(n * side / max(ink.shape))) for n in ink.shape)
    return _shares(ink.shape[0], height) @ ink @ _shares(ink.shape[1], width).T


def _shares(n: int, n_new: int) -> Array:
    """Return which share of each new pixel (row) each old one (column) covers, of shape (n_new, n)."""
    covered = np.diff((np.linspace(0, n, n_new + 1)[:, None] - np.arange(n)).clip(0, 1), axis=0)
    return (covered * n_new / n).astype(np.float32)


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
    redrawn = _grow(drawn, margin) if margin > 0 else 1 - _grow(~drawn, -margin)
    return _crop(redrawn) if margin != 0 and redrawn.max() > 0.5 else ink


def _grow(area: npt.NDArray[np.bool_], margin: float) -> Array:
    """Add a margin around an area: 1 inside, 0 outside, between them on the edge."""
    reach = int(margin) + 2
    squared = np.where(area, 0, 2 * reach**2).astype(np.float32)  # squared distance to the area, as far as it matters
    for _ in range(2):  # along the columns, then along the rows: the squares add up
        near = np.pad(squared, ((reach, reach), (0, 0)), mode="edge")
        squared = np.min([near[i : i + len(squared)] + (i - reach) ** 2 for i in range(2 * reach + 1)], axis=0).T
    return (margin + 1 - np.sqrt(squared)).clip(0, 1)


def _without_dots(ink: Array) -> Array:
    """Blank the parts that are no longer than a dot of the pen."""
    parts, longest = _parts(ink > INKED), DOT * _pen_width(ink)
    dots = [part for part in np.unique(parts[parts > 0]) if max(_crop(parts == part).shape) <= longest]
    return np.where(np.isin(parts, dots), 0, ink)


def _parts(area: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Give the pixels of each connected part of an area one number, and all others 0."""
    number: npt.NDArray[np.intp] = area.cumsum().reshape(area.shape) * area
    flat, width = np.pad(number, 1).ravel(), area.shape[1] + 2
    places, steps = np.flatnonzero(flat), (1, width - 1, width, width + 1)
    a, b = np.hstack([(flat[places], flat[places + sign * step]) for step in steps for sign in (1, -1)])
    a, b = a[b > 0], b[b > 0]
    name = np.arange(flat.max() + 1)  # every pixel's own at first; then the largest of a neighbour, and of its namesake
    while (name[a] != name[b]).any():
        np.maximum.at(name, name[a], name[b])
        name = name[name]
    return name[number]


def _centre(ink: Array) -> npt.NDArray[np.float32]:
    """Move the centre of mass to CENTRE, by whole pixels as in MNIST, as far as all ink stays in the image."""
    middles = [ink.sum(1 - axis) @ (np.arange(n) + 0.5) / ink.sum() for axis, n in enumerate(ink.shape)]
    first = [min(max(round(CENTRE - middle), 0), SIDE - n) for middle, n in zip(middles, ink.shape, strict=True)]
    margins = [(start, SIDE - n - start) for start, n in zip(first, ink.shape, strict=True)]
    return np.pad(ink.clip(0, 1).astype(np.float32), margins)


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
