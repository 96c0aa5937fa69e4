"""The sums of a network with the numbers of one image: z of a neuron, softmax, cross-entropy, step by step.

They are data, in the symbols of the code; source.py has the lines of fcnn that compute the same.
"""

from typing import NamedTuple

import numpy as np

from fcnn.network import Trace
from fcnn.types import Array, Indices, Params


class WeightedSum(NamedTuple):
    """z = a @ W + b of one neuron, by its n largest terms: products + rest + bias = z."""

    places: Indices  # (n,) which inputs, the largest product of either sign first; none whose product is 0
    inputs: Array  # (n,) what comes from there
    weights: Array  # (n,) what it is multiplied by
    products: Array  # (n,)
    n_more: int  # terms that are not shown, without those that are 0
    rest: float  # what they add up to
    n_zero: int  # terms that are 0, because nothing comes from there
    bias: float
    z: float  # as the network has it


class SoftmaxSum(NamedTuple):
    """softmax(z), as fcnn.losses computes it: e^(z - max), each divided by their sum."""

    z: Array  # (K,)
    largest: float  # max(z)
    shifted: Array  # (K,) z - max(z): 0 for the answer, below 0 for the others
    exponentials: Array  # (K,) e^shifted
    total: float  # their sum
    probabilities: Array  # (K,) exponentials / total


class LossSum(NamedTuple):
    """The cross-entropy of one image, in nats: -log of the probability of its true digit."""

    label: int
    shifted: float  # z of the true digit - max(z)
    log_total: float  # log(sum of e^(z - max))
    log_probability: float  # shifted - log_total
    probability: float  # e^log_probability
    loss: float  # -log_probability


def weighted_sum(params: Params, trace: Trace, layer: int, neuron: int, *, n: int = 5) -> WeightedSum:
    """Return the z of a neuron as a sum, for the first image of a trace; a neuron of the last layer is a digit.

    Raises:
        IndexError: there is no such layer or neuron.
    """
    inputs, weights = trace.a[layer][0], params[layer].W[:, neuron]
    products = inputs * weights
    # As a whole and not by halves of a sort: what is no number, of a network that exploded, goes last.
    ranked = np.argsort(-np.abs(products), kind="stable")
    ranked = ranked[products[ranked] != 0]
    shown, others = ranked[:n], ranked[n:]
    return WeightedSum(
        places=shown,
        inputs=inputs[shown],
        weights=weights[shown],
        products=products[shown],
        n_more=len(others),
        rest=float(products[others].sum(dtype=np.float64)),
        n_zero=len(products) - len(ranked),
        bias=float(params[layer].b[neuron]),
        z=float(trace.z[layer][0, neuron]),
    )


@np.errstate(over="ignore", invalid="ignore")
def softmax_sum(z: Array) -> SoftmaxSum:
    """Return the steps of softmax for the scores z (K,) of one image."""
    shifted = z - z.max()
    exponentials = np.exp(shifted)
    total = exponentials.sum()
    return SoftmaxSum(z, float(z.max()), shifted, exponentials, float(total), exponentials / total)


@np.errstate(over="ignore", invalid="ignore")
def loss_sum(z: Array, label: int) -> LossSum:
    """Return the steps of the cross-entropy for the scores z (K,) of one image with this true digit.

    Raises:
        IndexError: there is no such digit.
    """
    softmax = softmax_sum(z)
    shifted = softmax.shifted[label]
    log_total = np.log(np.exp(softmax.shifted).sum())
    log_probability = shifted - log_total
    steps = shifted, log_total, log_probability, np.exp(log_probability), 0 - log_probability
    return LossSum(label, *map(float, steps))
