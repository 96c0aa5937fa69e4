"""What the pictures of neurons are, and what their colours mean."""

import numpy as np
import streamlit as st

from ui.components.colour_bar import colour_bar
from ui.weights.first_layer import FirstLayer

INTRO = (
    "Each picture is a neuron of the first layer, drawn by its 784 weights, one for each pixel. Ink on "
    "**orange**, the lighter colour, excites it; ink on **blue**, the darker one, calms it."
)
UNDER = " Under it: the digits that make it fire most \N{RIGHTWARDS ARROW} the answer it then speaks for."
TEMPLATES_INTRO = (
    "Without a hidden layer each digit has one template, drawn by its 784 weights. Ink on **orange**, the "
    "lighter colour, speaks for the digit; ink on **blue**, the darker one, against it."
)
EXPLODED = (
    "This network exploded: its weights grew far beyond any use.{pink} Choose an earlier epoch, or train again with a "
    "smaller learning rate."
)
PINK = " Pink pixels are weights that are not even numbers any more."


def explain(layer: FirstLayer) -> None:
    """Say what the pictures are and what their colours mean, and whether something is wrong with them."""
    if layer.exploded:
        pink = "" if np.isfinite(layer.images).all() else PINK
        st.error(EXPLODED.format(pink=pink), icon=":material/error:")
    captioned = not (layer.exploded or layer.following)
    st.markdown(TEMPLATES_INTRO if layer.templates else INTRO + (UNDER if captioned else ""))
    if layer.vmax > 0:
        colour_bar(layer.vmax, key="weights_scale", name="Weights", clipped=not layer.exploded)
