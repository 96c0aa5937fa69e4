"""What the first layer has learned: the weights of each neuron as a picture, one of them large, over the epochs."""

import streamlit as st

from ui import following, polling
from ui.address_bar import save_address
from ui.components.reveal import reveal
from ui.network_shown import choose_network
from ui.page import digits_or_stop, open_page
from ui.weights.close_up import look_closer
from ui.weights.first_layer import first_layer
from ui.weights.legend import explain
from ui.weights.order import choose_order
from ui.weights.sheet import choose_neuron
from ui.your_run import current_run

state = open_page("Weights")
test = digits_or_stop().test
pace = following.pace_s(state)


@st.fragment(run_every=pace)
def look_inside() -> None:
    """Draw the first layer at the chosen epoch, again and again while it learns."""
    if polling.is_outdated(pace, following.pace_s(state)):
        st.rerun()  # begins or ends the polling
    shown = choose_network(state)
    if current_run(state) is None and state.file is None:
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
        look_closer(layer, neuron, test)
    save_address(state)


look_inside()
