"""Which processes live that follow runs in one database: the runs of those that ended are interrupted.

On PostgreSQL each holds an advisory lock of its own, which ends with its connection, however it ends: there is no clock
to compare, and nothing to wait for after kill -9. Where the connection breaks and the process lives, it takes the lock
anew, and what others have marked meanwhile is as it was with the next write. A file of SQLite belongs to one server:
when it is opened, whoever had it before is gone.
"""

import secrets

from sqlalchemy import Connection, text, update
from sqlalchemy.exc import SQLAlchemyError

from runs.status import Status
from store.database import Database
from store.schema import RUN

UNDER_WAY = tuple(status.value for status in Status if status.under_way)
_ROOM = 2_011_0  # of the keys of our locks, beside those of other programs
_TAKE = text("SELECT pg_try_advisory_lock(:room, :key)")
_LIVING = text(
    "SELECT CAST(objid AS bigint) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
    f"AND CAST(classid AS bigint) = {_ROOM} "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Presence:
    """This process, as others see it."""

    def __init__(self, database: Database) -> None:
        self.key = secrets.randbits(31)
        self._database = database
        self._connection: Connection | None = None

    def hold(self) -> None:
        """Be seen; to be called now and then, since a connection may break."""
        if self._database.is_sqlite:
            return
        try:
            self._lock()
        except SQLAlchemyError:
            self.let_go()
            self._lock()

    def let_go(self) -> None:
        """Be gone."""
        if self._connection is not None:
            self._connection.invalidate()  # the lock is the connection's: it must not go back to the pool
            self._connection.close()
            self._connection = None

    def _lock(self) -> None:  # once more changes nothing, where this process has it
        self._connection = self._connection or self._database.connect()
        self._connection.execute(_TAKE, {"room": _ROOM, "key": self.key})

    def interrupt_orphans(self) -> None:
        """Mark the runs under way that no living process follows."""
        with self._database.writing() as connection:
            living = {self.key}
            if not self._database.is_sqlite:
                living |= set(connection.execute(_LIVING).scalars())
            orphans = RUN.c.status.in_(UNDER_WAY) & RUN.c.process.not_in(living)
            connection.execute(update(RUN).where(orphans).values(status=Status.INTERRUPTED.value))
