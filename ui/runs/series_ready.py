"""Ready-made series: a question each, which a click has answered."""

from functools import partial

import streamlit as st

from runs.sweep.ready import READY, Ready
from ui.press import act_once
from ui.runs.series_begin import begin_or_ask, how_much
from ui.sweeps import Asked
from ui.visit import Visit

ICONS = {
    "wide": ":material/width:",
    "fast": ":material/speed:",
    "digits": ":material/filter_9_plus:",
    "luck": ":material/casino:",
}


def draw_ready(state: Visit, *, race: bool) -> None:
    """Draw the questions, each with what it is good for and what it takes."""
    with st.container(key="ready_series"):
        for column, (name, ready) in zip(st.columns(len(READY)), READY.items(), strict=True):
            with column, st.container(border=True, height="stretch"):
                _draw(state, name, ready, race=race)


def _draw(state: Visit, name: str, ready: Ready, *, race: bool) -> None:
    begin = act_once(partial(begin_or_ask, state, Asked(ready.question, ready.plan, race)))
    st.button(ready.question, key=f"ready_{name}", icon=ICONS.get(name), on_click=begin, width="stretch")
    st.caption(f"{ready.promise} {how_much(state, ready.plan, race=race).capitalize()}.")
