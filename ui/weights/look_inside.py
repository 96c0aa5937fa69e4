"""The Weights page: the neurons of the first layer, and one of them large."""

import streamlit as st

from ui import cached
from ui.address_bar import save_address
from ui.components.reveal import reveal
from ui.network_line import choose_network
from ui.visit import Visit, remembered
from ui.weights.close_up import look_closer
from ui.weights.first_layer import first_layer
from ui.weights.legend import explain
from ui.weights.memory import WeightsMemory
from ui.weights.order import choose_order
from ui.weights.sheet import choose_neuron
from ui.your_run import view_of_run


def look_inside(state: Visit) -> None:
    """Draw the first layer at the chosen epoch."""
    memory = remembered(WeightsMemory)
    if memory.menu_is_old:
        memory.menu_is_old = False
        st.rerun()  # its links take along what was chosen: the next page would correct them, in one more step for Back
    shown = choose_network(state)
    if view_of_run(state) is None and state.file is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("This network came with the app. To watch your own grow:", width="content")
            st.page_link("pages/train.py", label="**Train a network**", icon=":material/model_training:")
    layer = first_layer(state, shown)
    with st.container(key="split"):
        sheet, close_up = st.columns([4, 3], gap="medium")
    with sheet:
        explain(layer)
        order = choose_order(state, layer)
        neuron = choose_neuron(state, layer, order)
    with close_up, st.container(key="close_up"):
        reveal("close_up", state.reveals)
        look_closer(layer, neuron, cached.load_mnist().test)
    save_address(state)
