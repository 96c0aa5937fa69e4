"""The server's end of the process that makes a map: begin it, hear from it, end it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from fcnn.types import Array
from runs.maps.messages import Moment, receive_moment, send_values

ROOT = Path(__file__).parents[2]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Making(Protocol):
    """A map that is being made."""

    def moments(self) -> Iterator[Moment]:
        """Yield how far it is, until it is ready or the process ended; the caller asks to the end."""

    def end(self) -> None:
        """End it, from whatever thread; what has ended may be ended again."""


def is_installed() -> bool:
    """Return whether openTSNE is there, without loading it."""
    return find_spec("openTSNE") is not None


class Process:
    """A process that makes the map of values (N, D), its principal components first."""

    def __init__(self, values: Array) -> None:
        self._values = values
        self._process = subprocess.Popen(
            [sys.executable, "-m", "runs.maps.child"],
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),  # of Windows; elsewhere see child.py
        )

    @property
    def pid(self) -> int:
        """The number that the system gives the process."""
        return self._process.pid

    def moments(self) -> Iterator[Moment]:
        """See Making."""
        to_it, from_it = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        try:
            with to_it:
                send_values(to_it, self._values)  # it listens once it has loaded what it needs
        except OSError:  # it was ended meanwhile, or cannot begin
            pass
        with from_it:
            while (moment := receive_moment(from_it, len(self._values))) is not None:
                yield moment
        self._process.wait()

    def end(self) -> None:
        """See Making."""
        self._process.kill()
