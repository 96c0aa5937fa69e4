"""The order in which examples are seen: shuffled batches, in pieces small enough to be passed through at once."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

ROWS_AT_ONCE = 1_024  # a larger batch is added up from pieces of so many rows; the sum is the same gradient
Rows = slice | npt.NDArray[np.intp]


class Piece(NamedTuple):
    """Some examples, few enough to be passed through the network at once."""

    rows: Rows
    n: int


class Batch(NamedTuple):
    """The examples of one update."""

    n: int
    pieces: list[Piece]  # of at most ROWS_AT_ONCE examples each


def batches(n: int, batch_size: int | None, *, rng: np.random.Generator) -> Iterator[Batch]:
    """Yield the batches of one epoch over n examples, shuffled anew, the last one shorter."""
    size = min(batch_size or n, n)
    # The order within a full batch does not matter, and slices of the images need no copying together.
    order = rng.permutation(n) if size < n else None
    for start in range(0, n, size):
        stop = min(start + size, n)
        yield Batch(
            stop - start, [_piece(order, i, min(i + ROWS_AT_ONCE, stop)) for i in range(start, stop, ROWS_AT_ONCE)]
        )


def _piece(order: npt.NDArray[np.intp] | None, start: int, stop: int) -> Piece:
    return Piece(slice(start, stop) if order is None else order[start:stop], stop - start)
