"""The one thread that writes what followed runs are: the newest state of each wins, and no run ever waits for it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Lock, Thread
from time import monotonic

from store.followed import Followed
from store.keeper import Keeper

LOOK_S = 0.5  # between two looks at all runs: one that has ended is written as soon as that


class Writer:
    """Follows runs, and has them written until they are let go."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._at_work = Lock()  # see __init__.py
        self._changed = Condition()  # guards what follows; the last to be taken
        self._followed: dict[str, Followed] = {}
        self._asked = self._done = 0  # passes in which everything was, or is, to be written
        self._over = False
        self._thread = Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    def follow(self, run: Followed) -> None:
        """Write a run from now on."""
        with self._changed:
            self._followed[run.id] = run

    def followed(self, run_id: str) -> Followed | None:
        """Return a run that is being written."""
        with self._changed:
            return self._followed.get(run_id)

    def leave(self, run_id: str) -> None:
        """Look at a run for the last time; it is written as it is now, soon."""
        if run := self.followed(run_id):
            run.leave(monotonic(), run.seen())

    @contextmanager
    def forgetting(self, owner: str) -> Iterator[None]:
        """Let go of an owner's runs, and write none while what they have left is deleted."""
        with self._at_work:
            with self._changed:
                self._followed = {run_id: run for run_id, run in self._followed.items() if run.owner != owner}
            yield

    def flush(self) -> None:
        """Wait until everything is written that there is now, or was tried."""
        with self._changed:
            self._asked += 1
            mine = self._asked
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._done >= mine or self._over)

    def close(self) -> None:
        """Write everything for the last time, and end."""
        with self._changed:
            ids = tuple(self._followed)
        for run_id in ids:
            self.leave(run_id)
        self.flush()
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while not self._over:
            with self._changed:
                asked = self._asked
            more = False
            try:
                more = self._pass(everything=asked > self._done)
            except Exception:  # a mistake in this program must not end the keeping of all runs
                logging.getLogger(__name__).exception("Runs could not be kept")
            with self._changed:
                self._done = asked
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._asked > self._done or self._over, 0 if more else LOOK_S)

    def _pass(self, *, everything: bool) -> bool:
        """Write what is due; return whether there is more to do at once: runs are looked at between two answers."""
        with self._changed:
            runs = tuple(self._followed.values())
        for run in runs:
            with self._at_work:
                if self.followed(run.id) is run and not self._keeper.keep(run, everything=everything):
                    with self._changed:
                        self._followed.pop(run.id, None)
        self._keeper.tidy(everything=everything)
        return self._keeper.answer(everything=everything)
