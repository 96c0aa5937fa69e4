"""What a server may use: an administrator sets it in limits.toml."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

FILE = Path(__file__).parents[1] / "limits.toml"
STORE = "store"  # the part of it that store_limits.py reads
CGROUP = Path("/sys/fs/cgroup")
MIN_RUNS_MB = 20  # less than that holds no run
_RANGES = {
    "memory_mb": (100, 10_000_000),
    "program_mb": (50, 10_000_000),
    "kept_mb": (1, 1_000_000),
    "cores": (0, 10_000),
    "threads_alone": (0, 10_000),
    "unwatched_s": (70, 1_000_000),  # hidden tabs ask once a minute
}
_ADDRESS = re.compile(r"|(tcp|tls|ucx|wss?)://\S+:[0-9]+", re.ASCII)

Lines = Mapping[str, Any]
T = TypeVar("T")


class LimitsError(ValueError):
    """The limits make no sense; the message says which one and what it may be."""


def check_whole(limits: object, ranges: Mapping[str, tuple[int, int]]) -> None:
    """Compare some limits with their ranges, ends included.

    Raises:
        LimitsError: one is no whole number, or out of its range.
    """
    for name, (low, high) in ranges.items():
        value = getattr(limits, name)
        if type(value) is not int or not low <= value <= high:
            raise LimitsError(f"{name} must be a whole number from {low:,} to {high:,}, got {value!r}.")


@dataclass(frozen=True)
class Limits:
    """The limits of one server; limits.toml says what each means.

    Raises:
        LimitsError: a value is no whole number, is out of its range, or leaves no memory for runs.
    """

    memory_mb: int = 690
    program_mb: int = 340
    kept_mb: int = 64
    cores: int = 0
    threads_alone: int = 0
    unwatched_s: int = 150
    cluster: str = ""

    def __post_init__(self) -> None:
        check_whole(self, _RANGES)
        if type(self.cluster) is not str or not _ADDRESS.fullmatch(self.cluster):
            raise LimitsError(f'cluster must be an address such as "tcp://host:8786", or "", got {self.cluster!r}.')
        if self.memory_mb < self.program_mb + MIN_RUNS_MB:
            raise LimitsError(
                f"memory_mb must be at least {MIN_RUNS_MB} more than program_mb ({self.program_mb}), "
                f"got {self.memory_mb}: the difference is for runs."
            )

    @property
    def runs_bytes(self) -> int:
        """The memory for all runs together, in bytes."""
        return (self.memory_mb - self.program_mb) * 1_000_000

    @property
    def n_turns(self) -> int:
        """How many runs may compute at once."""
        return self.cores or available_cores()


def read(file: Path = FILE) -> Limits:
    """Return the limits that a file sets; without the file, the usual ones.

    Raises:
        LimitsError: the file or a value in it makes no sense.
    """
    return read_as(Limits, file, lambda lines: {name: value for name, value in lines.items() if name != STORE})


def read_as(kind: type[T], file: Path, own: Callable[[Lines], Lines], where: str = "") -> T:
    """Return the limits that some lines of a file set; without the file, the usual ones.

    Args:
        kind: a dataclass of limits with a usual value for each, that checks itself.
        file: TOML.
        own: takes from all lines of the file those that are for this kind.
        where: where these stand in the file, for a sentence.

    Raises:
        LimitsError: the file or a value in it makes no sense.
    """
    try:
        values = own(tomllib.loads(file.read_text("utf-8")))
        known = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        if unknown := sorted(values.keys() - set(known)):
            raise LimitsError(f"{', '.join(unknown)} is not known{where}, only {', '.join(known)}.")
        return kind(**values)
    except FileNotFoundError:
        return kind()
    except (OSError, ValueError) as error:  # UnicodeDecodeError, TOMLDecodeError and LimitsError are ValueErrors
        raise LimitsError(f"{file.name}: {error}") from None


def available_cores(cgroup: Path = CGROUP) -> int:
    """Return how many cores this process may use: those it is bound to, or the share that its container gives."""
    # macOS and Windows bind no process to cores.
    n_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(n_cores, _container_cores(cgroup) or n_cores))


def _container_cores(cgroup: Path) -> int | None:
    """Return the limit that Docker and the like set, rounded up; None if there is none."""
    try:
        quota, period = (cgroup / "cpu.max").read_text().split()
        return ceil(int(quota) / int(period))
    except (OSError, ValueError):  # no such file, or the word 'max': no limit
        return None
