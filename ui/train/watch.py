"""A run while it goes on: which network is shown, how far it is, what came of it, and what is watched."""

from typing import NamedTuple

import streamlit as st

from runs.status import Status
from runs.view import RunView
from ui import kept, polling
from ui.address_bar import save_address
from ui.network_line import choose_network
from ui.network_shown import shown_network
from ui.train import run_panel
from ui.train.memory import TrainMemory
from ui.train.panels import draw_panels
from ui.train.redraw import BELOW, LINE, redraw
from ui.train.result import draw_result
from ui.train.run_list import awaits_result, draw_run_list
from ui.visit import Visit, remembered
from ui.your_run import is_watching, view_of_run


class Drawn(NamedTuple):
    """For what the settings and buttons of the page were drawn; for another run or status they are drawn anew."""

    run_id: str | None
    status: Status | None
    pace_s: float | None  # seconds from one drawing to the next; None: nothing moves


def drawn_for(state: Visit, view: RunView | None) -> Drawn:
    """Return what the page is drawn for."""
    return Drawn(state.run_id, view.status if view else None, _pace_s(state, view))


def _pace_s(state: Visit, view: RunView | None) -> float | None:
    moves = view is not None and (view.running or view.waiting or awaits_result(state, view))
    return polling.run_interval_s(view) if moves else None


def draw_shown(state: Visit, drawn: Drawn) -> None:
    """Draw the line of what is shown, and again and again while the run goes on."""
    st.fragment(_draw_line, run_every=drawn.pace_s, key=LINE)(state)


def watch(state: Visit, drawn: Drawn) -> None:
    """Draw the run as it is now, and again and again while it goes on."""
    st.fragment(_watch, run_every=drawn.pace_s, key=BELOW)(state, drawn)


def _draw_line(state: Visit) -> None:
    choose_network(state, then=redraw)


def _watch(state: Visit, drawn: Drawn) -> None:
    now = view_of_run(state)
    if now is None and drawn.run_id is not None:
        st.rerun()  # it is gone: the page says so
    memory = remembered(TrainMemory)
    took_settings, memory.took_settings = memory.took_settings, False
    another = took_settings or (state.run_id, now.status if now else None) != (drawn.run_id, drawn.status)
    if another or (drawn.pace_s and polling.is_outdated(drawn.pace_s, _pace_s(state, now))):
        st.rerun()  # draws settings and buttons anew, and begins or ends the polling
    with st.container():  # a place for messages: if the curves got another place, Streamlit might build them anew
        if now:
            run_panel.draw_progress(state, now)
            draw_result(state, now)
    mine = kept.my_runs(state)
    draw_panels(state, shown_network(state), now, mine)
    draw_run_list(state, mine, usable=now is None or not now.under_way or is_watching(state))
    save_address(state)
