"""A run as it lies in a ZIP file: which parts it has there, how large each may be, and how much is read at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from exports.zip_parts.exact import MAX_CHANGES, MAX_RECORDS
from fcnn import model_file
from runs.kept import Answered, Curves, KeptRun

N_ANSWERS = 10_000
ADVICE = "Choose a .zip file that was downloaded here."
README = "README.txt"
ALWAYS = ("settings.json", "about.json", "history.csv", "changes.csv")
# Bytes of each part, unpacked. A history has about 250 bytes a record in the deepest network.
MOST_BYTES: Mapping[str, int] = MappingProxyType(
    {
        README: 10_000,
        "settings.json": 10_000,
        "about.json": 60_000,
        "history.csv": 500 * MAX_RECORDS,
        "changes.csv": 100 * MAX_CHANGES,
        "networks.npz": model_file.MAX_FILE_BYTES,
        "answers.txt": N_ANSWERS + 1,
    }
)
_OF_RUNS = "|".join(re.escape(name) for name in MOST_BYTES if name != README)
NAMES = re.compile(rf"{re.escape(README)}|run-\d{{4,8}}/({_OF_RUNS})", re.ASCII)


class ZipError(Exception):
    """A file does not hold runs that this app can take in; the message says why and what to do."""


@dataclass(frozen=True)
class ZipLimits:
    """How much is read from a file."""

    n_runs: int = 500
    file_bytes: int = 64_000_000
    unpacked_bytes: int = 128_000_000  # of all parts together, which are held in memory
    n_records: int = 100_000  # of all runs together, which take some 0.5 kB each
    network_bytes: int = 512_000_000  # of all networks as float32, of which one file at a time is in memory


@dataclass(frozen=True)
class ZippedRun:
    """A run with all that is kept of it."""

    kept: KeptRun  # without an id, when it was read: whoever takes it in gives it one, and a number of their own
    curves: Curves
    networks: bytes | None = None  # of its settings' network: what model_file.save() returns, at either precision
    answers: Answered | None = None


def folder_of(number: int) -> str:
    """Return where the run of this number lies."""
    return f"run-{number:04d}"
