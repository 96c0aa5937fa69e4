"""How much of runs is kept beyond a visit, and where: the last part of limits.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runs.limits import FILE, STORE, LimitsError, Lines, check_whole, read_as

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
    return read_as(StoreLimits, file, _own, f" below [{STORE}]")


def _own(lines: Lines) -> Lines:
    part: Any = lines.get(STORE, {})
    if not isinstance(part, dict):
        raise LimitsError(f"[{STORE}] must be a heading of its own, with lines below it.")
    return part
