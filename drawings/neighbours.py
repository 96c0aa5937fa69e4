"""The training digits that a network finds most like an image: those whose last hidden layer points the same way.

The shipped network 'record' is the measure, whichever network answers. Its 800 activations are written in the 128
directions in which those of the digits are strongest, so that 10,000 of them take 5 MB and a search 1 ms.
"""

from typing import NamedTuple

import numpy as np

from fcnn.metrics import rows_in_pieces
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Array, Labels, Params

N_DIGITS = 10_000
N_NEAREST = 5
N_DIRECTIONS = 128


class Known(NamedTuple):
    """The digits that are compared with."""

    spec: NetworkSpec
    params: Params
    directions: Array  # (n_hidden, N_DIRECTIONS)
    points: Array  # (N, N_DIRECTIONS), each of length 1
    labels: Labels  # (N,)


class Nearest(NamedTuple):
    """The N_NEAREST digits of each of n images, the nearest first."""

    distance: Array  # (n,): 1 - cosine, the mean of them
    rows: Labels  # (n, N_NEAREST): which training digits they are
    labels: Labels  # (n, N_NEAREST)


def learn_neighbours(spec: NetworkSpec, params: Params, X: Pixels, labels: Labels) -> Known:
    """Look at the first N_DIGITS of the digits X (N, D)."""
    X, labels = X[:N_DIGITS], labels[:N_DIGITS]
    n_hidden = spec.sizes[-2]
    products = np.zeros((n_hidden, n_hidden), np.float32)
    for rows in rows_in_pieces(len(X)):
        a = _hidden(spec, params, X[rows])
        products += a.T @ a
    directions = np.linalg.eigh(products)[1][:, -N_DIRECTIONS:].astype(np.float32)
    points = np.concatenate([_points(_hidden(spec, params, X[rows]) @ directions) for rows in rows_in_pieces(len(X))])
    return Known(spec, params, directions, points, labels)


def find_nearest(known: Known, X: Pixels) -> Nearest:
    """Return the digits that are most like each row of X (n, D)."""
    cosines = _points(_hidden(known.spec, known.params, X) @ known.directions) @ known.points.T
    rows = np.argpartition(-cosines, N_NEAREST, axis=1)[:, :N_NEAREST]
    order = np.argsort(-np.take_along_axis(cosines, rows, axis=1), axis=1)
    rows = np.take_along_axis(rows, order, axis=1)
    distance: Array = 1 - np.take_along_axis(cosines, rows, axis=1).mean(axis=1)
    return Nearest(distance, rows, known.labels[rows])


def _hidden(spec: NetworkSpec, params: Params, X: Pixels) -> Array:
    return forward(spec, params, X).a[-2]


def _points(a: Array) -> Array:
    """Return rows of length 1."""
    points: Array = a / np.maximum(np.linalg.norm(a, axis=1, keepdims=True), 1e-9)
    return points
