"""Where the runs of a sweep are computed: here, in the turns that all visitors share, or elsewhere."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from fcnn.config import Settings
from runs.endings import Why
from runs.registry import Runs
from runs.run import Run
from runs.ticket import Customer
from runs.view import RunView


class TrackLostError(Exception):
    """Nothing can be computed there, or no longer; the message is for the owner of the sweep."""


class Racer(Protocol):
    """A run, wherever it is computed: a Run is one."""

    def view(self) -> RunView:
        """Return the run as it is now; the status INTERRUPTED says that it is to begin anew, on another track."""

    def resume(self) -> None:
        """Begin, or go on."""

    def pause(self) -> None:
        """Stop computing for now, where that is possible."""

    def stop(self) -> None:
        """End here, with what it has learned."""


class Begun(NamedTuple):
    """A run that was made."""

    run_id: str
    racer: Racer


class Track(Protocol):
    """Where runs are computed. Only the thread of the sweep calls it."""

    def at_once(self, wanted: int) -> int:
        """Return how many runs may be there at once; TrackLostError."""

    def begin(self, settings: Settings) -> Begun:
        """Make a run; TrackLostError, and whatever else keeps this one run from being made."""

    def look(self, run_id: str) -> None:
        """Note that somebody still wants this run."""

    def end(self, run_id: str) -> None:
        """Let go of a run and its memory."""


class Lap(NamedTuple):
    """A run that goes on."""

    settings: Settings
    racer: Racer
    track: Track


class Here:
    """Runs of this server, in the one account of memory; all of them together are one customer.

    Args:
        runs: the runs of all visitors.
        make: makes a run for the customer that it is given, adds it to runs under its owner, and returns its id.
    """

    def __init__(self, runs: Runs, make: Callable[[Settings, Customer], str]) -> None:
        self._runs, self._make, self._customer = runs, make, Customer()
        self._here: dict[str, Run] = {}

    def at_once(self, wanted: int) -> int:
        """Return as many as are wanted, but none more while one waits for memory: one sweep has one place in line."""
        n_waiting = sum(run.view().waiting for run in self._here.values())
        return len(self._here) if n_waiting else wanted

    def begin(self, settings: Settings) -> Begun:
        """Make a run; RunRefusedError, if this server could never hold it."""
        run_id = self._make(settings, self._customer)
        run = self._runs.get(run_id)
        if run is None:
            raise RuntimeError("The run was gone before it began.")
        self._here[run_id] = run
        return Begun(run_id, run)

    def look(self, run_id: str) -> None:
        """Keep a run from ending since nobody looks at it."""
        self._runs.get(run_id)

    def end(self, run_id: str) -> None:
        """Close a run."""
        del self._here[run_id]
        self._runs.close(run_id, Why.DONE)
