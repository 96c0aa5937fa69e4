"""What the app remembers of a visit. The only file that touches st.session_state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

from fcnn.config import Settings, TrainConfig
from fcnn.model_file import Model
from fcnn.network import NetworkSpec
from runs.view import RunView
from ui.address import START
from ui.digit import InHand

_KEY = "app"
T = TypeVar("T")
SHIPPED = ("ready", "record")  # the networks that come with the app, in data/models/


@dataclass(eq=False)
class Visit:
    """What one visitor has chosen and owns, as all pages share it.

    Values of widgets that are on the screen belong to the widgets.
    """

    spec: NetworkSpec = START.spec  # the settings of the Train page
    config: TrainConfig = START.config
    token: str = ""  # the visitor's secret, which a cookie of the browser remembers
    former_token: str = ""  # the one before it, which is forgotten: the cookie gets the new one in its place
    owner: str = ""  # what stands for it: whose runs are this visitor's
    run_id: str | None = None  # the run that is shown; that of another may be looked at
    live_id: str | None = None  # the run that was begun here last
    watched: str | None = None  # the run of another whose settings the Train page has taken over
    kept_id: str | None = None  # the kept run whose networks the visit holds
    kept_view: RunView | None = None
    let_go_of_kept: Callable[[], object] | None = None  # gives their memory back; the end of the visit does so, too
    told_problem: bool = False  # whether the visitor knows that nothing is kept just now
    lost: str = ""  # what to say about a run or a file that is no longer there
    successor: str | None = None  # the run that came in place of the lost one
    not_understood: list[str] = field(default_factory=list)  # words of the address that made no sense
    source: str = "ready"  # which network the pages show: "run", "file" or one of SHIPPED
    epoch: float | None = None  # which epoch of it; None: the newest
    digit: InHand | None = None  # which digit is in hand; None: nobody has chosen
    page: str = ""  # the one that was opened last, as its address names it
    playing: bool = False  # whether the epochs go by, one after the other
    file: Model | None = None
    file_name: str = ""
    let_go_of_file: Callable[[], object] | None = None  # gives its memory back; the end of the visit does so, too
    n_uploads: int = 0  # counts the models that were brought: a new number is an empty place for the next
    upload_error: str = ""  # what was wrong with the last file
    file_key: str = ""  # names the content of the file, for caches
    file_id: str | None = None  # under which the file is kept beyond the visit, in the list of runs
    file_is_mine: bool = True  # that of another may be looked at
    chosen: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> word of its address -> what was chosen
    pace: float | None = None  # updates a second of the next run, in slow motion; None: as fast as it can
    reveals: int = 0  # counts the clicks that opened something that may lie below the screen

    @property
    def settings(self) -> Settings:
        """The settings of the Train page, together."""
        return Settings(self.spec, self.config)

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self.spec, self.config = settings

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen on the page that is open: word of its address -> value; open_page() writes the address."""
        return self.chosen.setdefault(self.page, {})


def get_state() -> Visit | None:
    """Return the state of this visit, None on its very first run."""
    state: Visit | None = st.session_state.get(_KEY)
    return state


def put_state(state: Visit) -> Visit:
    """Keep the state of this visit."""
    st.session_state[_KEY] = state
    return state


def remembered(kind: type[T]) -> T:
    """Return what one page remembers of this visit, made when it is first asked for: see the memory.py of the pages."""
    key = f"memory_{kind.__name__}"
    if key not in st.session_state:
        st.session_state[key] = kind()
    memory: T = st.session_state[key]
    return memory


def set_widget(key: str, value: object) -> None:
    """Give a widget a value. Allowed in a callback, or before the widget is drawn."""
    st.session_state[key] = value


def widget_value(key: str) -> Any:  # noqa: ANN401 - a widget's value is of the widget's type
    """Return the value of a widget; for callbacks, which run before the script draws it."""
    return st.session_state[key]


def heard(key: str) -> Mapping[str, Any]:
    """Return what a component of ours has sent; nothing if its page was left meanwhile: then Streamlit forgets it."""
    sent: Mapping[str, Any] = st.session_state.get(key) or {}
    return sent


def on_screen(key: str) -> bool:
    """Return whether the run before drew this widget; at the top of a page: whether the page was open already."""
    return key in st.session_state
