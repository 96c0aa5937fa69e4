"""Integrated gradients: how the way from one image to another changes a score, shared out among the pixels.

M. Sundararajan, A. Taly and Q. Yan, Axiomatic Attribution for Deep Networks, 2017, equation 1:

    part of pixel p = (x_p - x'_p) * mean of d score / d x_p, along the straight line from x' to x

The parts add up to score(x) - score(x') if the mean is exact. It is taken at the nodes of Gauss and Legendre, which do
with 64 what evenly spaced ones do with hundreds, as the gradient of a smooth network is smooth along a line.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.inside.score import Pair, gradients
from fcnn.network import NetworkSpec, forward
from fcnn.types import Array, Params

N_NODES = 64  # in each stretch of the line
MOST_STRETCHES = 8  # a line is halved, and its halves again, until the parts add up
COMPLETE = 0.01  # what may be missing of the change of the score ...
FLOOR = 0.5  # ... or of this, where it hardly changes: half a unit of z is less than a factor of two in probability


class PathParts(NamedTuple):
    """What each pixel contributed to the change of z_said - z_other from one image to another."""

    parts: Array  # (D,)
    start: float  # z_said - z_other at the first image
    end: float  # at the second
    n_nodes: int  # at which the gradient was taken

    @property
    def gap(self) -> float:
        """What the parts leave unexplained: the change of the score, less their sum."""
        return self.end - self.start - float(self.parts.sum(dtype=np.float64))

    @property
    def gap_share(self) -> float:
        """The size of the gap as a share of the change, or of FLOOR, if it hardly changes."""
        return abs(self.gap) / max(abs(self.end - self.start), FLOOR)


def along_path(spec: NetworkSpec, params: Params, start: Array, end: Array, pair: Pair) -> PathParts:
    """Return the parts of the pixels on the straight line from one image (D,) to another, both as numbers.

    The line is walked in one stretch of N_NODES, then in two, four, eight, until no more than COMPLETE is missing.
    Images may be any inputs of a network, such as the activations of a layer with the layers above it as the network.
    """
    ends = forward(spec, params, np.stack((start, end)))
    first, last = map(float, pair.ahead(ends.z[-1]))
    z_start, z_end = ends.z[0]
    n_stretches = 1
    while True:
        delta = _mean_delta(spec, params, z_start, z_end, pair, n_stretches)
        path = PathParts((end - start) * (params[0].W @ delta), first, last, N_NODES * n_stretches)
        if not path.gap_share > COMPLETE or n_stretches == MOST_STRETCHES:  # nan is no reason to go on
            return path
        n_stretches *= 2


def _mean_delta(spec: NetworkSpec, params: Params, z_start: Array, z_end: Array, pair: Pair, n_stretches: int) -> Array:
    """Return the mean of d score / dz of the first layer along the line, of shape (n_1,).

    Along a straight line the z of the first layer moves on a straight line too, so its weights, most of the network,
    need not be used at every node: only the mean goes through them.
    """
    if not spec.hidden:
        return pair.direction(z_end)
    shares, weights = _nodes(n_stretches)
    z = z_start + shares.astype(z_end.dtype)[:, None] * (z_end - z_start)
    f, df = ACTIVATIONS[spec.activation][1:3]
    above = NetworkSpec(spec.sizes[1:], spec.activation)
    trace = forward(above, params[1:], f(z))
    *_, gradient = gradients(above, params[1:], trace, pair.direction(z))
    mean: Array = weights.astype(z.dtype) @ (gradient * df(z))
    return mean


@lru_cache  # its size is bounded: n_stretches is one of four
def _nodes(n_stretches: int) -> tuple[Array, Array]:
    """Return places from 0 to 1 and their weights, which add up to 1, of shape (n,) each."""
    nodes, weights = np.polynomial.legendre.leggauss(N_NODES)
    starts = np.arange(n_stretches)[:, None]
    return ((starts + (nodes + 1) / 2) / n_stretches).ravel(), np.tile(weights / 2, n_stretches) / n_stretches
