"""What neurons of the first layer make of digits: which excite them most, and of which kinds those are."""

from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.metrics import rows_in_pieces
from fcnn.network import N_CLASSES, NetworkSpec, weigh
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Examples, Indices, Labels, Layer, Params

Kinds = list[tuple[int, int]]  # (digit, how many of it), the commonest first
N_STRONGEST = 100  # digits that excite a neuron most, and that are counted by kind


class Response(NamedTuple):
    """What one neuron makes of N digits."""

    z: Array  # (N,) weights times pixels, added up, plus the bias
    a: Array  # (N,) its output; for a template z itself, the score that softmax compares


@np.errstate(over="ignore", invalid="ignore")
def respond(spec: NetworkSpec, params: Params, X: Pixels, neuron: int) -> Response:
    """Return what one neuron of the first layer makes of the digits X (N, D)."""
    W, b = params[0]
    response = responses(spec, Layer(W[:, neuron : neuron + 1], b[neuron : neuron + 1]), X)
    return Response(response.z[:, 0], response.a[:, 0])


def most_exciting(response: Response, n: int) -> Indices:
    """Return the indices of up to n digits with the largest z, falling, without those that leave the neuron silent."""
    # All 10,000 need not be sorted to find the largest few; those stay in order, so that equal ones come as stored.
    few = np.sort(np.argpartition(-response.z, n - 1)[:n]) if n < len(response.z) else np.arange(len(response.z))
    ranked = few[np.argsort(-response.z[few], kind="stable")]
    return ranked[response.a[ranked] > 0]


def strongest_kinds(response: Response, truths: Labels, n: int = N_STRONGEST) -> Kinds:
    """Return which digits are among the n that excite a neuron most, and how many of each: the commonest first."""
    counts = np.bincount(truths[most_exciting(response, n)], minlength=N_CLASSES)
    order = np.argsort(-counts, kind="stable")
    return [(int(digit), int(counts[digit])) for digit in order if counts[digit]]


@np.errstate(over="ignore", invalid="ignore")
def kinds_of(spec: NetworkSpec, params: Params, neurons: Indices, examples: Examples) -> list[Kinds]:
    """Return strongest_kinds() of some neurons of the first layer, in one pass over the examples."""
    W, b = params[0]
    together = responses(spec, Layer(W[:, neurons], b[neurons]), examples.X)
    return [
        strongest_kinds(Response(*columns), examples.labels) for columns in zip(together.z.T, together.a.T, strict=True)
    ]


def responses(spec: NetworkSpec, layer: Layer, X: Pixels) -> Response:
    """Return what some neurons of a first layer, given by their weights and biases, make of X (N, D): (N, n) each."""
    # A piece at a time, since as numbers all 10,000 images would take 31 MB for each visitor who asks.
    z = np.concatenate([weigh(as_numbers(X[rows]), *layer) for rows in rows_in_pieces(len(X))])
    return Response(z, ACTIVATIONS[spec.activation].f(z) if spec.hidden else z)
