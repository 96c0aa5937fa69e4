"""The table of runs and the charts below it, with one selection; drawn again and again while a run learns."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from runs.kept import KeptRun
from ui import kept, polling
from ui.runs.charts import draw_charts
from ui.runs.forgetting import draw_forgetting
from ui.runs.memory import RunsMemory
from ui.runs.series_watch import series_moves
from ui.runs.table import draw_table
from ui.runs.taken_home import draw_take_home
from ui.runs.two import draw_two
from ui.runs.undo import offer_undo, say_what_went
from ui.show_kept import shown_id
from ui.visit import Visit, remembered

LIVE_S = 2.0  # as often as runs are written


class Drawn(NamedTuple):
    """For what the page was drawn."""

    live: bool  # whether there will be something new
    any_runs: bool
    shown: str | None  # the run that the pages show


def compare_runs(state: Visit) -> None:
    """Draw table, charts and the comparison of two."""
    drawn = _drawn_for(state, kept.my_runs(state))
    pace_s = polling.interval_s(LIVE_S) if drawn.live else None
    st.fragment(_compare, run_every=pace_s, key="compare")(state, drawn)


def _drawn_for(state: Visit, runs: Sequence[KeptRun]) -> Drawn:
    live = any(run.status.under_way for run in runs) or series_moves(state)
    return Drawn(live, bool(runs), shown_id(state))


def _compare(state: Visit, drawn: Drawn) -> None:
    runs = kept.my_runs(state)
    if _drawn_for(state, runs) != drawn:
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
