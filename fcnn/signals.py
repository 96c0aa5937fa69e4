"""What can be measured of a network that does not learn: is it silent, saturated, or symmetric?"""

from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Params

N_IMAGES = 500  # are enough to see whether a neuron ever speaks
FLAT = 0.01  # a slope below this lets next to nothing of a gradient through


class Signals(NamedTuple):
    """Of each hidden layer, first to last; equal is of all layers."""

    silent: tuple[float, ...]  # share of the neurons whose output is 0 for every image
    flat: tuple[float, ...]  # share of all outputs at which the activation has hardly any slope
    spread: tuple[float, ...]  # how much outputs differ from image to image: mean standard deviation
    equal: tuple[bool, ...]  # whether all neurons of a layer have the same weights


@np.errstate(over="ignore", invalid="ignore")
def measure(spec: NetworkSpec, params: Params, X: Pixels) -> Signals:
    """Measure a network on the first N_IMAGES of the images X (N, D)."""
    trace, df = forward(spec, params, X[:N_IMAGES]), ACTIVATIONS[spec.activation].df
    hidden = trace.a[1:-1]
    return Signals(
        silent=tuple(float((a == 0).all(axis=0).mean()) for a in hidden),
        flat=tuple(float((df(z) < FLAT).mean()) for z in trace.z[:-1]),
        spread=tuple(float(a.std(axis=0).mean()) for a in hidden),
        equal=tuple(bool((W[:, :1] == W).all()) and W.shape[1] > 1 for W, _ in params),
    )
