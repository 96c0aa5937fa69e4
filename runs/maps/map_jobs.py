"""The maps by t-SNE of all visitors of one server: made one at a time, first come, first served, and kept."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from fcnn.inside.maps import N_POINTS
from fcnn.inside.projection import fit
from fcnn.pixels import Pixels
from fcnn.types import Array
from runs.maps.making import Making, Process, is_installed
from runs.maps.map_job import MapJob, MapView
from runs.maps.map_thread import PROCESS_BYTES, MapThread
from runs.registry import LEASE_S, Runs
from runs.status import Status

FEWEST_POINTS = 10
N_COMPONENTS = 50  # that a map is made from: it takes less time, and neighbours agree a little better
MOST_WAITING = 8
MOST_KEPT = 64  # maps that have ended, of 16 kB each
NOT_INSTALLED = "This server has no t-SNE: whoever runs it can install openTSNE. PCA shows the same digits."
BUSY = "This server is busy with the maps of others. Please try again in a minute."
TOO_SMALL = "This server has not enough memory for t-SNE. PCA shows the same digits."
NO_NUMBERS = "There is no map of this network: its numbers grew beyond all bounds."
ALL_ALIKE = "There is no map of this layer: it makes the same of every digit."


class MapRefusedError(Exception):
    """A map cannot be made; the message is for who asked."""


class MapJobs(MapThread):
    """Maps under keys that name what is on them; each is made for all who want it."""

    def __init__(
        self, runs: Runs, begin: Callable[[Array], Making] = Process, *, installed: Callable[[], bool] = is_installed,
        lease_s: float = LEASE_S, now: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        super().__init__(runs, begin, lease_s=lease_s, now=now)
        self._installed = installed

    def begin(self, key: str, values: Pixels, owner: str) -> None:
        """Ask for the map of values (N, D); one that is there, or under way, is shared.

        Raises:
            MapRefusedError: it cannot be made here, or not now.
            ValueError: there are more points than a map has, or too few.
        """
        if not FEWEST_POINTS <= len(values) <= N_POINTS:
            raise ValueError(f"a map has {FEWEST_POINTS} to {N_POINTS:,} points, got {len(values)}")
        with self._lock:
            if self._join(key, owner):
                return
            n_waiting = sum(job.view.status is Status.WAITING for job in self._jobs.values())
        self._check(n_waiting)
        components = _components(values)
        with self._lock:
            if not self._join(key, owner):  # nobody else has asked meanwhile
                self._jobs.pop(key, None)
                self._jobs[key] = MapJob(components, wanted={owner: self._now()})
                self._forget()
                self._see_to_it()

    def look(self, key: str, owner: str) -> MapView | None:
        """Return a map as it is now, and note that its owner looked; None if nobody asked for it, or long ago."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                return None
            if owner in job.wanted:
                job.wanted[owner] = self._now()
            under_way = [other for other in self._jobs.values() if other.view.status.under_way]
            return replace(job.view, n_before=under_way.index(job) if job.view.status is Status.WAITING else 0)

    def stop(self, key: str, owner: str) -> None:
        """Want a map no longer; it goes on if others want it."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.wanted.pop(owner, None) is None or job.wanted:
                return
        self._end([job])

    def end_all(self) -> None:
        """End what is being made, and forget all maps."""
        with self._lock:
            jobs = list(self._jobs.values())
            self._jobs.clear()
        self._end(jobs)

    def _end(self, jobs: list[MapJob]) -> None:
        with self._lock:
            makings = [job.making for job in jobs if job.making]
            for job in jobs:
                job.become(Status.STOPPED)
        self._wake.set()
        for making in makings:
            making.end()

    def _join(self, key: str, owner: str) -> bool:
        """Want a map that is there or under way, if it is; with the lock held."""
        job = self._jobs.get(key)
        if job is None or job.view.status in (Status.STOPPED, Status.FAILED):
            return False
        job.wanted[owner] = self._now()
        return True

    def _check(self, n_waiting: int) -> None:
        if not self._installed():
            raise MapRefusedError(NOT_INSTALLED)
        if self._runs.budget.n_bytes < PROCESS_BYTES:
            raise MapRefusedError(TOO_SMALL)
        if n_waiting >= MOST_WAITING:
            raise MapRefusedError(BUSY)

    def _forget(self) -> None:
        """Let go of the oldest maps that have ended, beyond those that are kept."""
        ended = [key for key, job in self._jobs.items() if not job.view.status.under_way]
        for key in ended[: max(0, len(ended) - MOST_KEPT)]:
            del self._jobs[key]


def _components(values: Pixels) -> Array:
    """Return the first principal components of values, in which their distances are nearly the same."""
    projection = fit(values, min(N_COMPONENTS, max(2, values.shape[1])))
    if projection is None:
        raise MapRefusedError(NO_NUMBERS)
    if not projection.shares[0] > 0:
        raise MapRefusedError(ALL_ALIKE)
    return projection.project(values)
