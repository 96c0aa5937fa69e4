"""Scripts run in order: one after another, and a fragment only when the browser has all that was said before."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import unwrap
from threading import Thread
from time import monotonic
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from ui import script_runs
from ui.in_line import Line
from ui.script_runs import MOST_S, order_script_runs, wait_until_sent

SOON_S = 0.1
DRAWS = """
import streamlit as st
from ui.server import prepare_server

prepare_server()
part = st.fragment(lambda: st.write("drawn"))
part()
"""


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def pretend(monkeypatch: pytest.MonkeyPatch, loop: asyncio.AbstractEventLoop, session: object) -> None:
    found = SimpleNamespace(session=session) if session else None
    sessions = SimpleNamespace(get_active_session_info={"here": found}.get)
    runtime = SimpleNamespace(_session_mgr=sessions, _get_async_objs=lambda: SimpleNamespace(eventloop=loop))
    monkeypatch.setattr(script_runs, "exists", lambda: True)
    monkeypatch.setattr(script_runs, "get_instance", lambda: runtime)


def waited_s() -> float:
    begin = monotonic()
    wait_until_sent("here")
    return monotonic() - begin


def test_a_fragment_waits_until_all_is_sent(monkeypatch: pytest.MonkeyPatch, loop: asyncio.AbstractEventLoop) -> None:
    queue = ForwardMsgQueue()
    pretend(monkeypatch, loop, SimpleNamespace(_browser_queue=queue))
    monkeypatch.setattr(script_runs, "MOST_S", 30.0)
    loop.call_soon_threadsafe(queue.enqueue, ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    loop.call_soon_threadsafe(lambda: loop.call_later(SOON_S, queue.flush))  # as Streamlit sends, now and then
    assert 0.9 * SOON_S < waited_s() < 30


def test_it_waits_for_no_browser_that_is_gone(monkeypatch: pytest.MonkeyPatch, loop: asyncio.AbstractEventLoop) -> None:
    pretend(monkeypatch, loop, None)
    monkeypatch.setattr(script_runs, "MOST_S", 30.0)
    assert waited_s() < 15


def test_it_does_not_wait_for_long(monkeypatch: pytest.MonkeyPatch, loop: asyncio.AbstractEventLoop) -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    pretend(monkeypatch, loop, SimpleNamespace(_browser_queue=queue))
    assert 0.9 * MOST_S < waited_s() < 15


def test_this_streamlit_runs_its_scripts_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hasattr(ForwardMsgQueue(), "is_empty")
    seen: list[str] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", unwrap(ScriptRunner._run_script))  # puts it back at the end
    monkeypatch.setattr(script_runs, "wait_until_sent", lambda _: seen.append("sent"))
    monkeypatch.setattr(Line, "_wait", lambda *_, short: seen.append("short" if short else "long"))
    monkeypatch.setattr(Line, "_leave", lambda *_: seen.append("leaves"))
    order_script_runs.__wrapped__()
    app = AppTest.from_string(DRAWS).run()
    assert app.markdown[0].value == "drawn"
    assert seen[-2:] == ["long", "leaves"]


def test_there_is_room_for_a_page_while_it_waits_and_is_drawn_and_not_for_each_fragment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    @contextmanager
    def room() -> Iterator[None]:
        seen.append("room")
        yield
        seen.append("no more")

    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _, asked: seen.append(asked.page_script_hash))
    monkeypatch.setattr(script_runs, "wait_until_sent", lambda _: None)
    monkeypatch.setattr(Line, "_wait", lambda *_, **__: seen.append("waits"))
    monkeypatch.setattr(Line, "_leave", lambda *_: None)
    order_script_runs.__wrapped__(room)
    runner = SimpleNamespace(_session_id="one")
    for fragments, page in ([], "whole"), (["part"], "of it"):
        ScriptRunner._run_script(runner, RerunData(fragment_id_queue=fragments, page_script_hash=page))  # type: ignore[arg-type]
    assert seen == ["room", "waits", "whole", "no more", "waits", "of it"]


def test_a_fragment_runs_only_on_the_page_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _, asked: ran.append(asked.page_script_hash))
    monkeypatch.setattr(script_runs, "wait_until_sent", lambda _: None)
    order_script_runs.__wrapped__()
    storage = MemoryFragmentStorage()
    storage.register("here", lambda: None)
    runner = SimpleNamespace(_session_id="one", _fragment_storage=storage)
    for fragments, page in ([], "whole"), (["gone"], "left"), (["gone", "here"], "open"):
        ScriptRunner._run_script(runner, RerunData(fragment_id_queue=fragments, page_script_hash=page))  # type: ignore[arg-type]
    assert ran == ["whole", "open"]
