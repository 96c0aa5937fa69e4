"""The database: transactions to read and to write in, alike for SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from store.errors import StoreError, cannot_keep
from store.migrate import migrate

BUSY_MS = 10_000
PAGES_AT_ONCE = 5_000  # of 4 kB, that a file shrinks by in one step
# auto_vacuum has to come first: it is decided when the file is made. WAL: who reads does not wait for who writes.
# NORMAL: what was committed survives the end of this program in any way; a power cut may take the last transactions.
_PRAGMAS = (f"busy_timeout={BUSY_MS}", "auto_vacuum=INCREMENTAL", "journal_mode=WAL", "synchronous=NORMAL")


class Database:
    """One database, opened and brought to the schema of this program.

    Raises:
        StoreError: it cannot be opened, or is none of this program.
    """

    def __init__(self, url: URL) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._url = url
        try:
            if self.is_sqlite:
                Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
            with self.migrating() as connection:
                migrate(connection)
            self._writer, self._reader = _engines(url)
        except ModuleNotFoundError as error:
            raise StoreError(f"Runs cannot be kept: {error.name} is not installed.") from error
        except (SQLAlchemyError, OSError) as error:
            raise cannot_keep(error) from error

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Give a transaction in which tables may be made anew.

        SQLite changes a column by dropping its table: with foreign keys watched, what belongs to its rows would go too.
        """
        engine = _sqlite(self._url, "BEGIN IMMEDIATE") if self.is_sqlite else _postgresql(self._url)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that nobody else writes in: what it reads stays so until it is committed, at its end."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees the database as it is at one moment."""
        with self._reader.begin() as connection:
            yield connection

    def connect(self) -> Connection:
        """Return a connection of the caller's own, to be closed; each of its statements is a transaction."""
        return self._reader.connect().execution_options(isolation_level="AUTOCOMMIT")

    def shrink(self) -> None:
        """Give some of the room that deleted rows have left back to the disk; PostgreSQL does that by itself."""
        if self.is_sqlite:
            with self._writer.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                raw.execute(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})").fetchall()

    def close(self) -> None:
        """Close all connections."""
        self._writer.dispose()
        self._reader.dispose()


def _engines(url: URL) -> tuple[Engine, Engine]:
    if url.get_backend_name() == "sqlite":
        watched = "foreign_keys=ON"
        return _sqlite(url, "BEGIN IMMEDIATE", watched), _sqlite(url, "BEGIN", watched, "query_only=ON")
    engine = _postgresql(url)
    return engine, engine


def _postgresql(url: URL) -> Engine:
    # A connection that broke meanwhile is replaced before it is used.
    timeouts = {"connect_timeout": 5, "options": "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"}
    return create_engine(url, pool_pre_ping=True, connect_args=timeouts)


def _sqlite(url: URL, begin: str, *pragmas: str) -> Engine:
    """Return an engine whose transactions begin in a way: Python's own would let a SELECT come before it."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def set_up(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None
        for line in (*_PRAGMAS, *pragmas):
            dbapi.execute(f"PRAGMA {line}")

    @event.listens_for(engine, "begin")
    def begin_so(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
