"""Ready settings to start from."""

import streamlit as st

from fcnn.presets import PRESETS
from ui.visit import Visit, set_widget, widget_value

_KEY = "set_preset"


def choose_preset(state: Visit, *, disabled: bool) -> None:
    """Draw the presets; the one whose settings hold now is marked."""
    now = _now(state)

    def save() -> None:
        if (name := widget_value(_KEY)) is not None:
            state.spec, state.config = PRESETS[name].spec, PRESETS[name].config

    set_widget(_KEY, now)
    st.pills(
        "Start from", list(PRESETS), format_func=lambda name: PRESETS[name].title, key=_KEY, on_change=save,
        help="Ready settings to start from. You can change each of them below.", disabled=disabled,
    )  # fmt: skip


def promise(state: Visit) -> str:
    """Return what to expect of the settings on the page."""
    now = _now(state)
    return PRESETS[now].promise if now is not None else "Your own settings."


def _now(state: Visit) -> str | None:
    return next((name for name, preset in PRESETS.items() if (preset.spec, preset.config) == state.settings), None)
