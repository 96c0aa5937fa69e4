"""What a network takes an image for: the digits it has seen that it finds most alike.

Alike are images whose activations in the last hidden layer point in the same direction: the cosine between them is
near 1 (G. Salton, A. Wong and C. S. Yang, A Vector Space Model for Automatic Indexing, 1975). How strong they are does
not matter. A network without a hidden layer compares pixels.

Activations of many images take memory. They are kept as float16 of length 1, which no size of theirs overflows and
which finds the same neighbours as float32, and become float32 a piece at a time. Pixels are compared as the bytes that
they are, and only the lengths are kept.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.metrics import rows_in_pieces
from fcnn.network import NetworkSpec, weigh
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Examples, Indices, Labels, Params


@dataclass(frozen=True, eq=False)
class Seen:
    """N images as a network sees them."""

    rows: Pixels  # (N, n) activations of the last hidden layer, float16; without one the images themselves
    scales: Array  # (N,) 1 / the length of each row; 0 for a row of zeros, which has no direction
    labels: Labels  # (N,)
    n_bytes: int  # that it takes beside the images and labels, which it shares


class Alike(NamedTuple):
    """The k digits that are most alike, the nearest first."""

    indices: Indices  # (k,) among the images that were seen
    cosines: Array  # (k,) 1: the same direction; 0: nothing in common
    labels: Labels  # (k,)


def bytes_of_seen(spec: NetworkSpec, n: int) -> int:
    """Return how many bytes see() will keep of n images, before it does."""
    width = spec.hidden[-1] if spec.hidden else 0
    return n * (width * np.dtype(np.float16).itemsize + np.dtype(np.float32).itemsize)


@np.errstate(over="ignore", invalid="ignore")
def see(spec: NetworkSpec, params: Params, examples: Examples) -> Seen:
    """Show a network N images, a piece at a time, and keep what its last hidden layer makes of them."""
    n = len(examples.X)
    rows = np.empty((n, spec.hidden[-1]), np.float16) if spec.hidden else examples.X
    scales = np.empty(n, np.float32)
    for piece in rows_in_pieces(n):
        seen = represent(spec, params, examples.X[piece])
        if spec.hidden:
            rows[piece] = seen * _scales(seen)[:, None]
            seen = rows[piece].astype(np.float32)
        scales[piece] = _scales(seen)
    return Seen(rows, scales, examples.labels, bytes_of_seen(spec, n))


@np.errstate(over="ignore", invalid="ignore")
def represent(spec: NetworkSpec, params: Params, X: Pixels) -> Array:
    """Return the activations of the last hidden layer for images X (N, D), of shape (N, n); the pixels without one."""
    f = ACTIVATIONS[spec.activation].f
    a: Array = as_numbers(X)
    for W, b in params[:-1]:
        a = f(weigh(a, W, b))
    return a


@np.errstate(over="ignore", invalid="ignore")
def nearest(seen: Seen, spec: NetworkSpec, params: Params, x: Pixels, k: int = 8, *, digit: int | None = None) -> Alike:
    """Return the k images that the network finds most alike to x (D,), of all digits or of one; equal ones as stored.

    There are fewer if it has not seen as many, and none if the image silences all neurons that are compared, or the
    network exploded: nothing is like nothing. spec and params are those that see() was given.
    """
    query = represent(spec, params, x[None])[0]
    cosines = np.empty(len(seen.rows), np.float32)
    for piece in rows_in_pieces(len(cosines)):
        cosines[piece] = _as_float32(seen.rows[piece]) @ query
    cosines *= seen.scales * _scales(query[None])
    usable = np.isfinite(cosines) & (seen.scales > 0) & query.any()
    if digit is not None:
        usable &= seen.labels == digit
    candidates = np.flatnonzero(usable)
    indices = candidates[np.argsort(-cosines[candidates], kind="stable")[:k]]
    return Alike(indices, cosines[indices], seen.labels[indices])


def _as_float32(rows: Pixels) -> Array:
    return as_numbers(rows) if rows.dtype == np.uint8 else rows.astype(np.float32, copy=False)


def _scales(rows: Array) -> Array:
    """Return 1 / length of each row, 0 for a length of 0."""
    lengths: Array = np.linalg.norm(rows, axis=1)
    return np.divide(1, lengths, where=lengths > 0, out=np.zeros_like(lengths))
