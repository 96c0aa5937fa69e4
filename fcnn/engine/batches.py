"""The order in which examples are seen: shuffled batches, in pieces small enough to be passed through at once."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

ROWS_AT_ONCE = 1_024  # a larger batch is added up from pieces of so many rows; the sum is the same gradient
# Multiplications of a pass over a piece from which on it is cut in two parts, so that two threads can share the work.
# The size of a run alone decides, and not what a machine can do: sums in another order are not the same to the bit.
WORTHWHILE = 40_000_000
Rows = slice | npt.NDArray[np.intp]


class Piece(NamedTuple):
    """Some examples, few enough to be passed through the network at once, in one part or two."""

    parts: list[Rows]
    n: int


class Batch(NamedTuple):
    """The examples of one update."""

    n: int
    pieces: list[Piece]  # of at most ROWS_AT_ONCE examples each


def n_parts(n_parameters: int, batch_size: int | None) -> int:
    """Return into how many parts the pieces of a run are cut: two for large products, one for small ones."""
    return 2 if min(batch_size or ROWS_AT_ONCE, ROWS_AT_ONCE) * n_parameters >= WORTHWHILE else 1


def batches(n: int, batch_size: int | None, *, rng: np.random.Generator, n_parts: int = 1) -> Iterator[Batch]:
    """Yield the batches of one epoch over n examples, shuffled anew, the last one shorter; its pieces in n_parts."""
    size = min(batch_size or n, n)
    # The order within a full batch does not matter, and slices of the images need no copying together.
    order = rng.permutation(n) if size < n else None
    for start in range(0, n, size):
        stop = min(start + size, n)
        starts = range(start, stop, ROWS_AT_ONCE)
        yield Batch(stop - start, [_piece(order, i, min(i + ROWS_AT_ONCE, stop), n_parts) for i in starts])


def _piece(order: npt.NDArray[np.intp] | None, start: int, stop: int, n_parts: int) -> Piece:
    n = stop - start
    ends = [start + n * i // n_parts for i in range(n_parts + 1)] if n >= n_parts else [start, stop]
    rows = [slice(*ends) for ends in pairwise(ends)]
    return Piece([part if order is None else order[part] for part in rows], n)
