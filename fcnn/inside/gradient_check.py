"""Is the gradient right? It is compared with what a small change of one weight really does to the loss."""

from typing import NamedTuple

import numpy as np

from fcnn.inside.one_update import mean_loss
from fcnn.inside.written_update import Place, at
from fcnn.network import NetworkSpec, backward, forward
from fcnn.pixels import as_numbers
from fcnn.types import Examples, Layer, Params

NUDGE = 1e-6  # smaller, and rounding shows; larger, and the curve of the loss bends in between


class GradientCheck(NamedTuple):
    """The gradient of one parameter, by both ways; all in float64, in nats."""

    gradient: float  # of backward()
    difference: float  # (loss_above - loss_below) / (2 nudge)
    loss_above: float  # with a parameter that is larger by the nudge
    loss_below: float
    nudge: float

    @property
    def disagreement(self) -> float:
        """How far they are apart, as a share of the larger one; 0 where both are 0."""
        largest = max(abs(self.gradient), abs(self.difference))
        return abs(self.gradient - self.difference) / largest if largest else 0.0


@np.errstate(over="ignore", invalid="ignore")
def check_gradient(
    spec: NetworkSpec, params: Params, examples: Examples, place: Place, nudge: float = NUDGE
) -> GradientCheck:
    """Compare the gradient of the mean loss by one parameter with its central finite difference.

    Where a ReLU has its kink within the nudge, the two may differ: there is no one slope.

    Raises:
        IndexError: the network has no such parameter.
    """
    X = as_numbers(examples.X).astype(np.float64)
    precise = tuple(Layer(W.astype(np.float64), b.astype(np.float64)) for W, b in params)
    gradients = backward(spec, precise, forward(spec, precise, X), examples.labels)

    def loss(change: float) -> float:
        return mean_loss(forward(spec, _nudged(precise, place, change), X), examples.labels)

    above, below = loss(nudge), loss(-nudge)
    return GradientCheck(at(gradients, place), (above - below) / (2 * nudge), above, below, nudge)


def _nudged(params: Params, place: Place, change: float) -> Params:
    """Return the parameters with one of them changed; the layers without it are not copied."""
    W, b = (array.copy() for array in params[place.layer])
    if place.row is None:
        b[place.column] += change
    else:
        W[place.row, place.column] += change
    return (*params[: place.layer], Layer(W, b), *params[place.layer + 1 :])
