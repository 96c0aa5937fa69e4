"""Bring a database to the schema of this program; Alembic, which takes memory, is imported only if there is a step."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from store.errors import StoreError
from store.schema import VERSION

FOLDER = Path(__file__).parent / "migrations"
_LOCK = 20_112_611  # of PostgreSQL: two processes that start at once take the steps one after the other


def migrate(connection: Connection, version: str = VERSION, steps: tuple[Path, ...] = (FOLDER / "versions",)) -> None:
    """Take all steps up to a version, in the transaction of the connection: all of them, or none.

    Raises:
        StoreError: the database is of a newer program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if version_of(connection) == version:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, steps)).replace("%", "%%"))
    try:
        command.upgrade(config, version)
    except CommandError:
        raise StoreError(
            "Runs cannot be kept: those that are there were kept by a newer version of this program."
        ) from None


def version_of(connection: Connection) -> str | None:
    """Return the version of the schema of a database; None before the first step."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
