"""Many maps as bytes for a browser, which draws the points and lets them glide from one moment to the next.

Two bytes a number place a point within a hundred-thousandth of the width of all maps: 2,000 points are 8 kB a moment.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fcnn.types import Array

STEPS = 2**16 - 1


class Frames(NamedTuple):
    """The maps of M moments with N points each."""

    content: bytes  # M x N x 2 whole numbers of two bytes, the lower first: 0 is -limit, STEPS is limit
    limit: float  # the largest |x| or |y| in all of them: axes that reach so far need never change
    shown: tuple[bool, ...]  # (M,) whether a moment has a map; without one its numbers are those of the moment before


def pack(maps: Sequence[Array | None]) -> Frames:
    """Pack maps of shape (N, 2), each as fcnn.inside.maps draws it; points without any map lie at 0.

    Raises:
        ValueError: they have not all the same points.
    """
    known = [points for points in maps if points is not None]
    if len({points.shape for points in known}) > 1:
        raise ValueError(f"all maps must have the same points, got {[points.shape for points in known]}")
    if not known:
        return Frames(b"", 1.0, (False,) * len(maps))
    limit = max(float(np.abs(points).max(initial=0)) for points in known) or 1.0
    drawn, now = [], np.zeros_like(known[0])
    for points in maps:
        now = now if points is None else points
        drawn.append(now)
    shares = (np.stack(drawn).astype(np.float64) / limit + 1) / 2
    content = np.rint(shares * STEPS).clip(0, STEPS).astype("<u2").tobytes()
    return Frames(content, limit, tuple(points is not None for points in maps))


def unpack(frames: Frames) -> Array:
    """Return the points that a browser will draw, of shape (M, N, 2)."""
    numbers = np.frombuffer(frames.content, "<u2").reshape(len(frames.shown), -1, 2)
    points: Array = (numbers / STEPS * 2 - 1) * frames.limit
    return points
