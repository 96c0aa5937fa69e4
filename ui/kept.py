"""Runs that outlive a visit: the store of this server, and what pages ask of it. Without a store they end as before."""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from time import time
from weakref import WeakValueDictionary, finalize

import streamlit as st

from fcnn import metrics
from fcnn.epoch import State
from fcnn.metrics import Answers
from fcnn.mnist import DataError
from fcnn.network import NetworkSpec
from fcnn.types import Params
from runs import store_limits
from runs.kept import KeptRun
from runs.run import Run
from runs.view import RunView
from store.errors import StoreError
from store.store import Store
from ui import cached
from ui.server import runs, scheduler
from ui.visit import Visit

PLACE = "DIGITS_STORE"  # the variable of the environment that has the last word on where runs are kept
OFF = "This server keeps no runs: they last as long as the page is open."


class Keeping:
    """The store, or why there is none; and the kept runs that visitors look at just now, each once."""

    def __init__(self) -> None:
        self.store: Store | None = None
        self._problem = ""
        self.views: WeakValueDictionary[str, RunView] = WeakValueDictionary()
        limits = store_limits.read()
        if place := os.environ.get(PLACE, limits.place):
            try:
                self.store = Store(place, limits, _answer, cached.load_mnist().test.labels)
            except (StoreError, DataError) as error:  # without digits nothing is learned, and the page says so
                self._problem = str(error) if isinstance(error, StoreError) else ""
                logging.getLogger(__name__).warning("%s", error)

    @property
    def problem(self) -> str:
        """Why nothing is kept just now, as a sentence; "" while all is well."""
        return self.store.problem if self.store else self._problem


@st.cache_resource(show_spinner=False)
def keeping() -> Keeping:
    """Return what keeps the runs of this server."""
    return Keeping()


def _answer(spec: NetworkSpec, params: Params) -> Answers:
    with scheduler().turn():
        return metrics.answer(spec, params, cached.load_mnist().test)


def my_runs(state: Visit) -> tuple[KeptRun, ...]:
    """Return the kept runs of a visitor by number; those that learn just now as they were written last."""
    store = keeping().store
    return store.runs_of(state.owner) if store else ()


def find(run_id: str | None) -> KeptRun | None:
    """Return a kept run, whosever it is."""
    store = keeping().store
    return store.find(run_id) if store and run_id else None


def is_kept_of(run_id: str | None, owner: str) -> bool:
    """Return whether a kept run is this owner's."""
    store = keeping().store
    return bool(store and run_id and store.is_owner(run_id, owner))


class Look:
    """How the store looks at a run, from before it is there; that is not to watch it, so it keeps no run alive."""

    def __init__(self) -> None:
        self.run: Run | None = None

    def __call__(self) -> RunView | None:
        """Return the run as it is now."""
        return self.run.view() if self.run else None


def follow(run_id: str, owner: str, look: Look) -> Callable[[State], None] | None:
    """Keep a run from now on; returns what it gives its states to, None where nothing is kept."""
    store = keeping().store
    return store.follow(run_id, owner, look, created=time()) if store else None


def state_of(run_id: str, owner: str) -> State | None:
    """Return what an owner's run goes on from."""
    store = keeping().store
    return store.state(run_id) if store and store.is_owner(run_id, owner) else None


def view_of_kept(state: Visit) -> RunView | None:
    """Return the kept run that is shown, with its networks; the visit holds it, and its memory is counted, as long."""
    run_id, store = state.run_id, keeping().store
    if run_id is None or store is None:
        return None
    if state.kept_id == run_id:
        return state.kept_view
    view = keeping().views.get(run_id) or store.view(run_id)
    if view is not None:
        view = _held(state, run_id, keeping().views.setdefault(run_id, view))
    return view


def _held(state: Visit, run_id: str, view: RunView) -> RunView:
    """Count a kept run as long as the visit shows it; where there is no memory for all its networks, the last stays."""
    name = f"kept run {run_id}"
    if not runs().hold(name, _n_bytes(view)):
        view = replace(view, epochs=view.epochs[-1:])
        runs().hold(name, _n_bytes(view))
    let_go(state)
    state.kept_id, state.kept_view = run_id, view
    state.let_go_of_kept = finalize(state, runs().let_go, name)
    return view


def let_go(state: Visit) -> None:
    """Let go of the kept run that was shown."""
    if state.let_go_of_kept is not None:
        state.let_go_of_kept()
    state.kept_id, state.kept_view, state.let_go_of_kept = None, None, None


def _n_bytes(view: RunView) -> int:
    return sum(array.nbytes for epoch in view.epochs for layer in epoch.params for array in layer)
