"""Images put together for a pass: as they are stored, and as numbers, in memory that is used again and again."""

import numpy as np

from fcnn.engine.batches import Rows
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array


class _Place:
    """Where up to n images are put together."""

    def __init__(self, n: int, X: Pixels) -> None:
        self.pixels = np.empty((n, X.shape[1]), X.dtype)
        self.numbers = np.empty((n, X.shape[1]), np.float32)


class Gathering:
    """Takes rows of images X (N, D), each part of a piece to a place of its own."""

    def __init__(self, X: Pixels) -> None:
        self._X = X
        self._places: dict[int, _Place] = {}

    def gather(self, rows: Rows, place: int) -> Array:
        """Return rows as numbers from 0 to 1, (n, D); they change with the next call for the same place."""
        n = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
        if place not in self._places or n > len(self._places[place].pixels):
            self._places[place] = _Place(n, self._X)
        at = self._places[place]
        if isinstance(rows, slice) or not self._X.flags.c_contiguous:  # of images apart, take() would copy all
            pixels = self._X[rows]
        else:
            # mode="clip" lets take() write straight into the buffer; no row is ever out of range.
            pixels = np.take(self._X, rows, axis=0, out=at.pixels[:n], mode="clip")
        return as_numbers(pixels, out=at.numbers[:n])
