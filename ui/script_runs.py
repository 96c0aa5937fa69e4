"""When a script may run: in its place in line, after all that the last one said has been sent, on its own page.

While a whole page is drawn, or waits to be, there is room for it beside the runs.

There is no public way to ask for any of that: this wraps the function in which Streamlit runs a script. Where Streamlit
has changed inside, scripts run as they do without.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache, wraps
from inspect import unwrap
from threading import Event

from streamlit.runtime import exists, get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from ui.in_line import Line

MOST_S = 0.5  # for which a fragment waits: a browser that is gone never gets what was said
LOOK_S = 0.005


@cache
def order_script_runs(make_room: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
    """Let the scripts of this process run in order, from now on.

    Args:
        make_room: what is held while a whole page waits and is drawn.
    """
    run_script = getattr(ScriptRunner, "_run_script", None)
    if run_script is None:
        logging.getLogger(__name__).info("This Streamlit runs the scripts of all visitors at the same time.")
        return
    run_script, line = unwrap(run_script), Line()  # with another make_room, this takes the place of what was before

    @wraps(run_script)
    def run_in_order(self: ScriptRunner, rerun_data: RerunData) -> None:
        of_fragments = bool(rerun_data.fragment_id_queue)
        if of_fragments:
            wait_until_sent(self._session_id)
            if not is_any_left(self, rerun_data.fragment_id_queue):
                return
        with nullcontext() if of_fragments else make_room(), line.place(short=of_fragments):
            run_script(self, rerun_data)

    ScriptRunner._run_script = run_in_order  # type: ignore[method-assign]


def is_any_left(runner: ScriptRunner, fragment_ids: Sequence[str]) -> bool:
    """Return whether the page still has one of these fragments.

    Streamlit (1.67) asks for that when a browser's message arrives, but not when its turn has come: a press on a page
    that was being left named that page, took the visitor back to it, and drew nothing there.
    """
    fragments = getattr(runner, "_fragment_storage", None)
    return fragments is None or any(fragments.contains(one) for one in fragment_ids)


def wait_until_sent(session_id: str) -> None:
    """Wait until the browser has been sent all that the scripts of a session have said.

    When a fragment begins, Streamlit (1.67) drops what the page's run before it said of this fragment and has not yet
    sent, but sends the end of that run: the browser then takes the fragment's charts away and builds them anew, and
    zoom, hover label and focus are lost.
    """
    if not exists():
        return
    runtime, sent, given_up = get_instance(), Event(), Event()
    try:
        loop = runtime._get_async_objs().eventloop
        sessions = runtime._session_mgr
    except AttributeError:
        return

    def look() -> None:  # the queue belongs to the thread of the loop; whatever was said comes into it before this runs
        found = sessions.get_active_session_info(session_id)
        if found is None or _is_all_sent(found.session):
            sent.set()
        elif not given_up.is_set():
            loop.call_later(LOOK_S, look)

    loop.call_soon_threadsafe(look)
    if not sent.wait(MOST_S):
        given_up.set()


def _is_all_sent(session: AppSession) -> bool:
    queue = getattr(session, "_browser_queue", None)
    return queue is None or queue.is_empty()
