"""A slider over the strengths that were measured, whose place is a word of the address."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from ui.address_bar import save_address
from ui.visit import Visit, on_screen, set_widget, widget_value


class Scale(NamedTuple):
    """What is slid over."""

    word: str  # of the address
    of: str  # names the scale there: a strength of another one is not taken for one of its own
    strengths: Sequence[float]  # two at least
    usual: float  # the one that is chosen at first


def place_of(state: Visit, scale: Scale) -> int:
    """Return which strength is chosen."""
    written = [_written(scale, strength) for strength in scale.strengths]
    chosen = state.choices.get(scale.word, "")
    return written.index(chosen if chosen in written else _written(scale, scale.usual))


def choose_place(state: Visit, scale: Scale, place: int) -> None:
    """Choose a strength."""
    state.choices[scale.word] = _written(scale, scale.strengths[place])


def slide(state: Visit, scale: Scale, label: str, name: Callable[[float], str]) -> int:
    """Draw a slider, and return which strength is chosen; name() is what one is called."""
    key = f"slide_{scale.word}_{scale.of}_{len(scale.strengths)}"
    place, strengths = place_of(state, scale), scale.strengths
    if not on_screen(key) or widget_value(key) != place:
        set_widget(key, place)  # else it would jump back under a hand that has moved it on meanwhile

    def save() -> None:
        choose_place(state, scale, widget_value(key))
        save_address(state)

    st.select_slider(
        label, list(range(len(strengths))), format_func=lambda i: name(strengths[i]), key=key, on_change=save
    )
    return place


def _written(scale: Scale, strength: float) -> str:
    return f"{scale.of}.{strength:g}"
