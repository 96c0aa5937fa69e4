"""How much of runs is kept beyond a visit, and where: the last part of limits.toml."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from runs.limits import FILE, STORE, LimitsError, check_whole

_RANGES = {
    "visitor_mb": (10, 1_000_000),
    "server_mb": (10, 100_000_000),
    "visitor_runs": (10, 10_000),
}


@dataclass(frozen=True)
class StoreLimits:
    """What may be kept; limits.toml says what each line means.

    Raises:
        LimitsError: a value is of another kind or out of its range.
    """

    place: str = "data/runs.sqlite3"
    visitor_mb: int = 400
    server_mb: int = 4_000
    visitor_runs: int = 500

    def __post_init__(self) -> None:
        if type(self.place) is not str:
            raise LimitsError(f"place must be text in quotes, got {self.place!r}.")
        check_whole(self, _RANGES)

    @property
    def visitor_bytes(self) -> int:
        """The most that is kept for one visitor."""
        return self.visitor_mb * 1_000_000

    @property
    def server_bytes(self) -> int:
        """The most that is kept for all together."""
        return self.server_mb * 1_000_000


def read(file: Path = FILE) -> StoreLimits:
    """Return what a file says of keeping; without it, or where it says nothing, what is usual.

    Raises:
        LimitsError: the file or a value in it makes no sense.
    """
    try:
        values = tomllib.loads(file.read_text("utf-8")).get(STORE, {})
        if not isinstance(values, dict):
            raise LimitsError(f"[{STORE}] must be a heading of its own, with lines below it.")
        if unknown := sorted(values.keys() - {field.name for field in fields(StoreLimits)}):
            raise LimitsError(f"{', '.join(unknown)} is not known below [{STORE}], only place, {', '.join(_RANGES)}.")
        return StoreLimits(**values)
    except FileNotFoundError:
        return StoreLimits()
    except (OSError, ValueError) as error:  # UnicodeDecodeError, TOMLDecodeError and LimitsError are ValueErrors
        raise LimitsError(f"{file.name}: {error}") from None
