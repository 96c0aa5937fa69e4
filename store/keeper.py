"""What the writer does in one pass: write a run, tidy up, ask a network about the test set."""

import logging
from collections import deque
from collections.abc import Callable
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from runs.status import Status
from runs.store_limits import StoreLimits
from runs.view import RunView
from store.answering import Answering
from store.database import Database
from store.errors import NotTheirsError, cannot_keep
from store.followed import AGAIN_S, GIVE_UP_S, Followed, Stored, has_begun
from store.presence import Presence
from store.room import make_room, purge
from store.trouble import WRITING, Trouble
from store.write import Writing, write

TIDY_S = 10.0
_OVER = (Status.CLOSED, Status.FAILED)


class Keeper:
    """The hands of the writer, for its thread alone."""

    def __init__(
        self, database: Database, limits: StoreLimits, answering: Answering, trouble: Trouble, now: Callable[[], float]
    ) -> None:
        self._database, self._limits, self._answering = database, limits, answering
        self._trouble, self._now = trouble, now
        self.presence = Presence(database)
        self._owners: deque[str] = deque()  # who has more than when room was made last
        self._tidied_at = self._answer_at = float("-inf")

    def begin(self) -> None:
        """Be seen by other processes, and mark the runs that a server left behind.

        Raises:
            StoreError: the database cannot be written to.
        """
        try:
            self.presence.hold()
            self.presence.interrupt_orphans()
        except SQLAlchemyError as error:
            raise cannot_keep(error) from error

    def keep(self, run: Followed, *, everything: bool) -> bool:
        """Write a run if it is time; return whether it is still to be followed. It never fails."""
        try:
            return self._keep(run, everything=everything)
        except NotTheirsError:
            return False
        except Exception:  # a mistake in this program must not end the thread that writes all other runs
            logging.getLogger(__name__).exception("A run cannot be kept")
            return False

    def tidy(self, *, everything: bool) -> None:
        """Delete what is too much, and what was deleted an hour ago; mark the runs of processes that have ended."""
        if not everything and monotonic() < self._tidied_at + TIDY_S:
            return
        self._tidied_at = monotonic()
        owners = {self._owners.popleft() for _ in range(len(self._owners))}
        with self._trouble.noted(WRITING):
            self.presence.hold()
            self.presence.interrupt_orphans()
            with self._database.writing() as connection:
                purged = purge(connection, self._now())
                made = make_room(connection, self._limits, sorted(owners))
            owners.clear()
            if purged or made:
                self._database.shrink()
        self._owners.extend(owners)  # for whom it could not be done

    def answer(self, *, everything: bool) -> bool:
        """Ask one network about the test set, or all that are to be asked; return whether there may be more."""
        if not everything and monotonic() < self._answer_at:
            return False
        self._answer_at = monotonic() + AGAIN_S  # if what it says cannot be written
        more = False
        with self._trouble.noted(WRITING):
            more = self._answering.one()
            while more and everything:
                more = self._answering.one()
            self._answer_at = float("-inf")
        return more

    def note_owner(self, owner: str) -> None:
        """Remember that an owner has more than before."""
        self._owners.append(owner)

    def _keep(self, run: Followed, *, everything: bool) -> bool:
        view, now = run.seen(), monotonic()
        if view is None:
            return not run.is_left
        if view.status in _OVER:
            run.leave(now, view)
        if not has_begun(view):
            return not run.is_left
        if run.is_due(view, now, everything=everything) and not self._write(run, view, now):
            return False
        return not run.is_left or (run.has_news(view) and now < (run.left_at or now) + GIVE_UP_S)

    def _write(self, run: Followed, view: RunView, now: float) -> bool:
        """Write what is new, or note that it could not be written; return whether the run is there."""
        run.tried_at = now
        state, was = run.take_state(), run.stored
        written: Stored | None = None
        done = False
        with self._trouble.noted(WRITING):
            with self._database.writing() as connection:
                written = write(connection, Writing(run, view, state, self.presence.key, self._limits))
            done = True
            self._trouble.works(WRITING)
        if not done:
            run.give_back(state, now)
            return True
        if written is None:
            return False
        run.stored, run.again_at = written, now
        self._owners.append(run.owner)
        if written.answered is not None and (was is None or was.answered != written.answered):
            final = next((epoch for epoch in view.epochs if epoch.number == written.answered), None)
            self._answering.note(run.id, view.spec, final)
        return True
