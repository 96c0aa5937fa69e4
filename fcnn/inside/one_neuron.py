"""One neuron, opened: what comes in, what it is weighed by, the sum, what goes out, and where to."""

from dataclasses import dataclass

import numpy as np

from fcnn.inside.sums import WeightedSum, weighted_sum
from fcnn.network import Trace
from fcnn.types import Array, Indices, Params


@dataclass(frozen=True, eq=False)
class OpenNeuron:
    """A neuron while the network reads an image."""

    layer: int
    neuron: int  # of the last layer: the digit
    inputs: Array  # (n_in,) the image, or what the layer below passes on
    weights: Array  # (n_in,) what it looks for
    products: Array  # (n_in,) weights times inputs: where it found what it looks for
    sum: WeightedSum  # of the products and the bias: z
    a: float  # what it passes on; of a digit, its probability
    weights_out: Array  # (n_out,) by which the neurons of the next layer weigh it; a digit has none
    adds: Array  # (n_out,) a times these: what it adds to the z of each of them

    @property
    def goes_to(self) -> Indices:
        """The neurons of the next layer, those first to which it adds most, of either sign; of shape (n_out,)."""
        return np.argsort(-np.abs(self.adds), kind="stable")


@np.errstate(over="ignore", invalid="ignore")
def open_neuron(params: Params, trace: Trace, layer: int, neuron: int, *, n: int = 5) -> OpenNeuron:
    """Open a neuron for the first image of a trace, its sum by the n largest terms.

    Raises:
        IndexError: there is no such layer or neuron.
    """
    inputs, weights, a = trace.a[layer][0], params[layer].W[:, neuron], trace.a[layer + 1][0, neuron]
    weights_out = params[layer + 1].W[neuron] if layer + 1 < len(params) else weights[:0]
    return OpenNeuron(
        layer=layer,
        neuron=neuron,
        inputs=inputs,
        weights=weights,
        products=inputs * weights,
        sum=weighted_sum(params, trace, layer, neuron, n=n),
        a=float(a),
        weights_out=weights_out,
        adds=a * weights_out,
    )
