"""What Home shows: a digit on its way through the network, its first neurons, and a slider from before learning on."""

import streamlit as st

from charts.answers import sure
from fcnn.inside.wiring import Wiring, wire
from ui import cached
from ui.components.gallery import weights_gallery
from ui.components.mount import style
from ui.components.network_picture import network_picture
from ui.home.memory import HomeMemory
from ui.network_line import Digit, choose_network
from ui.network_shown import NetworkShown, shown_network
from ui.press import act_once
from ui.verdict import NO_ANSWER
from ui.visit import Visit, remembered

N_WEIGHTS = 20
PICTURE_PX = 330
ENDS = "before learning", "after"
STRIDE = 37  # from one digit to the next: a prime, so that they come in a varied order


def offer_training() -> None:
    """Draw the way to the Train page, as the one filled button."""
    style(__file__)
    with st.container(key="train_your_own"):
        st.page_link("pages/train.py", label="Train your own", icon=":material/play_arrow:")


def draw_story(state: Visit) -> None:
    """Draw the network that is shown, at the moment that is shown; on a first visit the moments go by once."""
    shown, memory = shown_network(state), remembered(HomeMemory)
    test = cached.load_mnist().test
    number = memory.n_digits * STRIDE % len(test.X)
    truth = int(test.labels[number])
    wiring = wire(shown.spec, shown.params, test.X[number])
    with st.container(key="split"):
        network, neurons = st.columns([5, 3], gap="medium")
    with network:
        st.markdown("**A digit it has never seen** runs through the network, and lights up neurons on its way")
        network_picture(wiring, key="home_network", truth=truth, height=PICTURE_PX, turn=memory.n_digits + 1)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Another digit", icon=":material/casino:", on_click=act_once(memory.next_digit))
            st.markdown(_what_it_says(shown, wiring, truth))
        if wiring.answer is None:
            st.error(NO_ANSWER, icon=":material/error:")
        choose_network(state, digit=Digit(test.X[number], truth), ends=ENDS, begins=_begins(state, shown, memory))
    with neurons:
        st.markdown("**Its first neurons** look for strokes: ink on orange counts for, on blue against")
        weights_gallery(shown.params[0].W, n=N_WEIGHTS, key="home_weights")
    memory.told = True


def _what_it_says(shown: NetworkShown, wiring: Wiring, truth: int) -> str:
    when = "Before learning it" if shown.number == 0 else "It"
    if wiring.answer is None:
        return f"**{when} has no answer**"
    right = "" if wiring.answer == truth else ": a mistake"
    return f"**{when} says {wiring.answer}**, {sure(wiring.probabilities[wiring.answer])} sure{right}"


def _begins(state: Visit, shown: NetworkShown, memory: HomeMemory) -> bool:
    """Return whether the moments are to go by: once a visit, and not while a network learns or an epoch is chosen."""
    return not memory.told and not shown.running and state.epoch is None
