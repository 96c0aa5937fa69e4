"""How many things are on a board: one digit, or several side by side."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

INKED = 0.2  # of the strongest ink, from which a pixel counts as drawn
SPECK = 0.05  # of the longer side of all ink: parts no larger than this are dust
TALL = 0.55  # of the height of all ink: what is as tall as that, beside another one, is a digit of its own
OVERLAP = 0.25  # of the narrower one: parts that stand so much above each other belong together
MOST_PARTS = 3  # that a digit falls into, if its strokes do not meet


def holds_several(board: npt.NDArray[Any]) -> bool:
    """Return whether a board (H, W) of ink holds more than one digit can be: two side by side, or many parts."""
    ink = np.asarray(board, np.float32)
    if not ink.max() > 0:
        return False
    step = max(1, max(ink.shape) // 200)
    number, _ = ndimage.label(ink[::step, ::step] > INKED * ink.max(), np.ones((3, 3)))
    boxes = [box for box in ndimage.find_objects(number) if box is not None]
    height = max(rows.stop for rows, _ in boxes) - min(rows.start for rows, _ in boxes)
    width = max(columns.stop for _, columns in boxes) - min(columns.start for _, columns in boxes)
    parts = [box for box in boxes if max(side.stop - side.start for side in box) > SPECK * max(height, width)]
    tall = [columns for rows, columns in parts if rows.stop - rows.start > TALL * height]
    return len(parts) > MOST_PARTS or any(_apart(one, other) for i, one in enumerate(tall) for other in tall[i + 1 :])


def _apart(one: slice, other: slice) -> bool:
    """Return whether two ranges of columns hardly overlap."""
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return bool(shared < OVERLAP * min(one.stop - one.start, other.stop - other.start))
