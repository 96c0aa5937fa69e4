"""The series that goes on or was the last: how far it is, what can be done with it, and what it shows so far."""

from time import monotonic
from typing import NamedTuple

import streamlit as st

from runs.status import Status
from runs.sweep.result import SweepView
from ui import polling
from ui.components.announcer import announce
from ui.press import act_once
from ui.runs.series_picture import draw_curves, draw_pictures, draw_sentence
from ui.runs.series_results import ended_runs, learning_now, waits_for_answers
from ui.server import limits
from ui.status import WORDS
from ui.sweeps import Series, forget, my_series
from ui.visit import Visit
from ui.words import sentence

GO = "series_go"  # the key of the button that lets it pause and go on
ANSWERS_S = 30.0  # so long it is worth asking for the test accuracies of runs that have ended
LEFT = "It ended since no page of yours was open for {minutes:.0f} minutes. What came of it is in your list."


class Drawn(NamedTuple):
    """For what the buttons were drawn; for another series or status they are drawn anew."""

    series_id: str
    status: Status
    goes_on: bool
    pace_s: float | None  # seconds from one drawing to the next; None: nothing moves


def draw_watched(state: Visit, series: Series) -> None:
    """Draw a series, and again and again while it goes on."""
    view = series.look()
    st.subheader(series.asked.title)
    _draw_buttons(state, view)
    st.fragment(_watch, run_every=_pace_s(series, view), key="series")(state, _drawn_for(series, view))


def series_moves(state: Visit) -> bool:
    """Return whether there will be something new of a series."""
    series = my_series(state)
    return series is not None and _pace_s(series, series.look()) is not None


def _drawn_for(series: Series, view: SweepView) -> Drawn:
    return Drawn(series.making.id, view.status, view.goes_on, _pace_s(series, view))


def _pace_s(series: Series, view: SweepView) -> float | None:
    waits = waits_for_answers(series, view) and monotonic() < series.making.ended_at + ANSWERS_S
    return polling.interval_s(polling.SERIES_S) if view.goes_on or waits else None


def _draw_buttons(state: Visit, view: SweepView) -> None:
    """Draw what can be done now. Where the series has ended meanwhile, or another one has come, nothing is done."""
    paused, over = view.status is Status.PAUSED, not view.status.under_way
    label, icon = ("Resume", "play_arrow") if paused else ("Pause", "pause")
    act = _resume if paused else _pause
    with st.container(horizontal=True, gap="xsmall", key="series_buttons"):
        st.button(label, key=GO, icon=f":material/{icon}:", on_click=act_once(act), args=(state,), disabled=over)
        st.button(
            "Stop", key="series_stop", icon=":material/stop:", on_click=act_once(_stop), args=(state,), disabled=over
        )
        if not view.goes_on:
            st.button("Put away", key="series_away", icon=":material/close:", on_click=act_once(_put_away),
                      args=(state,))  # fmt: skip


def _pause(state: Visit) -> None:
    if series := my_series(state):
        series.pause()


def _resume(state: Visit) -> None:
    if series := my_series(state):
        series.resume()


def _stop(state: Visit) -> None:
    if series := my_series(state):
        series.stop()


def _put_away(state: Visit) -> None:
    forget(state)


def _watch(state: Visit, drawn: Drawn) -> None:
    series = my_series(state)
    if series is None:
        st.rerun()  # it was put away in another tab
    view = series.look()
    now = _drawn_for(series, view)
    if now[:3] != drawn[:3] or polling.is_outdated(drawn.pace_s, now.pace_s):
        st.rerun()  # draws the buttons anew, and begins or ends the polling
    ended = ended_runs(state, series, view)
    _draw_progress(series, view)
    draw_sentence(series, view, ended)
    if series.asked.race:
        draw_curves(series, view, ended)
    draw_pictures(series, ended)


def _draw_progress(series: Series, view: SweepView) -> None:
    n, of = len(view.results), len(view.settings)
    words = [f"{n:,} of {of:,}", *([] if view.status is Status.RUNNING else [WORDS[view.status]])]
    words += [f"learning now: {learning_now(series, view)}"] if view.status is Status.RUNNING and view.under_way else []
    st.progress(min(1.0, view.share_done), text=" \N{MIDDLE DOT} ".join(words))
    if view.note:
        st.info(sentence(view.note), icon=":material/info:")
    if view.status is Status.CLOSED:
        st.info(LEFT.format(minutes=max(2, limits().unwatched_s / 60)), icon=":material/info:")
    says = f"The series '{series.asked.title}' is {WORDS[view.status]}."
    announce(says if view.status is not Status.RUNNING else "", key="series_says")
