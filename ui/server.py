"""What all visits of one server share: its limits, its runs, who computes when; and what is tidied up behind them."""

import gc

import streamlit as st

from runs import process
from runs.limits import Limits, read
from runs.memory import MemoryBudget
from runs.registry import Runs
from runs.turns import Scheduler
from ui import sessions
from ui.script_runs import order_script_runs


@st.cache_resource(show_spinner=False)
def limits() -> Limits:
    """Return what this server may use.

    Raises:
        LimitsError: limits.toml makes no sense.
    """
    return read()


def _notice_who_has_left() -> None:
    """Let go of what visitors held who have left: a session refers to itself, and stays until somebody looks."""
    sessions.forget_expired()
    process.collect_frozen()


def _tidy() -> None:
    """Give back the memory of visitors who have left."""
    sessions.forget_expired()
    if not len(runs()):
        st.cache_data.clear()  # what networks answered that are no more
    process.trim()


@st.cache_resource(show_spinner=False)
def runs() -> Runs:
    """Return the runs of all visitors of this server."""
    budget = MemoryBudget(limits().runs_bytes, limits().n_turns, limits().kept_mb * 1_000_000)
    return Runs(limits().unwatched_s, budget=budget, tidy=_tidy, forget=_notice_who_has_left)


@st.cache_resource(show_spinner=False)
def scheduler() -> Scheduler:
    """Return the line in which all runs of this server wait for their turn."""
    return Scheduler(limits().n_turns, most_threads=limits().threads_alone)


@st.cache_resource(show_spinner=False)
def prepare_server() -> bool:
    """Do once a server what keeps it quick for many visitors.

    Matrix products get one thread each: see runs/threads.py. Scripts run one after another: see ui/script_runs.py. And
    everything imported so far is taken out of the garbage collector's sight: Streamlit collects after every script run,
    and going through a million objects of libraries would hold the interpreter for 70 to 90 ms each time. Frozen, a
    rerun takes 6 ms.

    Raises:
        LimitsError: limits.toml makes no sense.
    """
    process.share_one_heap()
    process.set_threads(1)
    order_script_runs(scheduler().make_room)
    import pandas  # noqa: F401 - Streamlit looks with it through what components are sent

    gc.collect()
    gc.freeze()
    return True
