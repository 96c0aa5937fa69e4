"""A slider over the strengths that were measured, whose place is a word of the address."""

from collections.abc import Callable, Sequence

import streamlit as st

from ui.address_bar import save_address
from ui.visit import Visit, set_widget, widget_value


def place_of(state: Visit, word: str, strengths: Sequence[float], usual: float) -> int:
    """Return which of some strengths is chosen."""
    written = [f"{strength:g}" for strength in strengths]
    chosen = state.choices.get(word, "")
    return written.index(chosen if chosen in written else f"{usual:g}")


def choose_place(state: Visit, word: str, strengths: Sequence[float], place: int) -> None:
    """Choose one of some strengths."""
    state.choices[word] = f"{strengths[place]:g}"


def slide(
    state: Visit, word: str, label: str, strengths: Sequence[float], usual: float, name: Callable[[float], str], *,
    of: str,
) -> int:  # fmt: skip
    """Draw a slider over strengths, and return which of them is chosen.

    Args:
        state: where the choice is kept.
        word: its word in the address.
        label: what the visitor reads.
        strengths: two at least.
        usual: the one that is chosen at first.
        name: what a strength is called.
        of: names what is slid, so that another one has a slider of its own.
    """
    key = f"slide_{word}_{of}"
    place = place_of(state, word, strengths, usual)
    set_widget(key, place)

    def save() -> None:
        choose_place(state, word, strengths, widget_value(key))
        save_address(state)

    st.select_slider(
        label, list(range(len(strengths))), format_func=lambda i: name(strengths[i]), key=key, on_change=save
    )
    return place
