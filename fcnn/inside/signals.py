"""What can be measured of a network that does not learn: is it silent, saturated, symmetric, deaf to the picture?"""

from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Layer, Params

N_IMAGES = 500  # are enough to see whether a neuron ever speaks
FLAT = 0.01  # a slope below this lets next to nothing of a gradient through
ALIKE = 1e-3  # of the typical weight: what rounding makes of weights that started equal, and were taught the same


class Signals(NamedTuple):
    """Measurements over some images; tuples hold a number for each hidden layer, first to last."""

    silent: tuple[float, ...]  # share of the neurons whose output is 0 for every image
    flat: tuple[float, ...]  # share of all outputs at which the activation has hardly any slope
    spread: tuple[float, ...]  # how much outputs differ from image to image: mean standard deviation
    equal: tuple[bool, ...]  # whether all neurons of the layer have the same weights and the same bias
    answers_spread: float  # the same of the ten probabilities, for the one that differs most; 0: one answer for all


@np.errstate(over="ignore", invalid="ignore")
def measure(spec: NetworkSpec, params: Params, X: Pixels) -> Signals:
    """Measure a network on the first N_IMAGES of the images X (N, D)."""
    trace, df = forward(spec, params, X[:N_IMAGES]), ACTIVATIONS[spec.activation].df
    hidden = trace.a[1:-1]
    return Signals(
        silent=tuple(float((a == 0).all(axis=0).mean()) for a in hidden),
        flat=tuple(float((df(z) < FLAT).mean()) for z in trace.z[:-1]),
        spread=tuple(float(a.std(axis=0).mean()) for a in hidden),
        equal=tuple(_are_equal(layer) for layer in params[:-1]),
        answers_spread=float(trace.a[-1].std(axis=0).max()),
    )


def _are_equal(layer: Layer) -> bool:
    if layer.W.shape[1] == 1:
        return False
    return all(
        bool(np.abs(array - array.mean(axis=-1, keepdims=True)).max() <= ALIKE * np.abs(array).max()) for array in layer
    )
