"""The store: runs that outlive a visit. Anybody who knows the id of one may look; its owner may act."""

import time
from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy import select

from fcnn.epoch import State
from fcnn.model_file import Model
from fcnn.types import Labels
from runs.store_limits import StoreLimits
from store import acting, texts
from store.acts import Acts
from store.answering import Answering, Ask
from store.database import Database
from store.errors import StoreError
from store.followed import Followed, Look
from store.keeper import Keeper
from store.owners import is_id, is_owner
from store.place import url_of
from store.schema import MAX_SWEEP, RUN
from store.taking_in import Brought, prepare, take_in
from store.writer import Writer


class Store(Acts):
    """Opens a database, brings it to this program's schema, and marks what a server that died left behind.

    Args:
        url: a file or the address of a database, as limits.toml has it.
        limits: how much may be kept.
        answer: asks a network about the test set, of which test_labels are the true digits.
        test_labels: (10_000,)
        now: the time in seconds since 1970.

    Raises:
        StoreError: nothing can be kept there; the message is a sentence for the page.
    """

    def __init__(
        self, url: str, limits: StoreLimits, answer: Ask, test_labels: Labels, now: Callable[[], float] = time.time
    ) -> None:
        super().__init__(Database(url_of(url)), limits, now)
        self._answering = Answering(self._database, answer, test_labels)
        self._keeper = Keeper(self._database, limits, self._answering, self._trouble, now)
        try:
            self._keeper.begin()
        except StoreError:
            self._database.close()
            raise
        self._writer = Writer(self._keeper)

    def follow(
        self, run_id: str, owner: str, look: Look, *, created: float, sweep: str = ""
    ) -> Callable[[State], None]:
        """Keep a run from now on, and return what it is to call with its states, which costs it nothing.

        It appears in its owner's list once it has begun to learn. One that goes on from state() keeps its id: what was
        there before that state stays. look() returns the run with its networks, or None before it is there; the writer
        calls it twice a second, so that it must not count as a visit.

        Raises:
            ValueError: the id or the owner is none.
        """
        _check(run_id, owner)
        run = Followed(run_id, owner, look, created, texts.clean(sweep, MAX_SWEEP))
        self._writer.follow(run)
        return run.states.append

    def unfollow(self, run_id: str) -> None:
        """Write a run as it is now, soon, and let go of it. It stays kept; if it was under way, as interrupted."""
        self._writer.leave(run_id)

    def add_model(self, run_id: str, owner: str, model: Model, name: str) -> None:
        """Add an uploaded model to its owner's list, once: a run without history. ValueErrors as follow()."""
        _check(run_id, owner)
        visitor_bytes = self._limits.visitor_bytes
        add = partial(acting.add_model, created=self._now(), visitor_bytes=visitor_bytes)
        self._write(False, lambda c: add(c, run_id, owner, model, name))
        self._note(owner)

    def take_in(self, owner: str, runs: Iterable[Brought]) -> tuple[str, ...]:
        """Add runs that come from elsewhere to an owner's list, all or none of them, and return their new ids.

        Raises:
            NoRoomError: the owner would keep more than the limits allow.
            ValueError: the owner is none.
        """
        _check("-", owner)
        nothing: tuple[str, ...] = ()
        prepared = [prepare(owner, run, self._limits, self._now()) for run in runs]
        ids = self._write(nothing, lambda c: take_in(c, owner, prepared, self._limits))
        self._note(owner)
        return ids

    def _note(self, owner: str) -> None:
        """Note that an owner has more than before, and that there may be networks to ask."""
        self._keeper.note_owner(owner)
        self._answering.look = True

    def flush(self) -> None:
        """Write now what is new, and wait until it is written, or was tried."""
        self._writer.flush()

    def close(self) -> None:
        """Write everything for the last time; runs that are under way are interrupted."""
        self._writer.close()
        self._keeper.presence.let_go()
        self._database.close()

    def is_owner(self, run_id: str, owner: str) -> bool:
        """Return whether a run is this owner's, even if it was deleted or is not written yet."""
        if run := self._writer.followed(run_id):
            return run.owner == owner
        theirs = select(RUN.c.id).where(RUN.c.id == run_id, RUN.c.owner == owner)
        return self._look(False, run_id, lambda c: c.execute(theirs).first() is not None)

    def forget_all(self, owner: str) -> int:
        """Delete everything of an owner for good, and return how many runs that were; what still runs is let go."""
        if not is_owner(owner):
            return 0
        with self._writer.forgetting(owner):
            return self._write(0, lambda c: acting.forget(c, owner))


def _check(run_id: str, owner: str) -> None:
    if not (is_id(run_id) and is_owner(owner)):
        raise ValueError("a run needs an id, and the hash of a token as its owner")
