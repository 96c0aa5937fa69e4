"""Several runs at once, to answer a question: begun by a click, watched while they learn, answered by a picture."""

from functools import partial

import streamlit as st

from ui import kept
from ui.components.reveal import reveal
from ui.press import act_once
from ui.runs.series_begin import ask, begin_anyway
from ui.runs.series_memory import SeriesMemory
from ui.runs.series_own import draw_own
from ui.runs.series_ready import draw_ready
from ui.runs.series_watch import draw_watched
from ui.sweeps import Series, my_series
from ui.visit import Visit, remembered, set_widget, widget_value
from ui.words import sentence

HOW = {"one": "One after another", "race": "Side by side, as a race"}
ABOUT_RACE = "A race shows all runs in one chart while they learn, each with the same seed and the same batches."
_KEY = "series_how"


def draw_series(state: Visit) -> None:
    """Draw the series that goes on or was the last, and what can be tried next."""
    st.header("Try several")
    st.markdown("Ask a question, and a series of runs answers it. Each comes into your list as soon as it has ended.")
    memory = remembered(SeriesMemory)
    race = _choose_how(memory) == "race"
    draw_ready(state, race=race)
    with st.expander("A series of your own", key="series_own", icon=":material/tune:"):
        draw_own(state, race=race)
    with st.container(key="series_shown"):
        _draw_question(state, memory, my_series(state))
        if series := my_series(state):
            draw_watched(state, series)
    _follow_down(state, memory)
    reveal("series_shown", memory.turn)


def _follow_down(state: Visit, memory: SeriesMemory) -> None:
    """Let the page scroll to the series again when the first run comes into the list, which then stands above it."""
    any_runs = bool(kept.my_runs(state))
    if any_runs and memory.any_runs is False and my_series(state):
        memory.turn += 1
    memory.any_runs = any_runs


def _choose_how(memory: SeriesMemory) -> str:
    def save() -> None:
        memory.race = widget_value(_KEY) or memory.race

    set_widget(_KEY, memory.race)
    st.segmented_control(
        "How the runs learn", list(HOW), format_func=HOW.__getitem__, key=_KEY, on_change=save, help=ABOUT_RACE
    )
    return memory.race


def _draw_question(state: Visit, memory: SeriesMemory, series: Series | None) -> None:
    """Draw why a series could not begin, or whether it is to begin in place of the one that goes on."""
    if memory.refused:
        st.error(sentence(memory.refused), icon=":material/error:")
    view = series.look() if series else None
    if view is None or series is None or not view.goes_on:
        memory.asked = None  # nothing is in its way any more
    if memory.asked is None or view is None or series is None:
        return
    st.warning(
        f"Your series '{series.asked.title}' still goes on: {len(view.results):,} of {len(view.settings):,} runs have "
        f"ended. There can be one at a time. If you begin '{memory.asked.title}', it ends here; the runs so far stay "
        "in your list.",
        icon=":material/help:",
    )
    with st.container(horizontal=True):
        again = act_once(partial(begin_anyway, state))
        st.button("Stop it and begin this one", key="series_anyway", icon=":material/swap_horiz:", on_click=again)
        let_go_on = act_once(partial(ask, None))
        st.button("Let it go on", key="series_let", icon=":material/close:", on_click=let_go_on)
