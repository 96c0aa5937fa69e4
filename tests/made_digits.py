"""Digits drawn by straight strokes, and what their images have in common, for the tests of drawings and photos."""

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from drawings.board import from_board

Picture = npt.NDArray[Any]
Corners = tuple[tuple[float, float], ...]
SEVEN = ((0.0, 0.0), (0.6, 0.0), (0.2, 1.0))  # (x, y) of the corners, in heights
LYING = ((0.0, 0.2), (1.0, 0.0))


def draw(
    corners: Corners = SEVEN,
    *,
    height: float = 150,
    left: float = 80,
    top: float = 60,
    pen: float = 14,
    side: int = 280,
) -> npt.NDArray[np.bool_]:
    """Draw straight strokes with a round pen, as wide as pen, on a square board."""
    y, x = np.mgrid[:side, :side] + 0.5
    points = np.array(corners) * height + (left, top)
    drawn = np.zeros((side, side), bool)
    for (x0, y0), (x1, y1) in pairwise(points):
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
        near = along.clip(0, 1)
        drawn |= np.hypot(x - x0 - near * (x1 - x0), y - y0 - near * (y1 - y0)) <= pen / 2
    return drawn


def dot(x: float, y: float, pen: float) -> npt.NDArray[np.bool_]:
    """Press the pen once, on a board of 280 x 280."""
    rows, columns = np.mgrid[:280, :280] + 0.5
    return np.asarray(np.hypot(columns - x, rows - y) <= pen / 2)


def image(board: Picture) -> npt.NDArray[np.float32]:
    made = from_board(board)
    assert made is not None
    return made


def likeness(one: Picture, other: Picture) -> float:
    """Return the correlation of two images, the best of those that rounding to a whole pixel could have given."""
    shifts = [np.roll(one, (dy, dx), axis=(0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return max(float(np.corrcoef(shifted.ravel(), other.ravel())[0, 1]) for shifted in shifts)


def extent(made: Picture) -> tuple[int, int]:
    """Return height and width of the ink, in pixels."""
    rows, columns = (np.flatnonzero(made.any(axis=axis)) for axis in (1, 0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def enlarge(x: Picture, times: int = 10) -> Picture:
    return np.kron(x.reshape(28, 28), np.ones((times, times), x.dtype))
