"""A temperature for the softmax: above 1 it makes a network less sure of all its answers, and changes none of them.

It is fitted on the validation set, one number, so that what the network says about itself comes true there (Guo et al.,
'On calibration of modern neural networks', 2017).
"""

from typing import NamedTuple

import numpy as np

from fcnn.losses import cross_entropy, softmax
from fcnn.metrics import rows_in_pieces
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Array, Labels, Params

COLDEST, HOTTEST = 0.01, 100.0
N_HALVINGS = 60  # of the range of the logarithm of the temperature: beyond float64


class Fitted(NamedTuple):
    """A temperature, and what it makes of the mean loss on the examples that it was fitted on, in nats."""

    temperature: float  # COLDEST to HOTTEST
    loss_before: float  # at temperature 1
    loss_after: float


@np.errstate(over="ignore", invalid="ignore")
def scores(spec: NetworkSpec, params: Params, X: Pixels) -> Array:
    """Return the last z of each example, which softmax makes probabilities of, of shape (N, K)."""
    return np.concatenate([forward(spec, params, X[rows]).z[-1] for rows in rows_in_pieces(len(X))])


def at_temperature(z: Array, temperature: float) -> Array:
    """Return the probabilities softmax(z / temperature), of shape (N, K)."""
    return softmax(z / z.dtype.type(temperature))


def fit_temperature(z: Array, labels: Labels) -> Fitted | None:
    """Return the temperature with the lowest mean loss, given the scores z (N, K); None if some are not finite.

    The loss is convex in 1 / T, and so has one lowest point: where its slope, which rises with 1 / T, is 0.
    """
    if not np.isfinite(z).all():
        return None
    z = z.astype(np.float64)
    true_z = z[np.arange(len(z)), labels]
    low, high = np.log(1 / HOTTEST), np.log(1 / COLDEST)
    for _ in range(N_HALVINGS):
        middle = (low + high) / 2
        slope = ((softmax(z * np.exp(middle)) * z).sum(axis=1) - true_z).mean()
        low, high = (middle, high) if slope < 0 else (low, middle)
    temperature = float(np.exp(-(low + high) / 2))
    before, after = (float(cross_entropy(z / t, labels).mean()) for t in (1.0, temperature))
    return Fitted(temperature, before, after)
