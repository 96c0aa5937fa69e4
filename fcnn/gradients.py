"""Gradients as numbers: added up, and measured. They have the type and the shapes of the parameters."""

from math import sqrt

import numpy as np

from fcnn.types import Array, Params


def flat(params: Params) -> list[Array]:
    """Return views of all parameters, each array as one row of numbers."""
    return [array.reshape(-1) for layer in params for array in layer]


def add_weighted(total: Params, gradients: Params, weight: float) -> Params:
    """Add weight x gradients to the total, in place; an empty total stands for zero."""
    if not total and weight == 1:
        return gradients
    with np.errstate(over="ignore", invalid="ignore"):
        for g in flat(gradients):
            g *= weight
        for t, g in zip(flat(total), flat(gradients), strict=bool(total)):
            t += g
    return total or gradients


@np.errstate(over="ignore", invalid="ignore")
def norms(gradients: Params) -> tuple[float, ...]:
    """Return the length of each layer's gradient, weights and biases together."""
    return tuple(sqrt(float(np.vdot(g.W, g.W)) + float(np.vdot(g.b, g.b))) for g in gradients)
