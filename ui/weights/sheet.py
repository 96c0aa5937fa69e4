"""The sheet of the neurons of a layer; a click on one shows it large."""

import streamlit as st

from fcnn.types import Indices
from ui.choices import whole_number
from ui.components.gallery import gallery
from ui.components.mount import style
from ui.sheets import choose_sheet
from ui.visit import Visit, remembered
from ui.weights import asked
from ui.weights.layer import LayerShown
from ui.weights.memory import WeightsMemory
from ui.weights.neuron_words import under_tile
from ui.weights.order import chosen_order

PER_SHEET = 64
NEURON, SHEET = "neuron", "neurons"  # words of the address
N_LARGE = 12  # so few neurons get large tiles


def choose_neuron(state: Visit, layer: LayerShown, order: Indices) -> int:
    """Draw a sheet of neurons and how to reach the others; return the neuron that was clicked last, or the first."""
    style(__file__)
    above = st.container(key="neurons_frame")
    by = f"{layer.prefix}{chosen_order(state, layer)}"
    on_sheet = order[choose_sheet(state, SHEET, len(order), PER_SHEET, of=by, prefix=f"{by}-")]
    prefix, word = layer.prefix, state.choices.get(NEURON, "")
    wanted = whole_number(word.removeprefix(prefix), below=len(order)) if word.startswith(prefix) else None
    chosen = int(on_sheet[0]) if wanted is None else wanted
    memory = remembered(WeightsMemory)

    def choose(place: int) -> None:
        if on_sheet[place] != wanted:
            state.choices[NEURON] = f"{prefix}{on_sheet[place]}"
            state.reveals += 1
            memory.menu_is_old = True

    what = "picture" if layer.place else "weights"
    with above:
        gallery(
            layer.images(on_sheet),
            key="neurons",
            captions=_captions(layer, on_sheet),
            labels=[f"{layer.name(i)}: its {what}" for i in on_sheet],
            selected=next((place for place, i in enumerate(on_sheet) if i == chosen), None),
            palette="diverging",
            tile_px=56 if len(order) > N_LARGE else 84,
            vmax=layer.vmax,
            on_click=choose,
        )
    return chosen


def _captions(layer: LayerShown, neurons: Indices) -> list[str]:
    if layer.is_output:
        return [layer.name(i) for i in neurons]
    if layer.exploded:
        return [f"#{i}" for i in neurons]
    if layer.following:
        return [f"#{i}" for i in neurons]  # to ask all test digits each second would slow the learning down
    shown, sheet = layer.shown, tuple(neurons.tolist())
    kinds = asked.kinds_of(shown.key, layer.place, sheet, shown.spec, shown.params)
    return [under_tile(i, kinds[place], layer.neurons.outgoing[i]) for place, i in enumerate(sheet)]
