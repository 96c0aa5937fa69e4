"""How well the kinds of digits are apart on the map, now and at the start, in a sentence."""

import streamlit as st

from charts.answers import percent
from ui.map.view import View
from ui.map_layers import PIXELS, in_words, number_of
from ui.map_shown import map_at_start
from ui.network_shown import NetworkShown
from ui.visit import Visit

STILL_MOVING = "They are still on their way."
OF_PIXELS = "No network changes that: from the pixels all of them begin."


def draw_headline(state: Visit, view: View) -> None:
    """Draw the question of the page, and what the map answers."""
    layer = in_words(view.shown.spec, view.layer)
    what = f"what **{layer}** makes of them" if view.layer.isdecimal() else f"their **{layer.removeprefix('the ')}**"
    with st.container(key="map_headline"):
        st.header("Which digits does it find alike?", anchor=False)
        st.markdown(
            f"{len(view.digits.indices):,} test digits, placed by {what}: those alike lie close together. "
            f"{tell(state, view)}"
        )


def tell(state: Visit, view: View) -> str:
    """Return how many points have one of their own kind as their nearest neighbour, now and at the start."""
    if view.pca is None:
        return ""
    if view.alike is None:
        return STILL_MOVING
    shown = view.shown
    now = f"**{percent(view.alike, 0)}** lie next to one of their own kind"
    if view.layer == PIXELS:
        return f"{now}. {OF_PIXELS}"
    if view.by_tsne or shown.number == shown.numbers[0]:
        return f"{now}, {_when(shown, shown.number)}."
    start = map_at_start(state, shown, "test", number_of(shown.spec, view.layer))
    then = "" if start is None else f"; {_when(shown, shown.numbers[0])}, {percent(start.alike, 0)} did"
    return f"{now}, {_when(shown, shown.number)}{then}."


def _when(shown: NetworkShown, number: float) -> str:
    return "before it learned" if number == 0 else f"at {shown.called(number)}"
