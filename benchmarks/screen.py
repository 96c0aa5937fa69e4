"""What a browser keeps of the messages of a Streamlit server: elements, values of widgets, timers, cached messages.

It follows Streamlit 1.67's own frontend as far as the server can tell the difference.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

SIDEBAR = 1  # the first number of a delta path; 0 is the page
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Place(NamedTuple):
    """An element on the screen, and the run that drew it."""

    element: Element
    fragment_id: str
    run_id: str


@dataclass
class Cached:
    """A large message, which the server does not send again while the browser says that it has it."""

    message: ForwardMsg
    n_runs: int  # when it was used last


@dataclass
class Screen:
    """One tab of a browser."""

    places: dict[tuple[int, ...], Place] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)  # of widgets, by id
    timers: dict[str, float] = field(default_factory=dict)  # fragment id -> seconds between its reruns
    page: str = ""  # the hash of its script
    page_name: str = ""
    query: str = ""
    n_bytes: int = 0  # received
    errors: list[str] = field(default_factory=list)
    awaits_run: bool = False  # a rerun was asked for and has not begun: what it may refer to must stay in the cache
    _cache: dict[str, Cached] = field(default_factory=dict)
    _run_id: str = ""
    _n_runs: int = 0
    _cache_age: int = 2

    def receive(self, data: bytes) -> ForwardMsg:
        """Take in a message, and return it."""
        self.n_bytes += len(data)
        message = self._from_cache(ForwardMsg.FromString(data))
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message)
        elif kind == "new_session":
            self._begin(message)
        elif kind == "navigation":  # an address that names a page has brought the visitor there
            self.page = message.navigation.page_script_hash
            names = {page.page_script_hash: page.url_pathname for page in message.navigation.app_pages}
            self.page_name = names.get(self.page, "")
        elif kind == "auto_rerun":
            self.timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            for fragment_id in message.stop_auto_rerun.fragment_ids:
                self.timers.pop(fragment_id, None)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            self._end(message)
        return message

    def cached_hashes(self) -> list[str]:
        """Return which large messages need not be sent again."""
        return list(self._cache)

    def elements(self, kind: str, *, sidebar: bool = False) -> Iterator[tuple[Any, str]]:
        """Yield the elements of a kind in the order of the page, each with the id of its fragment."""
        for path in sorted(self.places):
            place = self.places[path]
            if (path[0] == SIDEBAR) is sidebar and place.element.WhichOneof("type") == kind:
                yield getattr(place.element, kind), place.fragment_id

    def _from_cache(self, message: ForwardMsg) -> ForwardMsg:
        if message.metadata.cacheable:
            self._cache.setdefault(message.hash, Cached(message, 0)).n_runs = self._n_runs
        if message.WhichOneof("type") != "ref_hash":
            return message
        if message.ref_hash not in self._cache:
            self.errors.append("the server refers to a message that the browser has not")
            return message
        cached = self._cache[message.ref_hash]
        cached.n_runs = self._n_runs
        known = ForwardMsg()
        known.CopyFrom(cached.message)
        known.metadata.CopyFrom(message.metadata)
        return known

    def _begin(self, message: ForwardMsg) -> None:
        session, self._run_id = message.new_session, message.metadata.run.script_run_id
        self.awaits_run = False
        if not message.metadata.run.fragment_ids:
            self.timers.clear()
            self.page = session.page_script_hash
        if session.HasField("initialize"):
            self._cache_age = session.config.max_cached_message_age

    def _draw(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        place = Place(element, message.delta.fragment_id, self._run_id)
        self.places[tuple(message.metadata.delta_path)] = place
        self._keep_value(element)
        if element.HasField("exception"):
            self.errors.append(f"{element.exception.type}: {element.exception.message}")
        if element.HasField("alert") and element.alert.format == Alert.ERROR:
            self.errors.append(element.alert.body)

    def _keep_value(self, element: Element) -> None:
        """A widget that appears tells the browser its value, and so does one that the script has set."""
        kind = element.WhichOneof("type") or ""
        if kind not in _VALUES:
            return
        widget = getattr(element, kind)
        if widget.id not in self.values or getattr(widget, "set_value", False):
            state = WidgetState(id=widget.id)
            _VALUES[kind](widget, state)
            self.values[widget.id] = state

    def _end(self, message: ForwardMsg) -> None:
        """Take away what a run that came to its end has not drawn again."""
        if message.script_finished not in DONE:
            return
        run = message.metadata.run
        drawn_by = set(run.fragment_ids)
        self.places = {
            path: place
            for path, place in self.places.items()
            if place.run_id == run.script_run_id or (drawn_by and place.fragment_id not in drawn_by)
        }
        there = {_id_of(place.element) for place in self.places.values()}
        self.values = {widget_id: value for widget_id, value in self.values.items() if widget_id in there}
        if not self.awaits_run:
            self._forget(drawn_by)

    def _forget(self, fragment_ids: set[str]) -> None:
        """Let go of large messages that the newest runs did not use; those of a fragment only after its own runs."""
        self._n_runs += 1
        for key, cached in list(self._cache.items()):
            concerned = not fragment_ids or cached.message.delta.fragment_id in fragment_ids
            if concerned and self._n_runs - cached.n_runs > self._cache_age:
                del self._cache[key]


def _id_of(element: Element) -> str:
    kind = element.WhichOneof("type")
    return str(getattr(getattr(element, kind), "id", "")) if kind else ""


# Widgets are of generated classes that have nothing in common but their fields.
def _fill_select(widget: Any, state: WidgetState) -> None:  # noqa: ANN401
    if widget.set_value:
        state.string_value = widget.raw_value
    elif widget.HasField("default"):
        state.string_value = widget.options[widget.default]


def _fill_slider(widget: Any, state: WidgetState) -> None:  # noqa: ANN401
    if widget.options:
        chosen = widget.raw_value if widget.set_value else [widget.options[int(i)] for i in widget.default]
        state.string_array_value.data.extend(chosen)
    else:
        state.double_array_value.data.extend(widget.value if widget.set_value else widget.default)


def _fill_buttons(widget: Any, state: WidgetState) -> None:  # noqa: ANN401
    chosen = widget.raw_values if widget.set_value else [widget.options[i].content for i in widget.default]
    state.string_array_value.data.extend(chosen)


def _fill_number(widget: Any, state: WidgetState) -> None:  # noqa: ANN401
    state.double_value = widget.value if widget.set_value else widget.default


def _fill_checkbox(widget: Any, state: WidgetState) -> None:  # noqa: ANN401
    state.bool_value = widget.value if widget.set_value else widget.default


_VALUES: Mapping[str, Callable[[Any, WidgetState], None]] = {
    "selectbox": _fill_select,
    "slider": _fill_slider,
    "button_group": _fill_buttons,
    "number_input": _fill_number,
    "checkbox": _fill_checkbox,
}
