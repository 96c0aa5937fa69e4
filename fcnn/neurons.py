"""The neurons of the first layer: what each looks for, which digits it supports, and which digits excite it.

A network without a hidden layer is the simplest case: its ten first neurons are the ten digits, and their weights are
templates. Weights that are not finite give results that are not finite, in silence: divergence is something to show.
"""

from collections.abc import Callable, Iterable, Mapping
from math import nan, sqrt
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.activations import ACTIVATIONS
from fcnn.metrics import rows_in_pieces
from fcnn.network import N_CLASSES, NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Array, Examples, Labels, Layer, Params

Indices = npt.NDArray[np.intp]
Kinds = list[tuple[int, int]]  # (digit, how many of it), the commonest first
N_STRONGEST = 100  # digits that excite a neuron most, and that are counted by kind
EXPLODED = 100.0  # the first weights start at a root mean square of 10 at most; beyond this they are past learning


class Neurons(NamedTuple):
    """What can be said of the n neurons of a first layer."""

    norms: Array  # (n,) the length of each one's weights
    outgoing: Array  # (n, K) see outgoing()
    activity: Array  # (n,) the mean size of the output over some digits

    @property
    def digits(self) -> Labels:
        """The digit that each neuron supports most, of shape (n,)."""
        digits: Labels = self.outgoing.argmax(axis=1)
        return digits


class Response(NamedTuple):
    """What one neuron makes of N digits."""

    z: Array  # (N,) weights times pixels, added up, plus the bias
    a: Array  # (N,) its output; for a template z itself, the score that softmax compares


class Order(NamedTuple):
    """A way to sort neurons: by a first number, rising, and where that is equal by the second."""

    title: str
    keys: Callable[[Neurons], tuple[Array | Labels, ...]]


ORDERS: Mapping[str, Order] = MappingProxyType(
    {
        "norm": Order("Strongest weights first", lambda neurons: (-neurons.norms,)),
        "digit": Order(
            "By the digit they support most", lambda neurons: (neurons.digits, -neurons.outgoing.max(axis=1))
        ),
        "active": Order("Most active first", lambda neurons: (-neurons.activity,)),
        "stored": Order("As stored", lambda neurons: (np.arange(len(neurons.norms)),)),
    }
)


@np.errstate(over="ignore", invalid="ignore")
def describe(spec: NetworkSpec, params: Params, X: Pixels) -> Neurons:
    """Describe every neuron of the first layer; X (N, D) are the digits that show how active it is."""
    norms: Array = np.linalg.norm(params[0].W.astype(np.float64), axis=0)
    activity: Array = np.abs(_respond(spec, params[0], X).a).mean(axis=0)
    return Neurons(norms, outgoing(params), activity)


def sort_neurons(neurons: Neurons, order: str) -> Indices:
    """Return the numbers of the neurons in one of ORDERS; equal ones stay as stored, those without a number go last."""
    return np.lexsort(ORDERS[order].keys(neurons)[::-1])  # lexsort takes the most important key last


@np.errstate(over="ignore", invalid="ignore")
def outgoing(params: Params) -> Array:
    """Return what each neuron of the first layer adds to the score of each digit, per unit of its output: (n, K).

    With one hidden layer these are its weights to the outputs. Through deeper networks it is the product of all later
    weight matrices, as if the activations in between passed everything on. Without a hidden layer each neuron is a
    digit, and supports itself.
    """
    support: Array = np.eye(N_CLASSES, dtype=params[0].W.dtype)
    for W, _ in reversed(params[1:]):
        support = W @ support
    return support


def outgoing_limits(epochs: Iterable[Params]) -> Array:
    """Return the largest size of each neuron's outgoing() over some epochs, of shape (n,), but for exploded ones."""
    sizes = (np.abs(outgoing(params)).max(axis=1) for params in epochs)
    limits: Array = np.max([np.where(size < EXPLODED, size, 0) for size in sizes], axis=0)
    return limits


def weight_limit(epochs: Iterable[Params]) -> float:
    """Return a size that few first weights exceed in any of some epochs; exploded ones are left out, and 0 means all.

    It is four times their root mean square in the epoch where that is largest. The largest weight of all would be a
    poor end of a colour scale: one stray pixel among 100,000 would make the others pale.
    """
    return max((4 * size for size in map(_typical_size, epochs) if size < EXPLODED), default=0.0)


def has_exploded(params: Params) -> bool:
    """Return whether some parameters are not finite, or the first weights far beyond those of a network that learns."""
    finite = all(np.isfinite(array).all() for layer in params for array in layer)
    return not (finite and _typical_size(params) < EXPLODED)


@np.errstate(over="ignore", invalid="ignore")
def respond(spec: NetworkSpec, params: Params, X: Pixels, neuron: int) -> Response:
    """Return what one neuron of the first layer makes of the digits X (N, D)."""
    W, b = params[0]
    response = _respond(spec, Layer(W[:, neuron : neuron + 1], b[neuron : neuron + 1]), X)
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
    together = _respond(spec, Layer(W[:, neurons], b[neurons]), examples.X)
    return [
        strongest_kinds(Response(*columns), examples.labels) for columns in zip(together.z.T, together.a.T, strict=True)
    ]


def _respond(spec: NetworkSpec, layer: Layer, X: Pixels) -> Response:
    # Some neurons of the first layer, taken alone, are a network too: a pass through it gives their z. The images go
    # through a piece at a time, since as numbers all 10,000 would take 31 MB for each visitor who asks.
    alone = NetworkSpec(layer.W.shape)
    z = np.concatenate([forward(alone, (layer,), X[rows]).z[0] for rows in rows_in_pieces(len(X))])
    return Response(z, ACTIVATIONS[spec.activation].f(z) if spec.hidden else z)


def _typical_size(params: Params) -> float:
    """Return the root mean square of the first weights."""
    w = params[0].W.ravel()
    return sqrt(mean) if (mean := float(np.vdot(w, w)) / w.size) >= 0 else nan
