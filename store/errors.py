"""What keeps the store from keeping, as a sentence for the page. It says nothing of places, users or passwords."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

FULL = "The disk is full"
NOT_WRITABLE = "The disk cannot be written to"
NOT_A_STORE = "The file for runs is not one that this program can read"
NO_ANSWER = "The place where runs are kept does not answer"

_OF_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_PERM: NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: NOT_WRITABLE,
    sqlite3.SQLITE_CORRUPT: NOT_A_STORE,
    sqlite3.SQLITE_NOTADB: NOT_A_STORE,
}
_OF_POSTGRESQL = {"53100": FULL, "25006": NOT_WRITABLE, "42501": NOT_WRITABLE}
_OF_THE_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL}


class StoreError(Exception):
    """Nothing can be kept on this server; the message is a sentence for the page."""


class NoRoomError(Exception):
    """What was brought is more than its owner may keep; the message is a sentence for the page."""


class NotTheirsError(Exception):
    """A run is kept under its id for another owner."""


def reason(error: BaseException) -> str:
    """Return why something could not be kept or read, as the first half of a sentence."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # The upper bits only say more precisely what happened.
        return _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, NO_ANSWER)
    if isinstance(cause, OSError):
        return _OF_THE_SYSTEM.get(cause.errno or 0, NOT_WRITABLE)
    return _OF_POSTGRESQL.get(getattr(cause, "sqlstate", None) or "", NO_ANSWER)


def cannot_keep(error: BaseException) -> StoreError:
    """Return what to say where a database cannot be used at all."""
    return StoreError(f"{reason(error)}, so that runs are not kept beyond a visit.")
