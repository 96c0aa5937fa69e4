"""What the thread does that makes the maps of a server, one after the other; it is there as long as there are some."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from fcnn.types import Array
from runs.maps.making import Making, Process
from runs.maps.map_job import MapJob
from runs.registry import LEASE_S, Runs
from runs.status import Status

PROCESS_BYTES = 165_000_000  # of the process that makes a map of 2,000 points: 150 were measured
HELD = "a map that is being made"
LOOK_S = 1.0  # how soon it notices that there is memory
NO_MEMORY = "It begins by itself as soon as this server has memory for it."
FAILED = "This map could not be made, by an error of the program."


class MapThread:
    """What MapJobs do: see there."""

    def __init__(
        self, runs: Runs, begin: Callable[[Array], Making] = Process, *,
        lease_s: float = LEASE_S, now: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        self._runs, self._begin, self._lease_s, self._now = runs, begin, lease_s, now
        self._lock = Lock()  # guards all below; nothing else is done while it is held
        self._jobs: dict[str, MapJob] = {}  # by their keys, the oldest first
        self._at_work = False  # whether the thread is there
        self._wake = Event()  # there may be something to do before the next look is due

    def _see_to_it(self) -> None:
        """Begin the thread, if it is not there; with the lock held."""
        if not self._at_work:
            self._at_work = True
            Thread(target=self._work, name="maps", daemon=True).start()

    def _work(self) -> None:  # the whole life of the thread
        while (job := self._next()) is not None:
            try:
                if self._wait_for_memory(job):
                    try:
                        self._make(job)
                    finally:
                        self._runs.let_go(HELD)
            except Exception:  # whatever breaks in here must reach the page as a sentence
                logging.getLogger(__name__).exception("A map has failed")
                with self._lock:
                    job.become(Status.FAILED, FAILED)

    def _next(self) -> MapJob | None:
        with self._lock:
            waiting = (job for job in self._jobs.values() if job.view.status is Status.WAITING)
            job = next(waiting, None)
            self._at_work = job is not None
            return job

    def _wait_for_memory(self, job: MapJob) -> bool:
        """Hold the memory of a process; False if the map is not wanted any more, and nothing is held."""
        while self._is_wanted(job):
            if self._runs.hold(HELD, PROCESS_BYTES):
                return True
            with self._lock:
                job.become(job.view.status, NO_MEMORY)
            self._wake.wait(LOOK_S)
            self._wake.clear()
        return False

    def _make(self, job: MapJob) -> None:
        with self._lock:
            values = job.values
        if values is None:  # stopped just now
            return
        making = self._begin(values)
        with self._lock:
            job.become(Status.RUNNING)
            if running := job.view.status is Status.RUNNING:
                job.making = making
        if not running:  # it was stopped meanwhile
            making.end()
        for moment in making.moments():
            with self._lock:
                job.note_moment(moment)
            if not self._is_wanted(job):
                making.end()
        with self._lock:
            ready = job.view.share_done == 1
            job.become(Status.FINISHED if ready else Status.FAILED, "" if ready else FAILED)

    def _is_wanted(self, job: MapJob) -> bool:
        """Return whether a map is under way, and stop it if nobody has looked for too long."""
        with self._lock:
            if not job.is_wanted(self._now() - self._lease_s):
                job.become(Status.STOPPED)
            return job.view.status.under_way
