"""The Weights page: the neurons of a layer, one of them large, and what can be measured of all layers."""

import streamlit as st

from ui import cached
from ui.address_bar import save_address
from ui.components.reveal import reveal
from ui.network_line import choose_network
from ui.visit import Visit, remembered
from ui.weights.close_up import look_closer
from ui.weights.course import draw_course
from ui.weights.layer import LayerShown, choose_layer
from ui.weights.legend import explain
from ui.weights.memory import WeightsMemory
from ui.weights.order import choose_order
from ui.weights.sheet import choose_neuron
from ui.weights.spread import draw_spread
from ui.your_run import view_of_run


def look_inside(state: Visit) -> None:
    """Draw the network at the chosen epoch."""
    memory = remembered(WeightsMemory)
    if memory.menu_is_old:
        memory.menu_is_old = False
        st.rerun()  # its links take along what was chosen: the next page would correct them, in one more step for Back
    shown = choose_network(state)
    if view_of_run(state) is None and state.file is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("This network came with the app. To watch your own grow:", width="content")
            st.page_link("pages/train.py", label="**Train a network**", icon=":material/model_training:")
    _draw_neurons(state, choose_layer(state, shown))
    draw_spread(state, shown)
    draw_course(state, shown)
    save_address(state)


def _draw_neurons(state: Visit, layer: LayerShown) -> None:
    """Draw the neurons of a layer, and one of them large; of an exploded layer further up there are no pictures."""
    if layer.exploded and layer.place:
        explain(layer)
        return
    with st.container(key="split"):
        sheet, close_up = st.columns([4, 3], gap="medium")
    with sheet:
        explain(layer)
        order = choose_order(state, layer)
        neuron = choose_neuron(state, layer, order)
    with close_up, st.container(key="close_up"):
        reveal("close_up", state.reveals)
        look_closer(state, layer, neuron, cached.load_mnist().test)
