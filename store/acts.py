"""What an owner does with kept runs, one at a time. Whoever only knows the id of one changes nothing."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection

from runs.store_limits import StoreLimits
from store import acting, texts
from store.database import Database
from store.owners import is_id, is_owner
from store.reader import Reader
from store.schema import MAX_NAME, MAX_NOTE, RUN
from store.trouble import WRITING

T = TypeVar("T")
_THERE, _DELETED = RUN.c.deleted.is_(None), RUN.c.deleted.is_not(None)


class Acts(Reader):
    """The half of the store that also changes what is there, without the thread that follows runs."""

    def __init__(self, database: Database, limits: StoreLimits, now: Callable[[], float]) -> None:
        super().__init__(database, limits)
        self._now = now

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """Call a run something else; False, here and below: it is not this owner's, and stays as it is."""
        return self._change(run_id, owner, name=texts.clean(name, MAX_NAME))

    def annotate(self, run_id: str, owner: str, note: str) -> bool:
        """Write a note to a run, in place of the one before."""
        return self._change(run_id, owner, note=texts.clean(note, MAX_NOTE))

    def pin(self, run_id: str, owner: str, pinned: bool) -> bool:
        """Let a run stay longest where there is too little room, or no longer so."""
        return self._change(run_id, owner, pinned=pinned)

    def delete(self, run_id: str, owner: str) -> bool:
        """Let a run not be there any more; it can be had back for an hour."""
        return self._change(run_id, owner, deleted=self._now())

    def undelete(self, run_id: str, owner: str) -> bool:
        """Have a deleted run back."""
        return self._change(run_id, owner, _DELETED, deleted=None)

    def _change(self, run_id: str, owner: str, is_so: ColumnElement[bool] = _THERE, **values: object) -> bool:
        if not (is_id(run_id) and is_owner(owner)):
            return False
        return self._write(False, lambda c: acting.change(c, run_id, owner, is_so, **values))

    def _write(self, otherwise: T, write: Callable[[Connection], T]) -> T:
        done = otherwise
        with self._trouble.noted(WRITING), self._database.writing() as connection:
            done = write(connection)
        if done:
            self._trouble.works(WRITING)
        return done
