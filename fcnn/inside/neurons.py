"""The neurons of the first layer: what each looks for, how strong and active it is, and which digits it supports.

A network without a hidden layer is the simplest case: its ten first neurons are the ten digits, and their weights are
templates. Weights that are not finite give results that are not finite, in silence: divergence is something to show.
"""

from collections.abc import Iterable, Mapping
from math import nan, sqrt
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.inside.orders import Order
from fcnn.inside.responses import responses
from fcnn.network import N_CLASSES, NetworkSpec
from fcnn.pixels import Pixels
from fcnn.types import Array, Indices, Labels, Params

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


NEURON_ORDERS: Mapping[str, Order[[Neurons]]] = MappingProxyType(
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
    activity: Array = np.abs(responses(spec, params[0], X).a).mean(axis=0)
    return Neurons(norms, outgoing(params), activity)


def sort_neurons(neurons: Neurons, order: str) -> Indices:
    """Return the numbers of the neurons in one of NEURON_ORDERS; equal ones stay as stored, nan goes last."""
    return NEURON_ORDERS[order].sort(neurons)


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


def _typical_size(params: Params) -> float:
    """Return the root mean square of the first weights."""
    w = params[0].W.ravel()
    return sqrt(mean) if (mean := float(np.vdot(w, w)) / w.size) >= 0 else nan
