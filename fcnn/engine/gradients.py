"""Gradients as numbers: added up, and measured. They have the type and the shapes of the parameters.

But the W of a first layer may lack its last rows: those of pixels without ink, whose gradient is zero.
"""

from math import sqrt

import numpy as np

from fcnn.types import Array, Layer, Params


def flat(params: Params) -> list[Array]:
    """Return views of all parameters, each array as one row of numbers."""
    return [array.reshape(-1) for layer in params for array in layer]


def add_weighted(total: Params, gradients: Params, weight: float) -> Params:
    """Return total + weight x gradients, in the memory of both; an empty total stands for zero."""
    if not total and weight == 1:
        return gradients
    with np.errstate(over="ignore", invalid="ignore"):
        for g in flat(gradients):
            g *= weight
        sums = [Layer(*map(_add, *layers)) for layers in zip(total, gradients, strict=bool(total))]
    return tuple(sums) or gradients


def _add(a: Array, b: Array) -> Array:
    """Return a + b, in the memory of the longer one: rows that the other lacks are zero."""
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    long[: len(short)] += short
    return long


def padded(gradient: Array, size: int) -> Array:
    """Return a row of numbers with zeros at its end, if it has not as many as size."""
    return gradient if len(gradient) == size else np.append(gradient, np.zeros(size - len(gradient), gradient.dtype))


@np.errstate(over="ignore", invalid="ignore")
def norms(gradients: Params) -> tuple[float, ...]:
    """Return the length of each layer's gradient, weights and biases together."""
    return tuple(sqrt(float(np.vdot(g.W, g.W)) + float(np.vdot(g.b, g.b))) for g in gradients)
