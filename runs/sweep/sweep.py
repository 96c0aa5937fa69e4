"""A sweep: many runs, one after another or some side by side, in a thread of its own. Who looks never waits for it.

It holds figures alone. The networks of a run are let go as soon as it has ended; who wants them takes them in ended().
"""

from dataclasses import replace

from runs.status import Status
from runs.sweep.result import SweepView, UnderWay
from runs.sweep.sweep_thread import SweepThread


class Sweep(SweepThread):
    """The runs of a plan; it begins by itself. A run of it that fails or diverges is a result like others.

    Args:
        settings: of each run: see expand().
        tracks: where they are computed. If the first one is lost, its runs begin anew on the next.
        at_once: how many race side by side, at most; one after another: 1. Elsewhere there may be room for more.
        ended: called with what came of each run and its last view, networks included, before these are let go. It
            is called in the thread of the sweep; if it fails, the log says so.
        lease_s: if nobody looks for longer, it ends, as runs do.
        now: the time in seconds.

    Raises:
        ValueError: there are no runs, too many, or too many at once.
    """

    def look(self) -> SweepView:
        """Return the sweep as it is now, and note that somebody looked: at it, and at those of its runs that go on."""
        with self._lock:
            self._seen = self._now()
            laps, view = dict(self._laps), (self._status, self._settings, self._results)
            note = self._note
        for run_id, lap in laps.items():
            lap.track.look(run_id)
        under_way = (
            UnderWay(lap.settings, run_id, replace(lap.racer.view(), epochs=())) for run_id, lap in laps.items()
        )
        return SweepView(*view, tuple(under_way), note)

    def pause(self) -> None:
        """Begin no more runs, and let those that go on stand still; what is computed elsewhere comes to its end."""
        self._become(Status.PAUSED)

    def resume(self) -> None:
        """Go on after a pause."""
        self._become(Status.RUNNING)

    def stop(self) -> None:
        """Begin no more runs, and end those that go on where they are: what they have learned counts."""
        self._become(Status.STOPPED)

    def close(self) -> None:
        """End it, and its runs with it, without results: nobody needs them any more."""
        with self._lock:
            self._status = Status.CLOSED
        self._wake.set()

    def join(self, seconds: float) -> None:
        """Wait until it has let go of all its runs after its end, but no longer than that."""
        self._thread.join(seconds)
