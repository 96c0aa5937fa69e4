"""Choices that survive a page change and a reload: each is a word of the page's address."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui.visit import Visit, set_widget, widget_value


def choice(state: Visit, name: str, options: Mapping[str, str], default: str | None = None) -> str:
    """Return what select() of this name was last set to, for what is drawn above it; the default at first."""
    kept = state.choices.get(name, "")
    return kept if kept in options else next(iter(options)) if default is None else default


def whole_number(word: str, *, below: int = 100_000) -> int | None:
    """Return the whole number in a word of the address, None if it is none or not below a limit."""
    number = int(word) if word.isdecimal() and len(word) < 6 else below
    return number if number < below else None


def select(
    state: Visit,
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    draw: Callable[..., Any] = st.selectbox,
    default: str | None = None,
    **details: Any,  # noqa: ANN401 - passed on to the widget
) -> str:
    """Draw a choice that survives a page change and a reload, and return the chosen key of options.

    Args:
        state: where the choice is kept; open_page() writes it into the address.
        name: its word there, one of PAGE_WORDS of the page.
        label: what the visitor reads.
        options: what may be chosen: the word for the address -> the words on the screen.
        default: what is chosen as long as nobody chooses; None is the first.
        draw: st.selectbox, st.radio, st.pills or st.segmented_control.
        details: for the widget (help, horizontal ...).
    """
    key = f"choice_{name}"
    set_widget(key, choice(state, name, options, default))

    def save() -> None:
        state.choices[name] = st.query_params[name] = widget_value(key) or choice(state, name, options, default)

    draw(label, list(options), format_func=options.__getitem__, key=key, on_change=save, **details)
    return choice(state, name, options, default)
