"""The series of runs of all visitors: one for each, found again by a reload, and how the next one begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

import streamlit as st

from fcnn.config import Settings
from fcnn.metrics import Figures, answer, summarize
from runs.executors import Connection
from runs.registry import new_id
from runs.run import Run
from runs.sweep.elsewhere import Elsewhere
from runs.sweep.plan import Plan, expand
from runs.sweep.result import Result
from runs.sweep.sweep import Sweep
from runs.sweep.sweep_thread import MOST_AT_ONCE
from runs.sweep.sweeps import Sweeps
from runs.sweep.tracks import Here, Track
from runs.ticket import Customer
from runs.view import RunView
from ui import cached, kept
from ui.keeping import keeping
from ui.server import limits, runs, scheduler
from ui.visit import Visit

PATIENCE_S = 5.0  # that a visitor waits for the end of a series, which is there within a step of it


@dataclass(frozen=True)
class Asked:
    """What a series is to answer."""

    title: str
    plan: Plan
    race: bool = False  # side by side, as many as there may be; else one after another


class Making:
    """How the runs of a series are made, kept, and let go. All of it happens in the thread of the series."""

    def __init__(self, owner: str) -> None:
        self.id = new_id()  # KeptRun.sweep of its runs
        self.tests: dict[str, Figures] = {}  # on the test set, where no store asks the networks
        self.ended_at = monotonic()  # when the newest result came
        self._owner, self._made = owner, set[str]()
        self._runs, self._scheduler, self._mnist = runs(), scheduler(), cached.load_mnist()

    def tracks(self) -> list[Track]:
        """Return where the runs are computed: on the cluster of this server, if it has one, and else here."""
        here, there = Here(self._runs, self.make), connection()
        return [Elsewhere(there), here] if there else [here]

    def make(self, settings: Settings, customer: Customer) -> str:
        """Prepare a run; RunRefusedError, if this server could never hold it."""
        run_id, (spec, config) = new_id(), settings
        data = self._mnist.dataset(config)
        make = partial(Run, spec, data, config, self._scheduler, admitted=False, customer=customer)
        run = kept.followed(run_id, self._owner, make, sweep=self.id)
        self._made.add(run_id)
        return self._runs.add(run, owner=self._owner, run_id=run_id)

    def ended(self, result: Result, view: RunView) -> None:
        """Keep what came of a run, before its networks are let go."""
        if result.run_id not in self._made:  # a cluster has computed it
            kept.follow(result.run_id, self._owner, lambda: view, sweep=self.id)
        kept.unfollow(result.run_id)
        if keeping().store is None or keeping().problem:
            self._ask(result.run_id, view)
        self.ended_at = monotonic()

    def _ask(self, run_id: str, view: RunView) -> None:
        if view.final is not None:
            with self._scheduler.turn():
                answers = answer(view.spec, view.final.params, self._mnist.test)
            self.tests[run_id] = summarize(answers, self._mnist.test.labels)


class Series(Sweep):
    """A sweep of a visitor, and what it is to answer."""

    def __init__(self, asked: Asked, settings: Sequence[Settings], making: Making) -> None:
        self.asked, self.making = asked, making
        super().__init__(
            settings, making.tracks(), at_once=n_at_once(len(settings), race=asked.race), ended=making.ended,
            lease_s=limits().unwatched_s,
        )  # fmt: skip


@st.cache_resource(show_spinner=False)
def sweeps() -> Sweeps:
    """Return the series of all visitors of this server."""
    return Sweeps()


@st.cache_resource(show_spinner=False)
def connection() -> Connection | None:
    """Return the connection of this server to its cluster, made when a series first needs it; None without one."""
    return Connection(limits().cluster) if limits().cluster else None


def my_series(state: Visit) -> Series | None:
    """Return the series of a visitor, also one that is over; None if there is none."""
    sweep = sweeps().of(state.owner)
    return sweep if isinstance(sweep, Series) else None


def begin(state: Visit, asked: Asked) -> None:
    """Begin a series in place of the visitor's one before, which ends; its results stay in the list of runs.

    Raises:
        ValueError: some of its runs cannot be; the sentence is for the page.
    """
    settings, making = expand(asked.plan), Making(state.owner)
    sweeps().begin(state.owner, lambda: Series(asked, settings, making))


def forget(state: Visit) -> None:
    """End the visitor's series, without results, and wait until none of its runs is left, which takes a moment."""
    series = my_series(state)
    sweeps().forget(state.owner)
    if series is not None:
        series.join(PATIENCE_S)


def n_at_once(n_runs: int, *, race: bool) -> int:
    """Return how many runs of a series learn side by side on this server."""
    return min(n_runs, MOST_AT_ONCE) if race else 1
