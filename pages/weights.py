"""What the first layer has learned: the weights of each neuron as a picture, one of them large, over the epochs."""

import streamlit as st

from ui import neuron_browser, player, polling
from ui.page import digits_or_stop, open_page, save_address
from ui.shown import choose_network
from ui.state import current_run, on_screen

state = open_page("Weights")
st.html(neuron_browser.STYLES)
test = digits_or_stop().test
if not on_screen(player.BUTTON):  # the page has just been opened
    state.play = None
    neuron_browser.forget_order()
pace = player.pace(state)


@st.fragment(run_every=pace)
def look_inside() -> None:
    """Draw the first layer at the chosen epoch; again and again while it learns, or while the epochs play."""
    player.step(state)
    if polling.is_outdated(pace, player.pace(state)):
        st.rerun()  # begins or ends the polling
    epochs, button = st.columns([7, 1], vertical_alignment="bottom")
    with epochs:
        shown = choose_network(state)
    with button:
        player.draw_button(state)
    if current_run(state) is None and state.file is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("This network came with the app. To watch your own grow:", width="content")
            st.page_link("pages/train.py", label="**Train a network**", icon=":material/model_training:")
    layer = neuron_browser.first_layer(shown)
    sheet, close_up = st.columns([4, 3], gap="medium")
    with sheet:
        neuron_browser.explain(layer)
        order = neuron_browser.choose_order(state, layer)
        neuron = neuron_browser.choose_neuron(state, layer, order)
    with close_up:
        neuron_browser.look_closer(layer, neuron, test)
    if state.play is None:  # each new address is a step of the browser's Back button
        save_address(state)


look_inside()
