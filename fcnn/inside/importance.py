"""How much each neuron of a hidden layer matters to the whole network, and not to one digit: a quick estimate.

It is what a neuron passes on, on the mean, times the length of the weights by which the next layer listens to it: how
far the next layer would be off without it. It does not see what neurons do together, as two that say the same.
"""

import numpy as np

from fcnn.metrics import rows_in_pieces
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Array, Params


@np.errstate(over="ignore", invalid="ignore")
def importance(spec: NetworkSpec, params: Params, layer: int, X: Pixels) -> Array:
    """Return how much each neuron of a hidden layer (0 is the first) matters for the images X (N, D), of shape (n,).

    Raises:
        ValueError: the layer is no hidden one.
    """
    if not 0 <= layer < len(spec.hidden):
        raise ValueError(f"hidden layers of this network are 0 to {len(spec.hidden) - 1}, got {layer}")
    below = NetworkSpec(spec.sizes[: layer + 3], spec.activation)  # what is above has no part in it
    total = sum(
        np.abs(forward(below, params[: layer + 2], X[rows]).a[layer + 1]).sum(axis=0, dtype=np.float64)
        for rows in rows_in_pieces(len(X))
    )
    lengths = np.linalg.norm(params[layer + 1].W.astype(np.float64), axis=1)
    weighed: Array = total / len(X) * lengths
    return weighed
