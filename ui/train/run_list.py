"""The visitor's last runs on the Train page, and which of them stand behind the curve of the one that is shown."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from charts.answers import percent
from charts.behind import Behind
from fcnn.metrics import interval_95
from runs.comparison.differences import from_the_run_before
from runs.comparison.results import best_of
from runs.kept import KeptRun
from runs.status import Status
from runs.view import RunView
from ui import cached, kept
from ui.components.run_list import Act, Line, run_list
from ui.keeping import keeping
from ui.server import runs
from ui.show_kept import show_kept, shown_id
from ui.status import WORDS
from ui.train.memory import TrainMemory
from ui.visit import Visit, remembered

N_LISTED, N_BEHIND = 6, 3
NOTHING = "nothing: the same settings"


def draw_run_list(state: Visit, mine: Sequence[KeptRun], *, usable: bool) -> None:
    """Draw the last of a visitor's runs, one line each; nothing before there is one.

    Args:
        state: which of them is shown.
        mine: all of them, by number.
        usable: whether settings can be taken now.
    """
    if not mine:
        return
    which = "Your runs" if len(mine) <= N_LISTED else f"Your last {N_LISTED} of {len(mine):,} runs"
    st.caption(f"**{which}**, the newest first; what differs from the run before is bold.")
    run_list(_lines(state, mine), key="run_list", usable=usable, on_act=partial(_act, state, remembered(TrainMemory)))
    st.page_link("pages/runs.py", label="Compare all of them", icon=":material/compare_arrows:")


def _lines(state: Visit, mine: Sequence[KeptRun]) -> list[Line]:
    differs, best = from_the_run_before(mine), best_of(mine)
    baseline = remembered(TrainMemory).baseline
    shown = shown_id(state)
    return [
        Line(
            run.id, run.number, run.title, _difference(i, [d.words for d in differs[i]], run), _result(run),
            f"{run.seconds:.0f} s" if run.seconds >= 10 else f"{run.seconds:.1f} s",
            "best so far" if run is best and len(mine) > 1 else "", run.id == shown, run.id == baseline,
        )
        for i, run in list(enumerate(mine))[: -N_LISTED - 1 : -1]
    ]  # fmt: skip


def _difference(place: int, words: list[str], run: KeptRun) -> str:
    if run.uploaded:
        return f"a network without history, {run.settings.spec}"
    if place == 0:
        return str(run.settings.spec)
    return ", ".join(words) or NOTHING


def _result(run: KeptRun) -> str:
    if run.test is None:
        return WORDS[run.status]
    low, high = interval_95(run.test.accuracy, len(cached.load_mnist().test.labels))
    ended = "" if run.status is Status.FINISHED or run.uploaded else f", {WORDS[run.status]}"
    return f"{percent(run.test.accuracy)} ({percent(low)} to {percent(high)}){ended}"


def _act(state: Visit, memory: TrainMemory, run_id: str, act: Act) -> None:
    run = kept.find(run_id)
    if act == "show" and run:
        show_kept(state, run)
    elif act == "use" and run:
        state.settings, memory.took_settings = run.settings, True
    elif act == "base":
        memory.baseline = None if memory.baseline == run_id else run_id


def awaits_result(state: Visit, view: RunView | None) -> bool:
    """Return whether the run that is shown has ended, and what came of it is still to come into the list."""
    if view is None or view.status not in (Status.FINISHED, Status.STOPPED) or not view.epochs_done:
        return False
    if keeping().problem or keeping().store is None or not runs().is_of(state.run_id, state.owner):
        return False
    run = kept.find(state.run_id)
    return run is None or run.test is None


def runs_behind(state: Visit, mine: Sequence[KeptRun]) -> list[Behind]:
    """Return the baseline, if there is one, and the last of a visitor's runs but for the one that is shown."""
    baseline = remembered(TrainMemory).baseline
    others = [run for run in mine if run.id != state.run_id and not run.uploaded and run.reached]
    behind = [run for run in others[-N_BEHIND:] if run.id != baseline] + [run for run in others if run.id == baseline]
    curves = kept.curves([run.id for run in behind])
    return [Behind(run, curves[run.id].records, run.id == baseline) for run in behind if run.id in curves]
