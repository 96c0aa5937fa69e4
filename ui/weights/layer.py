"""The layer of the network that the Weights page shows, as all parts of the page need it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st

from fcnn.inside.neurons import Neurons, has_exploded
from fcnn.network import NetworkSpec
from fcnn.pixels import as_images
from fcnn.types import Array, Indices
from ui.choices import select
from ui.network_shown import NetworkShown, params_of_epochs
from ui.visit import Visit
from ui.weights import asked

LAYER, DIGITS = "layer", "digits"  # the word of the address, and what it says for the output layer


class LayerShown(NamedTuple):
    """The layer that the page shows, and what its neurons have in common."""

    shown: NetworkShown
    place: int  # 0 is the first layer
    neurons: Neurons
    vmax: float  # the number that gets the last colour of the pictures
    outgoing_limits: Array  # (n,)
    exploded: bool

    @property
    def templates(self) -> bool:
        """Whether there is no hidden layer, so that the weights are templates of the digits."""
        return not self.shown.spec.hidden

    @property
    def is_output(self) -> bool:
        """Whether each neuron is a digit."""
        return self.place == len(self.shown.spec.hidden)

    @property
    def following(self) -> bool:
        """Whether the network learns on, so that its newest epoch is another each second."""
        return self.shown.running and self.shown.number == self.shown.final

    @property
    def rows(self) -> Indices:
        """The test digits that the neurons are asked about."""
        return asked.asked_rows(self.shown.spec, self.place, live=self.following)

    @property
    def prefix(self) -> str:
        """What stands before a neuron, or a sheet of them, in the address: another layer begins anew."""
        return f"{self.place + 1}-" if self.place else ""

    def name(self, neuron: int) -> str:
        """Return what to call a neuron."""
        return f"Digit {neuron}" if self.is_output else f"Neuron {neuron}"

    def images(self, neurons: Sequence[int] | Indices) -> Array:
        """Return the pictures of some neurons, (n, 28, 28)."""
        return images_of(self.shown, self.place, neurons)


def images_of(shown: NetworkShown, place: int, neurons: Sequence[int] | Indices) -> Array:
    """Return the pictures of some neurons of a layer, (n, 28, 28): their weights, or the sums of those below.

    Of a layer further up that has exploded there are none: they are no numbers.
    """
    units = tuple(int(neuron) for neuron in neurons)
    if not place:
        return as_images(shown.params[0].W[:, list(units)].T)
    pictures = asked.pictures_of(shown.key, place, units, shown.params)
    return np.full((len(units), 28, 28), np.nan, np.float32) if pictures is None else as_images(pictures.T)


def layers(spec: NetworkSpec) -> Mapping[str, str]:
    """Return the layers to choose from: the word for the address -> the words on the screen."""
    n = len(spec.hidden)
    return {(str(place + 1) if place < n else DIGITS): layer_name(spec, place) for place in range(n + 1)}


def layer_name(spec: NetworkSpec, place: int) -> str:
    """Return what to call a layer, 0 being the first."""
    n = len(spec.hidden)
    if place == n:
        return "The ten digits"
    return f"Hidden layer {place + 1}" if n > 1 else "Hidden layer"


def choose_layer(state: Visit, shown: NetworkShown) -> LayerShown:
    """Draw the choice of a layer, where there are several, and return the chosen one.

    Its colours mean the same at all epochs, but for exploded ones.
    """
    options = layers(shown.spec)
    place = 0
    if len(options) > 1:
        word = select(state, LAYER, "Layer", options, draw=st.segmented_control, label_visibility="collapsed")
        place = list(options).index(word)
    epochs = params_of_epochs(state, shown)
    key = f"{shown.name} {len(epochs)} {max(epochs)}"
    limit, outgoing_limits = asked.limits_of(key, place, list(epochs.values()))
    exploded = has_exploded(shown.params) or any(has_exploded((layer,)) for layer in shown.params[: place + 1])
    W = shown.params[0].W
    vmax = float(np.abs(W).max(where=np.isfinite(W), initial=0)) if exploded and not place else limit
    following = shown.running and shown.number == shown.final
    neurons = asked.neurons_of(shown.key, place, shown.spec, shown.params, live=following)
    return LayerShown(shown, place, neurons, vmax, outgoing_limits, exploded)
