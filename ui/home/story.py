"""What Home shows: a digit on its way through the network, its first neurons, and a slider from before learning on.

The slider tells the story of the network that is shown: the browser gets all moments of it at once, and goes through
them by itself on a first visit. Of a network that learns there is only the moment that is shown: newer ones are coming.
"""

import numpy as np
import streamlit as st

from fcnn.inside.wiring import wire
from fcnn.network import NetworkSpec
from fcnn.types import Params
from ui import cached
from ui.address_bar import save_address
from ui.components.gallery import weights_gallery
from ui.components.mount import style
from ui.components.network_picture import network_picture
from ui.digit_in_hand import digit_in_hand, in_hand, take_test_digit
from ui.following import follow, pace_s
from ui.home.answer import tell_answer, words
from ui.home.memory import HomeMemory
from ui.network_line import choose_network
from ui.network_shown import NetworkShown, params_of_epochs, shown_network
from ui.press import act_once
from ui.visit import Visit, remembered
from ui.why_link import link_to_why

N_WEIGHTS = 20
N_MOMENTS = 10  # of a story: of a run there may be a hundred, and each is 20 kB for the browser
PICTURE_PX = 330
STRIDE = 37  # from one digit to the next: a prime, so that they come in a varied order
READS = {"test": "a digit it has never seen", "validation": "a digit of Train", "own": "what you drew"}
WHOSE = {
    "run": "Your network",
    "file": "The network from the file",
    "ready": "A ready-made network",
    "record": "The expert, a large network,",
}


def offer_training() -> None:
    """Draw the way to the Train page, as the one filled button."""
    style(__file__)
    with st.container(key="train_your_own"):
        st.page_link("pages/train.py", label="Train your own", icon=":material/play_arrow:")


def tell_story(state: Visit) -> None:
    """Draw the story of the network that is shown, again and again while that learns.

    Of one that does not, a choice is a run of the whole page: its address and the links of the menu take it along.
    """
    if pace_s(state) is None:
        draw_story(state)
    else:
        follow(draw_story, state)


def draw_story(state: Visit) -> None:
    """Draw the network that is shown, at the moment that is shown; on a first visit the moments go by once."""
    shown, memory = shown_network(state), remembered(HomeMemory)
    digit = digit_in_hand(state)
    moments = _story(state, shown)
    wiring = wire(shown.spec, shown.params, digit.image)
    then = {place: wire(shown.spec, params, digit.image) for place, params in moments.items()}
    with st.container(key="split"):
        network, neurons = st.columns([5, 3], gap="medium")
    with neurons:
        st.markdown("**Its first neurons**: ink on orange adds, on blue subtracts")
        weights = {place: params[0].W for place, params in moments.items()}
        weights_gallery(shown.params[0].W, n=N_WEIGHTS, key="home_weights", even=True, moments=weights)
    with network:
        st.markdown(f"{WHOSE[shown.source]} reads **{READS[digit.chosen.of]}**: its neurons light up")
        network_picture(
            wiring, key="home_network", truth=digit.truth, height=PICTURE_PX, turn=memory.n_digits + 1, moments=then
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Another digit", icon=":material/casino:", on_click=act_once(_another), args=(state, memory))
            said = {place: words(of, digit.truth, learned=shown.numbers[place] > 0) for place, of in then.items()}
            tell_answer(words(wiring, digit.truth, learned=shown.number > 0), said)
            link_to_why(state)
        st.caption(_size(shown.spec))
        begins = not memory.told and len(moments) > 1 and state.epoch is None
        choose_network(state, ends=_ends(shown), story=sorted(moments), begins=begins)
    memory.told = True
    save_address(state)


def _another(state: Visit, memory: HomeMemory) -> None:
    memory.n_digits += 1
    before = in_hand(state)
    start = before.index if before.of == "test" else 0
    take_test_digit(state, (start + STRIDE) % len(cached.load_mnist().test.labels))


def _story(state: Visit, shown: NetworkShown) -> dict[int, Params]:
    """Return the parameters at some moments, from the first to the one that stands for the network, by their places."""
    if shown.running:
        return {}
    kept = params_of_epochs(state, shown)
    places = [place for place, number in enumerate(shown.numbers) if number in kept and number <= shown.final]
    chosen = np.linspace(0, len(places) - 1, min(N_MOMENTS, len(places))).round().astype(int)
    return {places[i]: kept[shown.numbers[places[i]]] for i in chosen}


def _ends(shown: NetworkShown) -> tuple[str, str]:
    """Return what stands at the ends of the slider, and in its place where there is one moment alone."""
    untrained = "before learning"
    if len(shown.numbers) == 1:
        return "", untrained if shown.number == 0 else "now" if shown.running else "after learning"
    return untrained if shown.numbers[0] == 0 else shown.names[0], "now" if shown.running else "after"


def _size(spec: NetworkSpec) -> str:
    """Return what the numbers mean by which a network is named."""
    layers = [f"{width:,} neuron{'' if width == 1 else 's'}" for width in spec.hidden]
    return f"{spec} is its size: {', '.join(['784 pixels', *layers, 'ten answers'])}."
