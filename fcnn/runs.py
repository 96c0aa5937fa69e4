"""The runs of all visitors of one server, the memory that they share, and the line in front of it.

A run that nobody looks at ends by itself. One for which there is no memory waits, first come, first served.
"""

import secrets
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from fcnn.background import Run
from fcnn.endings import Ending, Endings, Why
from fcnn.limits import Limits
from fcnn.memory import UNLIMITED, Need, Room, need_of
from fcnn.view import View

LEASE_S = float(Limits.unwatched_s)
JANITOR_S = 10.0  # twice that after the lease, all memory of a run has been given back


class Runs:
    """Runs under ids that cannot be guessed, since whoever knows the id may stop the run."""

    def __init__(
        self,
        lease_s: float = LEASE_S,
        now: Callable[[], float] = monotonic,
        room: Room = UNLIMITED,
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        self.room = room
        self._lease_s = lease_s
        self._now = now
        self._tidy = tidy  # called some seconds after runs have ended
        self._to_tidy = False
        self._lock = Lock()  # guards all below
        self._runs: dict[str, tuple[Run, float]] = {}
        self._line: list[str] = []  # the ids of runs that wait for memory
        self._endings = Endings()
        self._over = Event()
        Thread(target=self._end_abandoned, name="janitor", daemon=True).start()

    def add(self, run: Run, instead_of: str | None = None) -> str:
        """Keep a run and return its id; if it waits to be admitted, it is, as soon as there is memory.

        Args:
            run: to be kept.
            instead_of: a run that ends; if the new one needs no more memory, it has it at once.

        Raises:
            ValueError: the run could never begin; the message is for its owner.
        """
        if refusal := self.room.refusal(_need(run)):
            run.close()
            raise ValueError(refusal)
        run_id = secrets.token_urlsafe(12)
        with self._lock:
            waited, before = instead_of in self._line, self._remove(instead_of, Ending(Why.REPLACED, run_id))
            self._runs[run_id] = run, self._now()
            in_place = before is not None and not waited and _need(run).least <= _need(before).least
            self._line.insert(0 if in_place else len(self._line), run_id)
            self._share_out()
        return run_id

    def place_in_line(self, run_id: str | None) -> int:
        """Return how many runs wait for memory up to this one, itself included; 0 if it does not wait."""
        with self._lock:
            return self._line.index(run_id) + 1 if run_id in self._line else 0

    def share_out(self) -> None:
        """Admit who waits and has room, and tell all how much they may keep."""
        with self._lock:
            self._share_out()

    def get(self, run_id: str | None) -> Run | None:
        """Return a run, and note that somebody looked; None if it is unknown or has ended by itself."""
        with self._lock:
            if run_id is None or run_id not in self._runs:
                return None
            run, _ = self._runs[run_id]
            self._runs[run_id] = run, self._now()
            return run

    def close(self, run_id: str | None, why: Why = Why.GIVEN_UP) -> None:
        """End a run and let go of its memory; an unknown id is nothing to worry about."""
        with self._lock:
            self._remove(run_id, Ending(why))
            self._share_out()

    def ending(self, run_id: str) -> Ending | None:
        """Return how a run ended that is gone; None if this server remembers no such run."""
        with self._lock:
            return self._endings.of(run_id)

    def __len__(self) -> int:
        return len(self._runs)

    def n_running(self) -> int:
        """Return how many runs are computing or waiting for their turn."""
        with self._lock:
            runs = [run for run, _ in self._runs.values()]
        return sum(run.running for run in runs)

    def end_all(self) -> None:
        """End every run and the janitor."""
        self._over.set()
        for run_id in list(self._runs):
            self.close(run_id)

    def close_abandoned(self) -> None:
        """End the runs that nobody has looked at for longer than the lease."""
        with self._lock:
            abandoned = [i for i, (_, seen) in self._runs.items() if seen < self._now() - self._lease_s]
        for run_id in abandoned:
            self.close(run_id, Why.ABANDONED)

    def _end_abandoned(self) -> None:
        while not self._over.wait(min(JANITOR_S, self._lease_s / 10)):
            if self._to_tidy:  # ended before the last pause, so that the threads are gone
                self._to_tidy = False
                self._tidy()
            self.close_abandoned()

    def _remove(self, run_id: str | None, ending: Ending) -> Run | None:
        run, _ = self._runs.pop(run_id or "", (None, 0.0))
        if run_id in self._line:
            self._line.remove(run_id)
        if run is not None and run_id is not None:
            run.close()
            self._endings.note(run_id, ending)
            self._to_tidy = True
        return run

    def _share_out(self) -> None:
        inside = {run_id: _need(run) for run_id, (run, _) in self._runs.items() if run_id not in self._line}
        while self._line:
            need = _need(self._runs[self._line[0]][0])
            if not self.room.fits([*inside.values(), need]):
                break
            inside[self._line.pop(0)] = need
        # Before anybody new begins, the others make room.
        for run_id, n_bytes in zip(inside, self.room.kept(list(inside.values())), strict=True):
            self._runs[run_id][0].keep_within(n_bytes)
        for run_id in inside:
            self._runs[run_id][0].admit()


def _need(run: Run) -> Need:
    view: View = run.view()
    return need_of(view.spec, view.config)
