"""Where runs are kept: the line of limits.toml, a file or the address of a database, as a URL."""

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreError

ROOT = Path(__file__).parents[1]
DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def url_of(place: str, folder: Path = ROOT) -> URL:
    """Return the URL of a place; $NAMES in it stand for variables of the environment, such as a password.

    A path that is not absolute begins in the folder.

    Raises:
        StoreError: it is neither a file nor a database that this program knows.
    """
    place = os.path.expandvars(place)
    if "://" not in place:
        place = f"sqlite:///{place}"
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):  # of a port that is no number
        raise StoreError("Runs cannot be kept: the place for them in limits.toml is no address.") from None
    if url.drivername not in DRIVERS:
        raise StoreError("Runs cannot be kept: the place for them must be a file or a PostgreSQL database.")
    url = url.set(drivername=DRIVERS[url.drivername])
    if url.drivername != "sqlite":
        return url
    if url.database in (None, "", ":memory:"):
        raise StoreError("Runs cannot be kept: the place for them in limits.toml names no file.")
    return url.set(database=str(folder / str(url.database)))
