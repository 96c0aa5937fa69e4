"""The runs of all visitors of one server, and the rule that a run nobody looks at ends by itself."""

import secrets
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from fcnn.background import Run

# Browsers slow the timers of a hidden tab down to one a minute, so a shorter lease would end runs that have an owner.
LEASE_S = 150.0


class Runs:
    """Runs under ids that cannot be guessed, since whoever knows the id may stop the run."""

    def __init__(self, lease_s: float = LEASE_S, now: Callable[[], float] = monotonic) -> None:
        self._lease_s = lease_s
        self._now = now
        self._lock = Lock()  # guards _runs
        self._runs: dict[str, tuple[Run, float]] = {}
        self._over = Event()
        Thread(target=self._end_abandoned, name="janitor", daemon=True).start()

    def add(self, run: Run) -> str:
        """Keep a run and return its id."""
        run_id = secrets.token_urlsafe(12)
        with self._lock:
            self._runs[run_id] = run, self._now()
        return run_id

    def get(self, run_id: str | None) -> Run | None:
        """Return a run, and note that somebody looked; None if it is unknown or has ended by itself."""
        with self._lock:
            if run_id is None or run_id not in self._runs:
                return None
            run, _ = self._runs[run_id]
            self._runs[run_id] = run, self._now()
            return run

    def close(self, run_id: str | None) -> None:
        """End a run and let go of its memory; an unknown id is nothing to worry about."""
        with self._lock:
            run, _ = self._runs.pop(run_id or "", (None, 0.0))
        if run is not None:
            run.close()

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
            oldest = self._now() - self._lease_s
            abandoned = [run_id for run_id, (_, seen) in self._runs.items() if seen < oldest]
        for run_id in abandoned:
            self.close(run_id)

    def _end_abandoned(self) -> None:
        while not self._over.wait(self._lease_s / 10):
            self.close_abandoned()
