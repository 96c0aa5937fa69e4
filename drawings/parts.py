"""The connected parts of what stands out in a picture, what each is like, and which cannot belong to a digit."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from fcnn.types import Array

Mask = npt.NDArray[np.bool_]
Box = tuple[slice, slice]

EIGHT_NEIGHBOURS = np.ones((3, 3))  # pixels that touch at a corner belong together
MOST = 400  # parts; more of them are a texture
SPECK = 0.03  # of the picture's longer side: what is shorter may be dust, anywhere
STOUT = 0.25  # of its length: a part that comes in from the edge and is wider than this is a finger or a table


class Parts(NamedTuple):
    """Connected parts of a mask (H, W), in the order of their numbers; lengths in pixels."""

    number: npt.NDArray[np.intp]  # (H, W): which part each pixel belongs to, from 1; 0 is none
    boxes: list[Box]
    sizes: Array  # (n, 2): height and width
    lengths: Array  # (n,): the longer of the two
    thickness: Array  # (n,): of the thickest place
    contact: npt.NDArray[np.intp]  # (n,): pixels on the edge of the picture
    strength: Array  # (n,): mean of the ink

    def mask(self, chosen: Mask) -> Mask:
        """Return where the chosen parts (n,) are, of shape (H, W)."""
        area: Mask = np.concatenate([[False], chosen])[self.number]
        return area


def find_parts(ink: Array, drawn: Mask) -> Parts | None:
    """Return the parts of drawn, or None if there are none or too many to be a digit."""
    number, n = ndimage.label(drawn, EIGHT_NEIGHBOURS)
    if not 0 < n <= MOST:
        return None
    boxes = ndimage.find_objects(number)
    sizes = np.array([[side.stop - side.start for side in box] for box in boxes], float)
    depth = ndimage.distance_transform_edt(np.pad(drawn, 1, mode="edge"))[1:-1, 1:-1]
    numbers = np.arange(1, n + 1)
    return Parts(
        number=number,
        boxes=boxes,
        sizes=sizes,
        lengths=sizes.max(axis=1),
        thickness=2 * np.asarray(ndimage.maximum(depth, number, numbers)) - 1,
        contact=np.bincount(number[_edge(drawn.shape)], minlength=n + 1)[1:],
        strength=np.asarray(ndimage.mean(ink, number, numbers)),
    )


def foreign(parts: Parts) -> Mask:
    """Return which parts come in from the edge of the picture as no stroke does: tables, frames, fingers, lines."""
    shape = parts.number.shape
    height, width = shape
    ends = [[y.start == 0, y.stop == height, x.start == 0, x.stop == width] for y, x in parts.boxes]
    top, bottom, left, right = np.array(ends, bool).T
    covers = (parts.sizes > 0.5 * np.array(shape)).all(axis=1)  # a digit cropped as tight as can be
    along = parts.contact >= 0.9 * parts.lengths
    across = (top & bottom) | (left & right)
    stout = (parts.contact > 0) & (parts.thickness > STOUT * parts.lengths)
    foreign: Mask = (along | ((across | stout) & ~covers)) & (parts.lengths > SPECK * max(shape))
    return foreign


def near(area: Mask, reach: float) -> Mask:
    """Return what lies within reach of an area, in pixels."""
    close: Mask = ndimage.distance_transform_edt(~area) <= reach
    return close


def box_of(mask: Mask, margin: int = 0) -> Box:
    """Return the box around a mask, with a margin as far as the picture goes."""
    ends = [np.flatnonzero(mask.any(axis=axis))[[0, -1]] for axis in (1, 0)]
    rows, columns = (slice(max(0, int(first) - margin), int(last) + 1 + margin) for first, last in ends)
    return rows, columns


def _edge(shape: tuple[int, ...]) -> Mask:
    edge = np.ones(shape, bool)
    edge[1:-1, 1:-1] = False
    return edge
