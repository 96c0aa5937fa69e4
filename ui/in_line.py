"""Scripts of all visitors run one after another, first come, first served.

Streamlit gives each script a thread of its own. A page sends some 150 messages, and at each its thread lets go of the
interpreter, which the scripts of thirty visitors and the runs that compute then want, too: together they took three
times as long as one after another, and the runs hardly came on.
"""

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, wraps
from threading import Condition
from time import monotonic

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

LONGEST_S = 0.5  # a script that waits for something, or computes at length, lets the next one begin beside it


class Line:
    """A line in front of one place.

    Args:
        longest_s: for how many seconds the place is held at most: then the next one begins beside who is not yet done.

    Raises:
        ValueError: longest_s is not above 0.
    """

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        if not longest_s > 0:
            raise ValueError(f"longest_s must be above 0, got {longest_s}")
        self._longest_s = longest_s
        self._changed = Condition()
        self._waiting: deque[object] = deque()
        self._holder: object | None = None
        self._free_at = 0.0  # when the place is free at the latest

    @contextmanager
    def place(self) -> Iterator[None]:
        """Wait in line, then hold the place until the with-block ends, or longest_s have gone by."""
        me = object()
        self._wait(me)
        try:
            yield
        finally:
            self._leave(me)

    def _wait(self, me: object) -> None:
        with self._changed:
            self._waiting.append(me)
            while (left_s := self._left_s(me)) > 0:
                self._changed.wait(left_s)
            self._waiting.popleft()
            self._holder, self._free_at = me, monotonic() + self._longest_s
            self._changed.notify_all()  # who is first now has to watch the time

    def _left_s(self, me: object) -> float:
        """Return how long to wait before looking again, 0 for no longer."""
        if self._waiting[0] is not me:
            return self._longest_s
        return 0.0 if self._holder is None else self._free_at - monotonic()

    def _leave(self, me: object) -> None:
        with self._changed:
            if self._holder is me:
                self._holder = None
                self._changed.notify_all()


@cache
def let_scripts_wait_in_line() -> None:
    """Let every script of this process wait in one line from now on.

    There is no public way to ask for it: this wraps the function in which Streamlit runs a script. Where Streamlit has
    changed inside, scripts run at the same time, as they do without.
    """
    run_script = getattr(ScriptRunner, "_run_script", None)
    if run_script is None:
        logging.getLogger(__name__).info("This Streamlit runs the scripts of all visitors at the same time.")
        return
    line = Line()

    @wraps(run_script)
    def run_in_line(self: ScriptRunner, rerun_data: object) -> None:
        with line.place():
            run_script(self, rerun_data)

    ScriptRunner._run_script = run_in_line  # type: ignore[method-assign]
