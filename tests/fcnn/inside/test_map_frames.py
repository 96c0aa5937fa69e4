"""Maps as bytes: what comes out is what went in, to a hundred-thousandth."""

import numpy as np
import pytest

from fcnn.inside.map_frames import pack, unpack
from fcnn.inside.maps import to_size

RNG = np.random.default_rng(0)
MAPS = [to_size(RNG.standard_normal((200, 2))) for _ in range(3)]


def test_points_are_where_they_were_and_take_four_bytes() -> None:
    frames = pack(MAPS)
    assert len(frames.content) == 3 * 200 * 4
    assert frames.limit == np.abs(MAPS).max()
    assert np.abs(unpack(frames) - MAPS).max() <= frames.limit / (2**16 - 1) * 1.01
    assert frames.shown == (True, True, True)


def test_bytes_are_read_as_javascript_reads_them() -> None:
    frames = pack([np.array([[1.0, -1.0], [0.0, 0.5]])])
    numbers = [low + 256 * high for low, high in zip(frames.content[::2], frames.content[1::2], strict=True)]
    assert numbers == [65535, 0, 32768, 49151]


def test_a_moment_without_a_map_stays_where_the_one_before_was() -> None:
    frames = pack([None, MAPS[0], None, MAPS[1]])
    points = unpack(frames)
    assert frames.shown == (False, True, False, True)
    assert np.abs(points[0]).max() < 1e-4
    assert np.array_equal(points[2], points[1])


def test_no_map_at_all() -> None:
    frames = pack([None, None])
    assert (frames.content, frames.limit, frames.shown) == (b"", 1.0, (False, False))


def test_maps_of_other_points_are_refused() -> None:
    with pytest.raises(ValueError, match="must have the same points"):
        pack([MAPS[0], MAPS[1][:100]])
