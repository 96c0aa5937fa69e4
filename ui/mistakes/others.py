"""The other networks that the one on the page can be compared with: those of the app, and the visitor's own."""

from typing import NamedTuple

import streamlit as st

from charts.answers import percent
from fcnn import metrics
from fcnn.metrics import Answers
from fcnn.network import NetworkSpec
from fcnn.reading.text import visible
from runs.kept import KeptRun
from runs.view import RunView
from ui import cached, kept
from ui.network_line import MAX_NAME, SOURCES
from ui.network_shown import cache_key
from ui.server import runs, scheduler
from ui.visit import SHIPPED, Visit
from ui.words import moment_name, plain
from ui.your_run import is_mine

OTHER, FILE = "other", "file"  # the word of the address, and what it says for the file of a visit


class Other(NamedTuple):
    """Another network, as it answers the test set."""

    name: str  # as Markdown that shows a stranger's words as they are
    moment: str
    answers: Answers


class _GoneError(Exception):
    """The network is not kept any more; a cache must not remember that."""


def others(state: Visit, source: str) -> dict[str, str]:
    """Return the networks to choose from beside the one that comes from a source: word of the address -> title."""
    found = {word: f"{SOURCES[word]}: {cached.shipped_model(word).spec}" for word in SHIPPED if word != source}
    if state.file is not None and source != "file":
        found[FILE] = f"Your file {visible(state.file_name, MAX_NAME)}: {state.file.spec}"
    shown = {"run": state.run_id, "file": state.file_id}.get(source)
    for run_id in (state.live_id, state.run_id):
        if run_id and run_id != shown and (view := _in_memory(run_id)):
            found[run_id] = f"{_whose(state, run_id)}{', which learns' if view.running else ''}: {view.spec}"
    known = {shown, state.file_id, *found}
    found |= {run.id: _title(run) for run in kept.my_runs(state)[::-1] if _is_ready(run) and run.id not in known}
    wanted = state.choices.get(OTHER, "")
    if wanted not in known | found.keys() and (run := kept.find(wanted)) and _is_ready(run):
        found[wanted] = f"Somebody's {_title(run)}"  # a link names it
    return found


def ask(state: Visit, word: str) -> Other | None:
    """Return what the network of one of others() says to the test set; None if it is no longer there."""
    if word in SHIPPED or (word == FILE and state.file is not None):
        own = word == FILE
        model = state.file if own and state.file is not None else cached.shipped_model(word)
        name = f"Your file {plain(state.file_name, MAX_NAME)}" if own else SOURCES[word]
        key = cache_key(f"file:{state.file_key}" if own else word, model.numbers[-1])
        answers = cached.answers_to_test(key, model.spec, model.params[-1])
        return Other(f"{name}, {model.spec}", moment_name(model.numbers[-1]), answers)
    view = _in_memory(word)
    if view and view.final:
        answers = cached.answers_to_test(cache_key(word, view.final.number), view.spec, view.final.params)
        moment = moment_name(view.final.number, view.final.n_updates)
        return Other(f"{_whose(state, word)}, {view.spec}", moment, answers)
    run = kept.find(word)
    return _of_kept(run) if run else None


def _in_memory(run_id: str) -> RunView | None:
    """Return a run with its networks, from its first epoch on."""
    run = runs().get(run_id)
    view = run.view() if run else None
    return view if view and view.final else None


def _whose(state: Visit, run_id: str) -> str:
    return "Your run" if is_mine(state, run_id) else "Somebody's run"


def _of_kept(run: KeptRun) -> Other | None:
    number = run.reached.number if run.reached else None
    try:
        answers = _answers_of_kept(run.id, number, run.settings.spec)
    except _GoneError:
        return None
    moment = "its last epoch" if number is None else moment_name(number)  # of a model, nobody looks for it here
    return Other(f"{plain(run.title)}, {run.settings.spec}", moment, answers)


def _is_ready(run: KeptRun) -> bool:
    return run.uploaded or (run.reached is not None and not run.status.under_way)


def _title(run: KeptRun) -> str:
    reached = f", {percent(run.test.accuracy)}" if run.test else ""
    return f"{visible(run.title, MAX_NAME)}: {run.settings.spec}{reached}"


@st.cache_data(max_entries=24, show_spinner=False)
def _answers_of_kept(run_id: str, number: float | None, _spec: NetworkSpec) -> Answers:
    """Return what a kept run says to the test set; a run may go on, and be kept again with a later number."""
    params = kept.last_params(run_id)
    if params is None:
        raise _GoneError(f"nothing is kept of run {run_id} at {number}")
    with scheduler().turn():
        return metrics.answer(_spec, params, cached.load_mnist().test)
