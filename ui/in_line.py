"""Scripts of all visitors run one after another, first come, first served, with a head start for short ones.

Streamlit gives each script a thread of its own. A page sends some 150 messages, and at each its thread lets go of the
interpreter, which the scripts of thirty visitors and the runs that compute then want, too: together they took three
times as long as one after another, and the runs hardly came on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic
from typing import NamedTuple

LONGEST_S = 0.5  # a script that waits for something, or computes at length, lets the next one begin beside it
HEAD_START_S = 3.0  # of what is short: thirty visitors who watch are served before the next page is drawn


class _Waiting(NamedTuple):
    """Who waits, or holds the place; the least is the next."""

    since: float  # seconds; of what is short, before it came
    number: int  # counts who came


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
        self._waiting: list[_Waiting] = []
        self._n_came = 0
        self._holder: _Waiting | None = None
        self._free_at = 0.0  # when the place is free at the latest

    @contextmanager
    def place(self, *, short: bool = False) -> Iterator[None]:
        """Wait in line, then hold the place until the with-block ends, or longest_s have gone by.

        What is short goes before what takes long and has not waited for longer by HEAD_START_S.
        """
        me = self._wait(short=short)
        try:
            yield
        finally:
            self._leave(me)

    def _wait(self, *, short: bool) -> _Waiting:
        with self._changed:
            self._n_came += 1
            me = _Waiting(monotonic() - HEAD_START_S * short, self._n_came)
            self._waiting.append(me)
            while (left_s := self._left_s(me)) > 0:
                self._changed.wait(left_s)
            self._waiting.remove(me)
            self._holder, self._free_at = me, monotonic() + self._longest_s
            self._changed.notify_all()  # who is first now has to watch the time
            return me

    def _left_s(self, me: _Waiting) -> float:
        """Return how long to wait before looking again, 0 for no longer."""
        if min(self._waiting) != me:
            return self._longest_s
        return 0.0 if self._holder is None else self._free_at - monotonic()

    def _leave(self, me: _Waiting) -> None:
        with self._changed:
            if self._holder == me:
                self._holder = None
                self._changed.notify_all()
