"""A visit to the app without a browser: open a page by its address, and look at what it sends."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from streamlit.testing.v1 import AppTest

from ui.state import AppState

APP = Path(__file__).parents[1] / "streamlit_app.py"
NOTHING: Mapping[str, str] = MappingProxyType({})


def prepare(file: str, address: Mapping[str, str] = NOTHING, state: AppState | None = None) -> AppTest:
    """Return a page before its first run, with the words of its address and, if given, what the app remembers."""
    at = AppTest.from_file(APP, default_timeout=60)
    if file != APP.name:
        at = at.switch_page(file)
    for name, word in address.items():
        at.query_params[name] = word
    if state is not None:
        at.session_state["app"] = state
    return at


def checked(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def component(at: AppTest, key: str) -> dict[str, Any]:
    """Return what the page sends to a component of its own."""
    bodies = (element.proto for element in at.get("bidi_component"))
    sent: dict[str, Any] = next(json.loads(body.json) for body in bodies if body.id.endswith(f"-{key}"))
    return sent
