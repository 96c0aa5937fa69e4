"""Neurons switched off: the network as it would be if some of them passed on 0, whatever they read."""

from collections.abc import Iterable

from fcnn.types import Params


def without(params: Params, layer: int, neurons: Iterable[int]) -> Params:
    """Return a network in which some neurons of a hidden layer pass on 0; switch off another layer's by a second call.

    The weights by which the next layer listens to them become 0: that is the same, for every activation. One matrix is
    copied, all other arrays are shared with the network that was given, which stays as it is.

    Raises:
        ValueError: the layer is no hidden one, or has no such neuron.
    """
    off = sorted(set(neurons))
    if not 0 <= layer < len(params) - 1:
        raise ValueError(f"hidden layers of this network are 0 to {len(params) - 2}, got {layer}")
    width = len(params[layer].b)
    if off and not 0 <= off[0] <= off[-1] < width:
        raise ValueError(f"the neurons of layer {layer} are 0 to {width - 1}, got {off[0]} to {off[-1]}")
    listening = params[layer + 1]
    W = listening.W.copy()
    W[off] = 0
    return (*params[: layer + 1], listening._replace(W=W), *params[layer + 2 :])
