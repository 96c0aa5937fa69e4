"""Slow motion: how many updates a second a run makes, chosen before it or on the way."""

import streamlit as st

from runs.view import RunView
from ui.own_run import own_run
from ui.visit import Visit, set_widget, widget_value

FULL = 0  # in the list; None in a run
PACES = {FULL: "Full speed", 100: "100 updates a second", 10: "10 updates a second", 1: "1 update a second"}
_KEY = "pace"


def choose_pace(state: Visit, view: RunView | None) -> None:
    """Draw the choice; a run that is there takes it over at once."""

    def save() -> None:
        state.pace = widget_value(_KEY) or None
        if run := own_run(state):
            run.set_pace(state.pace)

    set_widget(_KEY, (view.pace if view else state.pace) or FULL)
    st.selectbox(
        "Speed", list(PACES), format_func=PACES.__getitem__, key=_KEY, on_change=save, label_visibility="collapsed",
        width=176, help="Slow motion shows how each update changes the answers. An update is one batch of images.",
    )  # fmt: skip
