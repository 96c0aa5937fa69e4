"""The life of a sweep's thread: it begins runs, notices which have ended, and tells them what the sweep was told."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from time import monotonic

from fcnn.config import Settings
from runs.memory import RunRefusedError
from runs.registry import LEASE_S
from runs.status import Status
from runs.sweep.plan import MOST_RUNS
from runs.sweep.result import Result, result_of
from runs.sweep.tracks import Lap, Track, TrackLostError
from runs.view import RunView

MOST_AT_ONCE = 8
STEP_S = 0.1  # how soon it notices that a run has ended; a turn is as long
GOES_ON = (Status.RUNNING, Status.PAUSED)
Ended = Callable[[Result, RunView], None]


class SweepThread:
    """What a sweep does: see Sweep."""

    def __init__(
        self, settings: Sequence[Settings], tracks: Sequence[Track], *, at_once: int = 1,
        ended: Ended = lambda *_: None, lease_s: float = LEASE_S, now: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        if not 1 <= len(settings) <= MOST_RUNS or not 1 <= at_once <= MOST_AT_ONCE:
            raise ValueError(f"1 to {MOST_RUNS} runs, 1 to {MOST_AT_ONCE} at once, got {len(settings)} and {at_once}")
        self._settings, self._at_once, self._ended = tuple(settings), at_once, ended
        self._lease_s, self._now = lease_s, now
        self._to_do, self._tracks = deque(settings), list(tracks)  # touched by the thread of the sweep alone, as is
        self._told = Status.RUNNING  # what the runs have been told to do
        self._lock = Lock()  # guards all below; nothing else is done while it is held
        self._status, self._note, self._seen = Status.RUNNING, "", now()
        self._results: tuple[Result, ...] = ()
        self._laps: dict[str, Lap] = {}
        self._wake = Event()  # there is something to do before the next step is due
        self._thread = Thread(target=self._work, name="sweep", daemon=True)
        self._thread.start()

    def _become(self, status: Status) -> None:
        with self._lock:
            if self._status in GOES_ON:
                self._status = status
        self._wake.set()

    def _work(self) -> None:  # the whole life of the thread
        try:
            while self._step():
                self._wake.wait(STEP_S)
                self._wake.clear()
        except Exception:  # whatever breaks in here must reach the page as a sentence
            logging.getLogger(__name__).exception("A sweep has failed")
            with self._lock:
                self._status, self._note = Status.FAILED, "This series has ended by an error of the program."
        finally:
            for run_id, lap in self._laps.items():
                lap.track.end(run_id)
            with self._lock:
                self._laps = {}

    def _step(self) -> bool:
        """Do what there is to do now; return whether there will be more."""
        if self._now() - self._seen > self._lease_s:
            self._become(Status.CLOSED)
        if self._status is Status.CLOSED:
            return False
        self._tell()
        self._collect()
        if self._status is Status.RUNNING:
            self._begin_more()
        if self._status in GOES_ON and not self._to_do and not self._laps:
            self._become(Status.FINISHED)
        return bool(self._laps) or self._status in GOES_ON

    def _tell(self) -> None:
        status = self._status
        if status is not self._told:
            for lap in self._laps.values():
                racer = lap.racer
                acts = {Status.RUNNING: racer.resume, Status.PAUSED: racer.pause, Status.STOPPED: racer.stop}
                acts.get(status, lambda: None)()
            self._told = status

    def _collect(self) -> None:
        for run_id, lap in list(self._laps.items()):
            view = lap.racer.view()
            if view.status.under_way:
                continue
            if view.status is Status.INTERRUPTED:
                self._lose(lap.track, view.error)
                self._to_do.appendleft(lap.settings)
                result = None
            else:
                result = result_of(lap.settings, run_id, view)
                self._hand_over(result, view)
            with self._lock:
                del self._laps[run_id]
                self._results += (result,) if result else ()
            lap.track.end(run_id)

    def _begin_more(self) -> None:
        while self._to_do and self._tracks and self._status is Status.RUNNING:
            track, settings = self._tracks[0], self._to_do[0]
            try:
                if len(self._laps) >= track.at_once(self._at_once):
                    return
                run_id, racer = track.begin(settings)
            except TrackLostError as error:
                self._lose(track, str(error))
                continue
            except RunRefusedError as error:
                self._fail(settings, str(error))
            except Exception as error:  # noqa: BLE001 - one that cannot be made must not end the others
                self._fail(settings, f"{type(error).__name__}: {error}")
            else:
                with self._lock:
                    self._laps[run_id] = Lap(settings, racer, track)
                racer.resume()
            self._to_do.popleft()
        if not self._tracks:
            for settings in self._to_do:
                self._fail(settings, self._note)
            self._to_do.clear()

    def _lose(self, track: Track, why: str) -> None:
        self._tracks = [other for other in self._tracks if other is not track]
        with self._lock:
            self._note = why

    def _fail(self, settings: Settings, error: str) -> None:
        with self._lock:
            self._results += (Result(settings, "", Status.FAILED, None, error),)

    def _hand_over(self, result: Result, view: RunView) -> None:
        try:
            self._ended(result, view)
        except Exception:  # a full disk, for one: the others need not end for it
            logging.getLogger(__name__).exception("What came of a run could not be kept")
