"""What the picture of a neuron further up adds up: the pictures below that have the largest weights here."""

import numpy as np
import streamlit as st

from charts.weights import short
from ui.components.gallery import gallery
from ui.visit import Visit, remembered
from ui.weights.layer import LAYER, LayerShown, images_of
from ui.weights.memory import WeightsMemory
from ui.weights.sheet import NEURON

N_BELOW = 6
MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"


def draw_below(state: Visit, layer: LayerShown, neuron: int) -> None:
    """Draw the pictures below that have the largest weights, each with its weight; a click opens one."""
    weights = layer.shown.params[layer.place].W[:, neuron]
    largest = np.argsort(-np.abs(weights), kind="stable")[:N_BELOW]
    rest = len(weights) - len(largest)
    more = f", the largest {len(largest)} of {len(weights):,} weights" if rest else ""
    st.markdown(f"**What is added up here**{more}")
    prefix = f"{layer.place}-" if layer.place > 1 else ""
    below, memory = layer.place, remembered(WeightsMemory)

    def open_below(place: int) -> None:
        state.choices[LAYER], state.choices[NEURON] = str(below), f"{prefix}{largest[place]}"
        memory.menu_is_old = True

    gallery(
        images_of(layer.shown, layer.place - 1, largest),
        key="neuron_below",
        captions=[f"{_signed(float(weights[i]))} {TIMES} #{i}" for i in largest],
        labels=[f"Neuron {i} of the layer below, times {_signed(float(weights[i]))}" for i in largest],
        palette="diverging",
        tile_px=56,
        on_click=open_below,
    )


def _signed(value: float) -> str:
    return f"{MINUS if value < 0 else '+'}{short(abs(value), 2)}"
