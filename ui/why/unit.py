"""One neuron, opened: what it looks for, what it found in this digit, its sum, and where that goes."""

import numpy as np
import streamlit as st

from fcnn.inside.one_neuron import OpenNeuron, open_neuron
from fcnn.pixels import as_images
from ui.components.gallery import gallery
from ui.components.reveal import reveal
from ui.numbers import TIMES, neuron_name, number, signed, source_name
from ui.one_step_link import link_to_one_step
from ui.visit import Visit
from ui.why.case import Case
from ui.why.unit_choice import open_unit, switch
from ui.words import a_digit

PICTURE_PX = 168
N_TERMS, N_GOES_TO = 5, 4


def draw_unit(state: Visit, case: Case, off: frozenset[tuple[int, int]], layer: int, neuron: int) -> None:
    """Draw what is known of a neuron while it reads the digit, with the button that switches it off."""
    n_hidden, unit = len(case.shown.spec.hidden), open_neuron(case.shown.params, case.trace, layer, neuron, n=N_TERMS)
    name = neuron_name(layer, neuron, n_hidden)
    with st.container(border=True, key="why_unit"):
        reveal("why_unit", state.reveals)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(name.capitalize(), anchor=False, width="content")
            if layer < n_hidden:
                is_off = (layer, neuron) in off
                label = "Switch on" if is_off else "Switch off"
                icon = ":material/power_settings_new:"
                args = (case.shown.name, layer, neuron)
                st.button(label, icon=icon, key="why_switch", on_click=switch, args=args)
            st.button(
                "Close", icon=":material/close:", key="why_close", on_click=open_unit, args=(state, layer, neuron)
            )
        if layer == 0:
            _draw_pictures(case, unit)
        st.markdown(_sum(unit))
        st.markdown(_output(case, unit))
        link_to_one_step(state)


def _draw_pictures(case: Case, unit: OpenNeuron) -> None:
    images = np.concatenate([as_images(unit.weights), as_images(unit.products)])
    limits = np.abs(images).max(axis=(1, 2), keepdims=True)
    gallery(
        images / np.where(limits > 0, limits, 1),  # each by its own largest
        key="why_unit_pictures",
        captions=["what it looks for", "what it found"],
        labels=["Its weights, a pixel each", f"Its weights times the ink of {case.digit.label}"],
        palette="diverging",
        tile_px=PICTURE_PX,
        vmax=1.0,
    )


def _sum(unit: OpenNeuron) -> str:
    total, from_pixels = unit.sum, unit.layer == 0
    terms = [
        f"{number(a)} {TIMES} {number(w)} from {source_name(int(place), from_pixels=from_pixels)}"
        for place, a, w in zip(total.places, total.inputs, total.weights, strict=True)
    ]
    more = f", {total.n_more:,} more terms add {signed(total.rest)}" if total.n_more else ""
    zero = f", {total.n_zero:,} are 0" if total.n_zero else ""
    largest = f"The largest terms: {'; '.join(terms)}" if terms else "Nothing comes in"
    return f"{largest}{more}{zero}. With its bias {signed(total.bias)} that is **z = {number(total.z)}**."


def _output(case: Case, unit: OpenNeuron) -> str:
    if unit.layer == len(case.shown.spec.hidden):
        return f"Softmax compares the ten z, and makes of this one a probability of **{unit.a:.4f}**."
    is_last = unit.layer + 1 == len(case.shown.spec.hidden)
    formula = f"It passes on a = {case.shown.spec.activation.replace('_', ' ')}(z) = **{number(unit.a)}**"
    if not unit.adds.any():
        return f"{formula}: it is silent, and adds nothing to anything."
    goes_to = [
        f"{a_digit(int(k)) if is_last else f'neuron {k}'} {signed(unit.adds[k])}" for k in unit.goes_to[:N_GOES_TO]
    ]
    return f"{formula}, which adds most to {', '.join(goes_to)}."
