"""What is done on a server now and then, behind its visitors: runs that nobody looks at end, free memory goes back."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic

FORGET_S = 60.0  # to notice who has left takes a tenth of a second of all others


@dataclass(frozen=True)
class Chores:
    """What a janitor does."""

    end_abandoned: Callable[[], None]
    settle: Callable[[], bool]  # count what was given back; whether something was
    is_held: Callable[[], bool]  # whether visitors hold memory besides their runs
    tidy: Callable[[], None]  # called some seconds after something has ended
    forget: Callable[[], None]  # called now and then while visitors hold memory, to notice who has left


class Janitor:
    """A thread that does its chores every so many seconds, until it is over."""

    def __init__(self, chores: Chores, every_s: float, now: Callable[[], float] = monotonic) -> None:
        self._chores, self._every_s, self._now = chores, every_s, now
        self._to_tidy, self._noticed = False, -FORGET_S
        self._over = Event()
        Thread(target=self._work, name="janitor", daemon=True).start()

    def note_an_end(self) -> None:
        """Remember that something has ended, and that its memory will be free soon."""
        self._to_tidy = True

    def end(self) -> None:
        """Do nothing more."""
        self._over.set()

    def _work(self) -> None:
        while not self._over.wait(self._every_s):
            if self._to_tidy:  # ended before the last pause, so that the threads are gone
                self._to_tidy = False
                self._chores.tidy()
            if self._chores.is_held() and (now := self._now()) >= self._noticed + FORGET_S:
                self._chores.forget()
                self._noticed = now
            self._to_tidy |= self._chores.settle()
            self._chores.end_abandoned()
