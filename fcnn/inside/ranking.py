"""The neurons that matter most for an answer: of each hidden layer, sorted by what they add to z_said - z_other.

What the neurons of a layer add is the evidence (evidence.py) of the layers above it, with what the neurons pass on in
place of an image. For the last hidden layer it is activation times difference of two weights, for every activation.

The picture of the network (wiring.py) chooses otherwise, by what lifts the answer above all digits: it must stay calm
while a network learns, and nobody has yet asked it why.
"""

from typing import NamedTuple

import numpy as np

from fcnn.inside.evidence import Evidence, find_evidence
from fcnn.inside.score import Pair
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Indices, Params


class RankedLayer(NamedTuple):
    """A hidden layer of n neurons, by what they add to z_said - z_other; biases are those of the layers above it."""

    layer: int  # params[layer] are its weights, a[layer + 1] is what it passes on
    a: Array  # (n,)
    evidence: Evidence  # parts (n,) of the neurons, biases, and their sum
    ranked: Indices  # (n,) the neurons, the largest part of either sign first; equal ones as stored

    def top(self, n: int) -> Indices:
        """Return the neurons with the n largest parts."""
        return self.ranked[:n]

    def others(self, n: int) -> tuple[int, float]:
        """Return how many neurons are not among top(n), and what they add up to."""
        others = self.ranked[n:]
        return len(others), float(self.evidence.parts[others].sum(dtype=np.float64))


@np.errstate(over="ignore", invalid="ignore")
def rank_neurons(spec: NetworkSpec, params: Params, x: Pixels, pair: Pair) -> tuple[RankedLayer, ...]:
    """Return the hidden layers, first to last, with the neurons sorted that pass on an image x (D,).

    Raises:
        ValueError: the image has not as many pixels as the network inputs, or the digits are equal.
    """
    a = forward(spec, params, as_numbers(x)[None]).a
    return tuple(_rank(spec, params, layer, a[layer + 1][0], pair) for layer in range(len(spec.hidden)))


def _rank(spec: NetworkSpec, params: Params, layer: int, a: Array, pair: Pair) -> RankedLayer:
    above = NetworkSpec(spec.sizes[layer + 1 :], spec.activation)
    evidence = find_evidence(above, params[layer + 1 :], a, pair)
    return RankedLayer(layer, a, evidence, np.argsort(-np.abs(evidence.parts), kind="stable"))
