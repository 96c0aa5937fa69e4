"""What the pictures of neurons are, and what their colours mean."""

import numpy as np
import streamlit as st

from fcnn.activations import ACTIVATIONS
from ui.components.colour_bar import colour_bar
from ui.weights.layer import LayerShown

INTRO = (
    "Each picture is a neuron of the first layer, drawn by its 784 weights, one for each pixel. Ink on "
    "**orange**, the lighter colour, excites it; ink on **blue**, the darker one, calms it."
)
UNDER = " Under it: the digits that make it fire most \N{RIGHTWARDS ARROW} the answer it then speaks for."
TEMPLATES_INTRO = (
    "Without a hidden layer each digit has one template, drawn by its 784 weights. Ink on **orange**, the "
    "lighter colour, speaks for the digit; ink on **blue**, the darker one, against it."
)
LATER_INTRO = (
    "Each picture is a neuron of hidden layer {number}: the pictures of the layer below, each times the weight that it "
    "has here, all added up. Ink on **orange**, the lighter colour, excites it, and ink on **blue**, the darker one, "
    "calms it"
)
OUTPUT_INTRO = (
    "What does a 3 look like to it? Each picture is a digit: the pictures of the layer below, each times the weight "
    "that it has here, all added up. Ink on **orange**, the lighter colour, speaks for the digit, and ink on **blue**, "
    "the darker one, against it"
)
NO_TEMPLATE = (
    ", but only **roughly**: {activation} bends or silences what the neurons below pass on, differently for each "
    "digit, and no picture shows that. So it is a direction and no template. All else here is measured with the "
    "network as it is."
)
EXPLODED = (
    "This network exploded: its weights grew far beyond any use.{pink} Choose an earlier epoch, or train again with a "
    "smaller learning rate."
)
PINK = " Pink pixels are weights that are not even numbers any more."


def explain(layer: LayerShown) -> None:
    """Say what the pictures are and what their colours mean, and whether something is wrong with them."""
    if layer.exploded:
        pink = "" if layer.place or np.isfinite(layer.shown.params[0].W).all() else PINK
        st.error(EXPLODED.format(pink=pink), icon=":material/error:")
        if layer.place:
            return
    captioned = not (layer.exploded or layer.following or layer.is_output)
    st.markdown(_intro(layer) + (UNDER if captioned else ""))
    if layer.vmax > 0:
        name = "Sums" if layer.place else "Weights"
        colour_bar(layer.vmax, key="weights_scale", name=name, clipped=not layer.exploded)


def _intro(layer: LayerShown) -> str:
    if layer.templates:
        return TEMPLATES_INTRO
    if not layer.place:
        return INTRO
    activation = ACTIVATIONS[layer.shown.spec.activation].title
    intro = OUTPUT_INTRO if layer.is_output else LATER_INTRO.format(number=layer.place + 1)
    return intro + NO_TEMPLATE.format(activation=activation)
