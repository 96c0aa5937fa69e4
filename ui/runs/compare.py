"""The table of runs and the charts below it, with one selection; drawn again and again while a run learns."""

import streamlit as st

from ui import kept, polling
from ui.runs.charts import draw_charts
from ui.runs.forgetting import draw_forgetting
from ui.runs.memory import RunsMemory
from ui.runs.table import draw_table
from ui.runs.taken_home import draw_take_home
from ui.runs.two import draw_two
from ui.runs.undo import offer_undo, say_what_went
from ui.show_kept import shown_id
from ui.visit import Visit, remembered

LIVE_S = 2.0  # as often as runs are written


def compare_runs(state: Visit) -> None:
    """Draw table, charts and the comparison of two."""
    live = any(run.status.under_way for run in kept.my_runs(state))
    pace_s = polling.interval_s(LIVE_S) if live else None
    st.fragment(_compare, run_every=pace_s, key="compare")(state, live, shown_id(state))


def _compare(state: Visit, live: bool, shown: str | None) -> None:
    runs = kept.my_runs(state)
    if (live, shown) != (any(run.status.under_way for run in runs), shown_id(state)):
        st.rerun()  # ends the polling, or begins it; or the line at the top says what is shown now
    offer_undo(state)
    say_what_went(state)
    memory = remembered(RunsMemory)
    if runs:
        found = draw_table(state, runs)
        draw_charts(state, found)
        st.header("Two against each other")
        draw_two(found, memory.picked)
    with st.expander("Take home, bring back", key="take_home", icon=":material/save:", expanded=not runs):
        draw_take_home(state, runs, [run for run in runs if run.id in memory.picked])
        draw_forgetting(state)
