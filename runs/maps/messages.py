"""What a server and the process that makes a map tell each other, as plain bytes: nothing is unpickled.

The server sends values once. The process answers with one message after the other, each with the points so far.
"""

import struct
from typing import BinaryIO, NamedTuple

import numpy as np

from fcnn.types import Array

HEADER = struct.Struct("<II")
FLOAT = np.dtype("<f4")


class Moment(NamedTuple):
    """How far the process is, and where the points are."""

    n_done: int  # rounds, of n_rounds
    n_rounds: int
    points: Array  # (N, 2)


def send_values(pipe: BinaryIO, values: Array) -> None:
    """Send values (N, D)."""
    pipe.write(HEADER.pack(*values.shape) + values.astype(FLOAT).tobytes())
    pipe.flush()


def receive_values(pipe: BinaryIO) -> Array:
    """Return the values that were sent, of shape (N, D).

    Raises:
        EOFError: the pipe ended before all of them.
    """
    n, d = HEADER.unpack(_read(pipe, HEADER.size))
    return np.frombuffer(_read(pipe, n * d * FLOAT.itemsize), FLOAT).reshape(n, d)


def send_moment(pipe: BinaryIO, moment: Moment) -> None:
    """Tell how far it is."""
    pipe.write(HEADER.pack(moment.n_done, moment.n_rounds) + moment.points.astype(FLOAT).tobytes())
    pipe.flush()


def receive_moment(pipe: BinaryIO, n_points: int) -> Moment | None:
    """Wait for the next message about so many points; None if there will be none."""
    try:
        n_done, n_rounds = HEADER.unpack(_read(pipe, HEADER.size))
        points = np.frombuffer(_read(pipe, n_points * 2 * FLOAT.itemsize), FLOAT)
    except EOFError:
        return None
    return Moment(n_done, n_rounds, points.reshape(n_points, 2))


def _read(pipe: BinaryIO, n: int) -> bytes:
    content = pipe.read(n)
    if len(content) < n:
        raise EOFError(f"{n} bytes were expected, {len(content)} came")
    return content
