"""The runs of all visitors of one server, the memory that they share, and the line in front of it.

A run that nobody looks at ends by itself. One for which there is no memory waits, first come, first served.
"""

import secrets
from collections.abc import Callable
from threading import Lock
from time import monotonic

from runs.endings import Ending, Endings, Why
from runs.entries import Entries
from runs.janitor import Chores, Janitor
from runs.limits import Limits
from runs.memory import UNLIMITED, MemoryBudget, RunRefusedError
from runs.run import Run
from runs.sharing import Sharing

LEASE_S = float(Limits.unwatched_s)
JANITOR_S = 10.0  # twice that after the lease, all memory of a run has been given back


def new_id() -> str:
    """Return what names a run and cannot be guessed."""
    return secrets.token_urlsafe(12)


class Runs:
    """Runs under ids that cannot be guessed: whoever knows one may look, and its owner may act."""

    def __init__(
        self, lease_s: float = LEASE_S, now: Callable[[], float] = monotonic, budget: MemoryBudget = UNLIMITED,
        tidy: Callable[[], None] = lambda: None, forget: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._lease_s, self._now = lease_s, now
        self._lock = Lock()  # guards all below; the first to be taken, see __init__.py
        self._entries = Entries()
        self._sharing = Sharing(budget)
        self._endings = Endings()
        chores = Chores(self.close_abandoned, self._settle, lambda: bool(self._sharing.held), tidy, forget)
        self._janitor = Janitor(chores, min(JANITOR_S, lease_s / 10), now)

    @property
    def budget(self) -> MemoryBudget:
        """The memory for all runs, and for what visitors bring."""
        return self._sharing.budget

    def add(self, run: Run, instead_of: str | None = None, *, owner: str = "", run_id: str = "") -> str:
        """Hold a run and return its id, a new one if none is given; one that waits is admitted when there is memory.

        The run that it comes instead of, if it is the same owner's, ends; if the new one needs no more memory, it has
        that at once.

        Raises:
            RunRefusedError: the run could never begin; it is closed, and the other one stays.
        """
        try:
            self._sharing.check(run)
        except RunRefusedError:
            run.close()
            raise
        run_id = run_id or new_id()
        with self._lock:
            instead_of = instead_of if self._entries.is_of(instead_of, owner) else None
            waited = instead_of in self._sharing.line
            before = self._remove(instead_of, Ending(Why.REPLACED, run_id))
            self._entries.enter(run_id, run, owner, self._now())
            self._sharing.enter(run_id, run, None if waited else before)
            self._sharing.share_out(self._entries.runs)
        return run_id

    def place_in_line(self, run_id: str | None) -> int:
        """Return how many runs wait for memory up to this one, itself included; 0 if it does not wait."""
        with self._lock:
            return self._sharing.line.index(run_id) + 1 if run_id in self._sharing.line else 0

    def share_out(self) -> None:
        """Admit who waits and has room, and tell all how much they may keep; for when needs have changed."""
        with self._lock:
            self._sharing.share_out(self._entries.runs)

    def hold(self, name: str, n_bytes: int) -> bool:
        """Count memory that a visitor takes besides a run; False if it is not there, and nothing was counted."""
        with self._lock:
            return self._sharing.hold(name, n_bytes, self._entries.runs)

    def let_go(self, name: str) -> None:
        """Give back what hold() has counted, soon. It takes no lock: the garbage collector may call it."""
        self._sharing.holdings.let_go(name)

    def get(self, run_id: str | None) -> Run | None:
        """Return a run, and note that somebody looked; None if it is unknown or has ended by itself."""
        with self._lock:
            return self._entries.look(run_id, self._now())

    def is_of(self, run_id: str | None, owner: str) -> bool:
        """Return whether a run is there, and is this owner's."""
        with self._lock:
            return self._entries.is_of(run_id, owner)

    def close_all_of(self, owner: str) -> None:
        """End the runs of an owner, who wants all of them forgotten."""
        for run_id in [run_id for run_id in self._entries.runs if self.is_of(run_id, owner)]:
            self.close(run_id, Why.FORGOTTEN)

    def close(self, run_id: str | None, why: Why = Why.GIVEN_UP) -> None:
        """End a run and let go of its memory; an unknown id is nothing to worry about."""
        with self._lock:
            self._remove(run_id, Ending(why))
            self._sharing.share_out(self._entries.runs)

    def ending(self, run_id: str) -> Ending | None:
        """Return how a run ended that is gone; None if this server remembers no such run."""
        with self._lock:
            return self._endings.of(run_id)

    def __len__(self) -> int:
        return len(self._entries)

    def n_running(self) -> int:
        """Return how many runs are computing or waiting for their turn; those of one customer count as one."""
        with self._lock:
            return len({run.customer for run in self._entries.runs.values() if run.running})

    def end_all(self) -> None:
        """End every run and the janitor."""
        self._janitor.end()
        for run_id in self._entries.runs:
            self.close(run_id)

    def close_abandoned(self) -> None:
        """End the runs that nobody has looked at for longer than the lease."""
        with self._lock:
            abandoned = self._entries.unseen_since(self._now() - self._lease_s)
        for run_id in abandoned:
            self.close(run_id, Why.ABANDONED)

    def _settle(self) -> bool:
        with self._lock:
            return self._sharing.settle(self._entries.runs)

    def _remove(self, run_id: str | None, ending: Ending) -> Run | None:
        self._sharing.leave(run_id)
        run = self._entries.take_out(run_id)
        if run is not None and run_id is not None:
            run.close()
            self._endings.note(run_id, ending)
            self._janitor.note_an_end()
        return run
