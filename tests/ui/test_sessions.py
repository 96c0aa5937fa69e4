"""Sessions whose time is over are let go, as far as Streamlit allows it."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from ui import sessions


class Loop:
    """An event loop that does at once what it is asked to do soon."""

    def call_soon_threadsafe(self, act: Callable[[], None]) -> None:
        act()


def pretend(monkeypatch: pytest.MonkeyPatch, runtime: object) -> None:
    monkeypatch.setattr(sessions, "exists", lambda: True)
    monkeypatch.setattr(sessions, "get_instance", lambda: runtime)


def test_expired_sessions_are_let_go_in_the_thread_they_belong_to(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = MemorySessionStorage(ttl_seconds=0)
    session = SimpleNamespace(session=SimpleNamespace(id="one"))
    storage.save(session)  # type: ignore[arg-type]
    assert len(storage._cache._data) == 1  # type: ignore[attr-defined]
    manager = SimpleNamespace(_session_storage=storage)
    runtime = SimpleNamespace(_session_mgr=manager, _get_async_objs=lambda: SimpleNamespace(eventloop=Loop()))
    pretend(monkeypatch, runtime)
    sessions.forget_expired()
    assert len(storage._cache._data) == 0  # type: ignore[attr-defined]


def test_another_streamlit_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, SimpleNamespace())
    sessions.forget_expired()


def test_this_streamlit_is_as_it_was_when_this_was_written() -> None:
    assert callable(Runtime._get_async_objs)
    assert callable(MemorySessionStorage()._cache.expire)  # type: ignore[attr-defined]


def test_without_a_server_there_is_nothing_to_let_go() -> None:
    sessions.forget_expired()
