"""This digit, and not that one: what each pixel of an image adds to z_said - z_other.

Where the activation is made of straight pieces that meet at zero (ReLU, leaky ReLU), or there is no hidden layer, the
network is, around this image, one sum: each neuron passes on its z times its slope. So each pixel has a part, pixel
times gradient, each bias has one, and they add up exactly (gradient x input: A. Shrikumar and others, Not Just a Black
Box, 2016; it is exact for such networks, since f(z) = f'(z) z).

For curved activations (tanh, sigmoid) pixels are given their parts by integrated gradients from a blank page, and the
biases what the network makes of that page. A blank pixel has no part in either: see missing_ink.py.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.inside.path import FLOOR, along_path
from fcnn.inside.score import Pair, gradients
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Params

Method = Literal["exact", "integrated"]
_PROBE = np.array([-2.0, -1, 0, 1, 2])


@dataclass(frozen=True, eq=False)
class Evidence:
    """What speaks for one digit and against another, in an image of D pixels."""

    pair: Pair
    parts: Array  # (D,) what each adds to z_said - z_other; 0 where the page is blank
    biases: float  # what all biases add
    difference: float  # z_said - z_other, as the network has it
    method: Method
    n_nodes: int = 0  # of an integral

    @property
    def speaks_for(self) -> float:
        """What the pixels that speak for the digit add up to."""
        return float(self.parts.sum(where=self.parts > 0, dtype=np.float64))

    @property
    def speaks_against(self) -> float:
        """What the pixels that speak against it add up to: 0 or less."""
        return float(self.parts.sum(where=self.parts < 0, dtype=np.float64))

    @property
    def gap(self) -> float:
        """What the sum misses: rounding where the method is exact, what the integral left out otherwise."""
        return self.difference - float(self.parts.sum(dtype=np.float64)) - self.biases

    @property
    def gap_share(self) -> float:
        """The size of the gap as a share of the difference, or of FLOOR, if both digits are nearly level."""
        return abs(self.gap) / max(abs(self.difference), FLOOR)


@np.errstate(over="ignore", invalid="ignore")
def find_evidence(spec: NetworkSpec, params: Params, x: Pixels, pair: Pair) -> Evidence:
    """Return what each pixel of an image x (D,) adds to z_said - z_other; all is nan for a network that exploded.

    Instead of an image and a network, x may be the activations of a layer, with the layers above it as the network.

    Raises:
        ValueError: the image has not as many pixels as the network inputs, or the digits are equal.
    """
    x = as_numbers(x)
    return _exact(spec, params, x, pair) if is_exact(spec) else _integrated(spec, params, x, pair)


def is_exact(spec: NetworkSpec) -> bool:
    """Return whether an image has one exact sum: f(z) = f'(z) z, or no activation at all."""
    f, df = ACTIVATIONS[spec.activation][1:3]
    return not spec.hidden or np.array_equal(f(_PROBE), df(_PROBE) * _PROBE)


def _exact(spec: NetworkSpec, params: Params, x: Array, pair: Pair) -> Evidence:
    trace = forward(spec, params, x[None])
    df, delta = (
        ACTIVATIONS[spec.activation].df,
        pair.direction(x),
    )  # d score / dz of the last layer, then of those below
    biases = 0.0
    for i, gradient in zip(reversed(range(len(params))), gradients(spec, params, trace, delta), strict=True):
        biases += float(params[i].b @ delta)
        if i > 0:
            delta = gradient[0] * df(trace.z[i - 1][0])
    return Evidence(pair, gradient[0] * x, biases, float(pair.ahead(trace.z[-1])[0]), "exact")


def _integrated(spec: NetworkSpec, params: Params, x: Array, pair: Pair) -> Evidence:
    path = along_path(spec, params, np.zeros_like(x), x, pair)
    return Evidence(pair, path.parts, path.start, path.end, "integrated", path.n_nodes)
