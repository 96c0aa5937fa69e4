"""A brush on the pixels themselves: paint and erase, and the ten bars follow."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from charts.answers import probability_bars, sure
from fcnn.network import predict
from fcnn.types import Array
from ui.components.live_plot import live_plot
from ui.components.pixel_brush import pixel_brush
from ui.digit import InHand
from ui.digit_in_hand import Digit, digit_in_hand
from ui.network_shown import shown_network
from ui.press import act_once
from ui.visit import Visit, remembered
from ui.why.memory import WhyMemory

BARS_PX = 280


def draw_brush(state: Visit) -> None:
    """Draw the digit in hand to be changed by hand, and what the network says; a stroke redraws this part alone."""
    st.fragment(_draw_brush)(state)


def _draw_brush(state: Visit) -> None:
    memory, digit, shown = remembered(WhyMemory), digit_in_hand(state), shown_network(state)
    if memory.drawn_on != digit.chosen:
        _clean_sheet(memory, digit.chosen)
    with st.container(key="why_section_brush"):
        st.markdown("**Try it yourself**: paint and erase, and see what it says.")
        with st.container(key="split_brush"):
            sheet, bars = st.columns(2, gap="medium")
        with sheet:
            sent = pixel_brush(digit.image.tobytes(), sheet=memory.n_sheets, key="why_brush")
            memory.drawn = sent if sent is not None else memory.drawn
            pixels = _pixels(memory, digit)
            changed = not np.array_equal(pixels, digit.image)
            with st.container(horizontal=True):
                reset = act_once(_clean_sheet)
                st.button("Reset", icon=":material/restart_alt:", on_click=reset, args=(memory, digit.chosen))
                if st.button("Explain this one", icon=":material/help:", disabled=not changed):
                    state.digit = InHand("own", pixels=pixels.tobytes())
                    st.rerun()
        with bars:
            _draw_bars(predict(shown.spec, shown.params, pixels[None])[0], digit, changed=changed)


def _pixels(memory: WhyMemory, digit: Digit) -> npt.NDArray[np.uint8]:
    return digit.image if memory.drawn is None else np.frombuffer(memory.drawn, np.uint8)


def _clean_sheet(memory: WhyMemory, chosen: InHand) -> None:
    memory.drawn, memory.drawn_on, memory.n_sheets = None, chosen, memory.n_sheets + 1


def _draw_bars(p: Array, digit: Digit, *, changed: bool) -> None:
    answer = int(p.argmax()) if np.isfinite(p).all() else None
    says = "It has no answer." if answer is None else f"It says **{answer}**, {sure(p[answer])} sure."
    st.markdown(says + (" You have changed the digit." if changed else " This is the digit as it was."))
    live_plot(
        probability_bars(p, answer=answer, truth=digit.truth, height=BARS_PX),
        key="why_brush_bars",
        alt=f"The ten probabilities. {says}",
    )
