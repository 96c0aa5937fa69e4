"""Which neurons decide: the network at work on the digit in hand, the neurons that matter most, one of them opened."""

import numpy as np
import streamlit as st

from charts.answers import sure
from fcnn.inside.ranking import RankedLayer, rank_neurons
from fcnn.inside.score import Pair
from fcnn.inside.wiring import N_SHOWN, Wiring, wire
from fcnn.types import Indices
from ui.address_bar import save_address
from ui.components.network_picture import network_picture
from ui.numbers import neuron_name, signed
from ui.visit import Visit
from ui.why.case import Case, case_of, pair_of
from ui.why.unit import draw_unit
from ui.why.unit_choice import WORK, all_on, as_switched, open_unit, opened_unit, switched_off
from ui.why.words import listed

PICTURE_PX = 420
NO_HIDDEN = (
    "There is no hidden layer: each digit adds up the pixels by its own weights, and the largest sum wins. Click "
    "one to see them."
)
CLICK = "Click a circle to open it."


def draw_work(state: Visit) -> None:
    """Draw the network while it reads the digit; a click redraws this part of the page alone."""
    st.fragment(_draw_work, key=WORK)(state)


def _draw_work(state: Visit) -> None:
    case = case_of(state)
    with st.container(key="why_section_work"):
        st.header("Which neurons decide?", anchor=False)
        if not case.sound:
            wiring = wire(case.shown.spec, case.shown.params, case.digit.image)
            network_picture(wiring, key="why_network", truth=case.digit.truth, height=PICTURE_PX)
            return
        pair, opened = pair_of(state, case), opened_unit(state, case.shown.spec)
        ranked = rank_neurons(case.shown.spec, case.shown.params, case.digit.image, pair)
        off = switched_off(case.shown)
        wiring = wire(
            case.shown.spec, as_switched(case.shown.params, off), case.digit.image, chosen=[*map(_top, ranked)]
        )
        _tell_ranked(ranked, pair)
        if off:
            _tell_off(case, wiring, off)
        network_picture(
            wiring, key="why_network", truth=case.digit.truth, height=PICTURE_PX, opened=opened,
            on_open=lambda layer, neuron: open_unit(state, layer, neuron),
        )  # fmt: skip
        if opened is not None:
            draw_unit(state, case, off, *opened)
    save_address(state)


def _top(layer: RankedLayer) -> Indices:
    """Return the neurons that matter most, those first that speak for the answer, those last that speak against it."""
    top = layer.top(N_SHOWN)
    ordered: Indices = top[np.argsort(-layer.evidence.parts[top], kind="stable")]
    return ordered


def _tell_ranked(ranked: tuple[RankedLayer, ...], pair: Pair) -> None:
    if not ranked:
        st.markdown(NO_HIDDEN)
        return
    n_hidden = len(ranked)
    lines = [_sentence(layer, pair, n_hidden) for layer in ranked]
    st.markdown("  \n".join([*lines, CLICK]))


def _sentence(layer: RankedLayer, pair: Pair, n_hidden: int) -> str:
    parts, first = layer.evidence.parts, layer.top(3)
    name = f"Hidden layer {layer.layer + 1}" if n_hidden > 1 else "The hidden layer"
    if not parts[first].any():
        return f"{name} says nothing: its neurons are silent."
    most = listed([f"neuron {neuron} ({signed(parts[neuron])})" for neuron in first])
    n_more, rest = layer.others(N_SHOWN)
    more = f"The {n_more:,} that are not shown add up to {signed(rest)}. " if n_more else ""
    total = f"All together, with {signed(layer.evidence.biases)} from biases: {signed(layer.evidence.difference)}."
    return f"{name} decides **{pair.said}** against **{pair.other}** most by {most}. {more}{total}"


def _tell_off(case: Case, wiring: Wiring, off: frozenset[tuple[int, int]]) -> None:
    n_hidden = len(case.shown.spec.hidden)
    names = [neuron_name(*unit, n_hidden) for unit in sorted(off)[:5]]
    more = f" and {len(off) - len(names)} more" if len(off) > len(names) else ""
    now = wiring.answer
    says = "has no answer" if now is None else f"says **{now}**, {sure(wiring.probabilities[now])} sure"
    before = f"{case.answer}, {sure(case.probabilities[case.answer])}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Without {', '.join(names)}{more} it {says} (before: {before}).", width="content")
        st.button("Switch all on", icon=":material/power_settings_new:", on_click=all_on)
