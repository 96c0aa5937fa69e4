"""A layer further up as a first layer: of the network that begins there, and is given what the layers below pass on.

So all that can be asked of the neurons of a first layer can be asked of those of any other.
"""

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.metrics import rows_in_pieces
from fcnn.network import NetworkSpec, weigh
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Params


def upper_part(spec: NetworkSpec, params: Params, layer: int) -> tuple[NetworkSpec, Params]:
    """Return the network that begins with a layer, 0 being the first; its weights are not copied.

    Raises:
        ValueError: there is no such layer.
    """
    if not 0 <= layer < len(params):
        raise ValueError(f"layer must be 0 to {len(params) - 1}, got {layer}")
    return NetworkSpec(spec.sizes[layer:], spec.activation), params[layer:]


@np.errstate(over="ignore", invalid="ignore")
def passed_on(spec: NetworkSpec, params: Params, layer: int, X: Pixels) -> Pixels:
    """Return what a layer is given when the network reads images X (N, D), of shape (N, sizes[layer]).

    The first layer is given the images themselves.
    """
    if layer == 0:
        return X
    f = ACTIVATIONS[spec.activation].f
    pieces = []
    for rows in rows_in_pieces(len(X)):
        a = as_numbers(X[rows])
        for W, b in params[:layer]:
            a = f(weigh(a, W, b))
        pieces.append(a)
    return np.concatenate(pieces)
