"""The runs of all visitors of one server, the memory that they share, and the line in front of it.

A run that nobody looks at ends by itself. One for which there is no memory waits, first come, first served.
"""

import secrets
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from runs.endings import Ending, Endings, Why
from runs.limits import Limits
from runs.memory import UNLIMITED, MemoryBudget, RunRefusedError
from runs.run import Run
from runs.sharing import Sharing

LEASE_S = float(Limits.unwatched_s)
JANITOR_S = 10.0  # twice that after the lease, all memory of a run has been given back
FORGET_S = 60.0  # to notice who has left takes a tenth of a second of all others


class Runs:
    """Runs under ids that cannot be guessed, since whoever knows the id may stop the run."""

    def __init__(
        self,
        lease_s: float = LEASE_S,
        now: Callable[[], float] = monotonic,
        budget: MemoryBudget = UNLIMITED,
        tidy: Callable[[], None] = lambda: None,
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        self._lease_s, self._now = lease_s, now
        self._tidy = tidy  # called some seconds after runs have ended
        self._forget = forget  # called now and then while visitors hold memory, to notice who has left
        self._to_tidy, self._noticed = False, -FORGET_S
        self._lock = Lock()  # guards all below; the first to be taken, see __init__.py
        self._runs: dict[str, Run] = {}
        self._seen: dict[str, float] = {}  # when somebody looked last
        self._sharing = Sharing(budget)
        self._endings = Endings()
        self._over = Event()
        Thread(target=self._end_abandoned, name="janitor", daemon=True).start()

    @property
    def budget(self) -> MemoryBudget:
        """The memory for all runs, and for what visitors bring."""
        return self._sharing.budget

    def add(self, run: Run, instead_of: str | None = None) -> str:
        """Keep a run and return its id; if it waits to be admitted, it is, as soon as there is memory.

        The run that it comes instead of ends; if the new one needs no more memory, it has that at once.

        Raises:
            RunRefusedError: the run could never begin; it is closed, and the other one stays.
        """
        try:
            self._sharing.check(run)
        except RunRefusedError:
            run.close()
            raise
        run_id = secrets.token_urlsafe(12)
        with self._lock:
            waited = instead_of in self._sharing.line
            before = self._remove(instead_of, Ending(Why.REPLACED, run_id))
            self._runs[run_id], self._seen[run_id] = run, self._now()
            self._sharing.enter(run_id, run, None if waited else before)
            self._sharing.share_out(self._runs)
        return run_id

    def place_in_line(self, run_id: str | None) -> int:
        """Return how many runs wait for memory up to this one, itself included; 0 if it does not wait."""
        with self._lock:
            return self._sharing.line.index(run_id) + 1 if run_id in self._sharing.line else 0

    def share_out(self) -> None:
        """Admit who waits and has room, and tell all how much they may keep; for when needs have changed."""
        with self._lock:
            self._sharing.share_out(self._runs)

    def hold(self, name: str, n_bytes: int) -> bool:
        """Count memory that a visitor takes besides a run; False if it is not there, and nothing was counted."""
        with self._lock:
            return self._sharing.hold(name, n_bytes, self._runs)

    def let_go(self, name: str) -> None:
        """Give back what hold() has counted, soon. It takes no lock: the garbage collector may call it."""
        self._sharing.holdings.let_go(name)

    def get(self, run_id: str | None) -> Run | None:
        """Return a run, and note that somebody looked; None if it is unknown or has ended by itself."""
        with self._lock:
            if (run := self._runs.get(run_id or "")) is not None:
                self._seen[str(run_id)] = self._now()
            return run

    def close(self, run_id: str | None, why: Why = Why.GIVEN_UP) -> None:
        """End a run and let go of its memory; an unknown id is nothing to worry about."""
        with self._lock:
            self._remove(run_id, Ending(why))
            self._sharing.share_out(self._runs)

    def ending(self, run_id: str) -> Ending | None:
        """Return how a run ended that is gone; None if this server remembers no such run."""
        with self._lock:
            return self._endings.of(run_id)

    def __len__(self) -> int:
        return len(self._runs)

    def n_running(self) -> int:
        """Return how many runs are computing or waiting for their turn."""
        with self._lock:
            return sum(run.running for run in self._runs.values())

    def end_all(self) -> None:
        """End every run and the janitor."""
        self._over.set()
        for run_id in list(self._runs):
            self.close(run_id)

    def close_abandoned(self) -> None:
        """End the runs that nobody has looked at for longer than the lease."""
        with self._lock:
            abandoned = [run_id for run_id, seen in self._seen.items() if seen < self._now() - self._lease_s]
        for run_id in abandoned:
            self.close(run_id, Why.ABANDONED)

    def _end_abandoned(self) -> None:
        while not self._over.wait(min(JANITOR_S, self._lease_s / 10)):
            if self._to_tidy:  # ended before the last pause, so that the threads are gone
                self._to_tidy = False
                self._tidy()
            if self._sharing.held and (now := self._now()) >= self._noticed + FORGET_S:
                self._forget()
                self._noticed = now
            with self._lock:
                self._to_tidy |= self._sharing.settle(self._runs)
            self.close_abandoned()

    def _remove(self, run_id: str | None, ending: Ending) -> Run | None:
        self._sharing.leave(run_id)
        run = self._runs.pop(run_id or "", None)
        if run is not None and run_id is not None:
            del self._seen[run_id]
            run.close()
            self._endings.note(run_id, ending)
            self._to_tidy = True
        return run
