"""A visit to the app without a browser: open a page by its address, and look at what it sends."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pytest
from streamlit.testing.v1 import AppTest

from runs.run import Run
from ui.server import runs
from ui.visit import Visit

APP = Path(__file__).parents[1] / "streamlit_app.py"
T = TypeVar("T")
NOTHING: Mapping[str, str] = MappingProxyType({})


def prepare(file: str, address: Mapping[str, str] = NOTHING, state: Visit | None = None) -> AppTest:
    """Return a page before its first run, with the words of its address and, if given, what the app remembers."""
    at = AppTest.from_file(APP, default_timeout=60)
    if file != APP.name:
        at = at.switch_page(file)
    for name, word in address.items():
        at.query_params[name] = word
    if state is not None:
        at.session_state["app"] = state
    return at


def state(at: AppTest) -> Visit:
    """Return what the app remembers of the visit."""
    kept: Visit = at.session_state["app"]
    return kept


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label; the page that comes of it has no exception."""
    next(button for button in at.button if button.label == label).click()
    return checked(at.run())


def enabled(at: AppTest) -> set[str]:
    """Return the labels of the buttons that can be pressed."""
    return {button.label for button in at.button if not button.disabled}


def memory(at: AppTest, kind: type[T]) -> T:
    """Return what one page remembers of the visit."""
    found: T = at.session_state[f"memory_{kind.__name__}"]
    return found


def checked(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def component(at: AppTest, key: str) -> dict[str, Any]:
    """Return what the page sends to a component of its own."""
    bodies = (element.proto for element in at.get("bidi_component"))
    sent: dict[str, Any] = next(json.loads(body.json) for body in bodies if body.id.endswith(f"-{key}"))
    return sent


def words(at: AppTest) -> str:
    """Return what the page says, as it is read: without the stars of bold words, with plain spaces."""
    said = (*at.header, *at.markdown, *at.caption, *at.info, *at.success, *at.error, *at.warning, *at.metric)
    return " ".join(str(element.value) for element in said).replace("\N{NO-BREAK SPACE}", " ").replace("**", "")


def captions(at: AppTest, gallery: str) -> list[str]:
    """Return what stands below the pictures of a gallery."""
    below: list[str] = component(at, gallery)["captions"]
    return [caption.replace("\N{NO-BREAK SPACE}", " ") for caption in below]


def pagination(at: AppTest) -> Any:  # noqa: ANN401 - Streamlit exports no type for it
    return at.get("pagination")[0]


def line(at: AppTest) -> dict[str, Any]:
    """Return what the line of what is shown says."""
    return component(at, "shown_line")


def shown_epoch(at: AppTest) -> int:
    sent = line(at)
    number: int = sent["epochs"][sent["at"]]
    return number


def shown_title(at: AppTest) -> str:
    """Return the name of the network that is shown, as the line gives it, with its note."""
    sent = line(at)
    title = next(network["title"] for network in sent["networks"] if network["id"] == sent["network"])
    return f"{title} {sent['note']}".strip()


def send(at: AppTest, monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> AppTest:
    """Let the line send what a hand has chosen, as the browser would: its callbacks run before the page is drawn."""
    heard: list[Any] = []
    monkeypatch.setattr("ui.network_line.draw_line", lambda _, **callbacks: heard.append(callbacks))
    at.run()
    monkeypatch.undo()
    callbacks = heard[-1]
    if name == "network":
        callbacks["on_network"](value)
    else:
        callbacks["on_epoch"](*value)  # type: ignore[misc]
    return at.run()


@contextmanager
def visit_of(run: Run) -> Iterator[Visit]:
    """The visit of the owner of a run, which begins, and is closed at the end."""
    visit = Visit(run_id=runs().add(run, owner="me"), owner="me", source="run")
    run.resume()
    try:
        yield visit
    finally:
        runs().close(visit.run_id)
