"""The floor: the matrix products of an epoch and nothing else.

No activation, no gathering of a batch, no update, no evaluation: each product goes into an array that is ready. Nobody
who uses this BLAS can be faster, so the distance to the floor is what the rest of the training costs.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from benchmarks.cases import Case
from benchmarks.clock import now
from fcnn import Dataset, mnist_spec
from fcnn.pixels import as_numbers
from fcnn.types import Array


class Arrays(NamedTuple):
    """Everything that the products read and write, for batches of up to N rows."""

    W: list[Array]  # (n_in, n_out) of each layer
    W_gradient: list[Array]  # the same shapes
    a: list[Array]  # what each layer but the first reads, (N, n_in)
    z: list[Array]  # (N, n_out) of each layer
    delta: list[Array]  # (N, n_out) of each layer
    back: list[Array]  # delta brought back through each layer but the first, (N, n_in)


def make_arrays(sizes: tuple[int, ...], n: int, rng: np.random.Generator) -> Arrays:
    """Return arrays for batches of n rows, with values of an ordinary size: BLAS is slow with subnormal numbers."""

    def normal(*shape: int) -> Array:
        return rng.standard_normal(shape, dtype=np.float32)

    return Arrays(
        W=[normal(n_in, n_out) for n_in, n_out in pairwise(sizes)],
        W_gradient=[normal(n_in, n_out) for n_in, n_out in pairwise(sizes)],
        a=[normal(n, size) for size in sizes[1:-1]],
        z=[normal(n, size) for size in sizes[1:]],
        delta=[normal(n, size) for size in sizes[1:]],
        back=[normal(n, size) for size in sizes[1:-1]],
    )


def one_batch(X: Array, arrays: Arrays) -> None:
    """Do the products of one update on X of shape (n, D): forward, then backward, which needs none for X itself."""
    n = len(X)
    a = [X, *(array[:n] for array in arrays.a)]
    for i, W in enumerate(arrays.W):
        np.matmul(a[i], W, out=arrays.z[i][:n])
    for i in reversed(range(len(arrays.W))):
        np.matmul(a[i].T, arrays.delta[i][:n], out=arrays.W_gradient[i])
        if i > 0:
            np.matmul(arrays.delta[i][:n], arrays.W[i].T, out=arrays.back[i - 1][:n])


def one_epoch(X: Array, batch_size: int, arrays: Arrays) -> None:
    """Do the products of all batches of X, the last one shorter."""
    for start in range(0, len(X), batch_size):
        one_batch(X[start : start + batch_size], arrays)


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    X = as_numbers(data.train.X)
    batch_size = case.batch_size or len(X)
    arrays = make_arrays(mnist_spec(case.hidden).sizes, batch_size, np.random.default_rng(0))
    while True:
        start = now()
        one_epoch(X, batch_size, arrays)
        yield now() - start
