"""What the app remembers of a visit, and the runs of all visits. The only file that touches st.session_state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import streamlit as st

from fcnn.config import TrainConfig
from fcnn.mnist import Mnist
from fcnn.model_file import Model
from fcnn.network import NetworkSpec
from runs import blas, heap
from runs.limits import Limits, read
from runs.memory import MemoryBudget, memory_of
from runs.registry import Runs
from runs.run import Run
from runs.turns import Scheduler
from ui import sessions
from ui.address import START

_KEY = "app"
SHIPPED = ("ready", "record")  # the networks that come with the app, in data/models/


class Picture(NamedTuple):
    """A picture of a digit that the visitor brought to the Draw page."""

    name: str  # of its file
    grey: Any  # its brightness, (H, W) of uint8
    seen: Any  # what the network sees of it, (28, 28) of float32
    hint: str = ""  # what else is in it, and what to do about that


@dataclass(eq=False)
class AppState:
    """What one visitor has chosen and owns. Values of widgets that are on the screen belong to the widgets."""

    spec: NetworkSpec = START.spec  # the settings of the Train page
    config: TrainConfig = START.config
    run_id: str | None = None
    lost: str = ""  # what to say about a run or a file that is no longer there
    successor: str | None = None  # the run that came in place of the lost one
    not_understood: list[str] = field(default_factory=list)  # words of the address that made no sense
    source: str = "ready"  # which network the pages show: "run", "file" or one of SHIPPED
    epoch: int | None = None  # which epoch of it; None: the newest
    page: str = ""  # the one that was opened last, as its address names it
    playing: bool = False  # whether the epochs go by, one after the other
    file: Model | None = None
    file_name: str = ""
    let_go_of_file: Callable[[], object] | None = None  # gives its memory back; the end of the visit does so, too
    n_uploads: int = 0  # counts the models that were brought: a new number is an empty place for the next
    upload_error: str = ""  # what was wrong with the last file
    file_key: str = ""  # names the content of the file, for caches
    chosen: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> word of its address -> what was chosen
    reveals: int = 0  # counts the clicks that opened something that may lie below the screen
    closed: tuple[int, int] | None = None  # the test digit whose dialog was closed last, and how many were before
    focus_turn: int = 0  # counts the buttons that were pressed and are gone: the focus goes to the first one
    preview: int = 0  # counts the draws of varied digits on the Train page
    home_digit: int = 0  # counts the digits that the Home page has shown
    drawing: dict[str, Any] | None = None  # the strokes on the board of the Draw page, as its canvas reads them
    board: int = 0  # counts the boards: a new number is a clean board
    board_start: dict[str, Any] | None = None  # the strokes that this board began with
    picture: Picture | None = None
    picture_error: str = ""  # why the last file that was brought is no picture

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen on the page that is open: word of its address -> value; open_page() writes the address."""
        return self.chosen.setdefault(self.page, {})


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
    heap.collect_frozen()


def _tidy() -> None:
    """Give back the memory of visitors who have left."""
    sessions.forget_expired()
    if not len(runs()):
        st.cache_data.clear()  # what networks answered that are no more
    heap.trim()


@st.cache_resource(show_spinner=False)
def runs() -> Runs:
    """Return the runs of all visitors of this server."""
    budget = MemoryBudget(limits().runs_bytes, limits().n_turns, limits().kept_mb * 1_000_000)
    return Runs(limits().unwatched_s, budget=budget, tidy=_tidy, forget=_notice_who_has_left)


@st.cache_resource(show_spinner=False)
def scheduler() -> Scheduler:
    """Return the line in which all runs of this server wait for their turn."""
    return Scheduler(limits().n_turns, blas.set_threads, most_threads=limits().threads_alone)


def get_state() -> AppState | None:
    """Return the state of this visit, None on its very first run."""
    state: AppState | None = st.session_state.get(_KEY)
    return state


def put_state(state: AppState) -> AppState:
    """Keep the state of this visit."""
    st.session_state[_KEY] = state
    return state


def current_run(state: AppState) -> Run | None:
    """Return the visitor's run, and note that somebody looked."""
    return runs().get(state.run_id)


def new_run(state: AppState, mnist: Mnist) -> Run:
    """Prepare a run with the visitor's settings, in place of the one before, which ends; it may have to wait in line.

    Raises:
        ValueError: refusal() says why.
    """
    data = mnist.dataset(all_images=state.config.all_images)
    run = Run(state.spec, data, state.config, scheduler(), admitted=False)
    state.run_id = runs().add(run, instead_of=state.run_id)
    follow_run(state, state.run_id)
    return run


def follow_run(state: AppState, run_id: str | None = None) -> None:
    """Show a run on all pages: this one, or the one that came in place of a lost one."""
    state.run_id = run_id or state.successor
    state.source, state.epoch, state.lost, state.successor = "run", None, "", None


def refusal(state: AppState) -> str:
    """Return why this server has too little memory for the visitor's settings, "" if it has enough."""
    return runs().budget.refusal(memory_of(state.spec, state.config))


def leave_line(state: AppState) -> None:
    """Give up a run that waits in line."""
    runs().close(state.run_id)
    state.run_id, state.source, state.epoch = None, "ready", None


def fill_widget(key: str, value: object) -> None:
    """Give a widget its first value; one that is on the screen already keeps what the visitor chose."""
    st.session_state.setdefault(key, value)


def set_widget(key: str, value: object) -> None:
    """Give a widget a value. Allowed in a callback, or before the widget is drawn."""
    st.session_state[key] = value


def widget_value(key: str) -> Any:  # noqa: ANN401 - a widget's value is of the widget's type
    """Return the value of a widget; for callbacks, which run before the script draws it."""
    return st.session_state[key]


def on_screen(key: str) -> bool:
    """Return whether the run before drew this widget; at the top of a page: whether the page was open already."""
    return key in st.session_state


def next_home_digit(state: AppState) -> None:
    """Go on to another digit on the Home page."""
    state.home_digit += 1


def choice(state: AppState, name: str, options: Mapping[str, str]) -> str:
    """Return what select() of this name was last set to, for what is drawn above it; the first option at first."""
    kept = state.choices.get(name, "")
    return kept if kept in options else next(iter(options))


def select(
    state: AppState,
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    draw: Callable[..., Any] = st.selectbox,
    **details: Any,  # noqa: ANN401 - passed on to the widget
) -> str:
    """Draw a choice that survives a page change and a reload, and return the chosen key of options.

    Args:
        state: where the choice is kept; open_page() writes it into the address.
        name: its word there, one of PAGE_WORDS of the page.
        label: what the visitor reads.
        options: what may be chosen: the word for the address -> the words on the screen; the first is the default.
        draw: st.selectbox, st.radio, st.pills or st.segmented_control.
        details: for the widget (help, horizontal ...).
    """
    key = f"choice_{name}"
    set_widget(key, choice(state, name, options))

    def save() -> None:
        state.choices[name] = st.query_params[name] = widget_value(key) or choice(state, name, options)

    draw(label, list(options), format_func=options.__getitem__, key=key, on_change=save, **details)
    return choice(state, name, options)
