"""The first layer of the network that the Weights page shows, as all parts of the page need it."""

from typing import NamedTuple

import numpy as np

from fcnn.inside.neurons import Neurons, has_exploded
from fcnn.pixels import as_images
from fcnn.types import Array
from ui import cached
from ui.network_shown import NetworkShown, params_of_epochs
from ui.visit import Visit


class FirstLayer(NamedTuple):
    """The first layer of the network that the page shows, and what its neurons have in common."""

    shown: NetworkShown
    neurons: Neurons
    images: Array  # (n, 28, 28)
    vmax: float  # the weight that gets the last colour
    outgoing_limits: Array  # (n,)
    exploded: bool

    @property
    def templates(self) -> bool:
        """Whether there is no hidden layer, so that each neuron is a digit."""
        return not self.shown.spec.hidden

    @property
    def following(self) -> bool:
        """Whether the network learns on, so that its newest epoch is another each second."""
        return self.shown.running and self.shown.number == self.shown.final

    def name(self, neuron: int) -> str:
        """Return what to call a neuron."""
        return f"Digit {neuron}" if self.templates else f"Neuron {neuron}"


def first_layer(state: Visit, shown: NetworkShown) -> FirstLayer:
    """Look at the first layer of a network; the colours mean the same at all of its epochs, but for exploded ones."""
    W, epochs = shown.params[0].W, params_of_epochs(state, shown)
    weight_limit, outgoing_limits = cached.first_layer_limits(
        f"{shown.name} {len(epochs)} {max(epochs)}", list(epochs.values())
    )
    exploded = has_exploded(shown.params)
    vmax = float(np.abs(W).max(where=np.isfinite(W), initial=0)) if exploded else weight_limit
    neurons = cached.first_neurons(shown.key, shown.spec, shown.params)
    return FirstLayer(shown, neurons, as_images(W.T), vmax, outgoing_limits, exploded)
