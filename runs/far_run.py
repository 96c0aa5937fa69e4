"""A run that workers compute, with the face of a Run for those who watch it; it cannot pause."""

from concurrent.futures import CancelledError, Future
from secrets import token_urlsafe
from threading import Lock

from fcnn.config import Settings
from fcnn.epoch import Epoch, Progress
from runs.errand import News, Outcome
from runs.executors import Workers
from runs.records import EpochRecord
from runs.status import Status
from runs.view import RunView

FAILED_THERE = "The cluster could not compute a run, so the others are computed on the server itself ({})."
SILENT = "The cluster of this server has left, so the runs that it had begin anew on the server itself."


class FarRun:
    """One run; it is under way when it is made.

    Its status is INTERRUPTED if the workers are lost, or fail: then view().error says why, and it is to be computed
    by somebody else, from the start.
    """

    def __init__(self, settings: Settings, n_train: int, workers: Workers) -> None:
        self.id = token_urlsafe(12)
        self._settings, self._n_train, self._workers = settings, n_train, workers
        self._lock = Lock()  # guards the next four lines; nothing else is done while it is held
        self._status, self._error, self._progress = Status.RUNNING, "", Progress(0, 0)
        self._records: tuple[EpochRecord, ...] = ()
        self._final: Epoch | None = None
        self._examples_per_s = 0.0
        line = workers.line(self.id, self._hear)
        self._future = workers.executor.submit(workers.learn, settings, *line)
        self._future.add_done_callback(self._end)

    def view(self) -> RunView:
        """Return the run as it was when its worker told last; of its networks it has the final one alone."""
        if lost := self._workers.lost:
            self._become(Status.INTERRUPTED, lost)
        with self._lock:
            return RunView(
                *self._settings,
                status=self._status,
                records=self._records,
                epochs=(self._final,) if self._final else (),
                changes=(),
                progress=self._progress,
                n_train=self._n_train,
                examples_per_s=self._examples_per_s,
                error=self._error,
            )

    def resume(self) -> None:
        """Do nothing: it goes on until its end."""

    def pause(self) -> None:
        """Do nothing: it goes on until its end."""

    def stop(self) -> None:
        """Let its worker end it within a fraction of a second, and bring what it has learned."""
        self._workers.cut(self.id)

    def close(self) -> None:
        """Give it up, or forget it if it has ended."""
        self._become(Status.CLOSED)
        self._workers.cut(self.id)
        self._future.cancel()

    def _become(self, status: Status, error: str = "") -> None:
        with self._lock:
            if self._status is Status.RUNNING:
                self._status, self._error = status, error

    def _hear(self, news: News) -> None:
        with self._lock:
            if self._status is Status.RUNNING:
                self._records = self._records[: news.n_before] + news.records
                self._progress, self._examples_per_s = news.progress, news.examples_per_s

    def _end(self, future: "Future[Outcome]") -> None:
        try:
            outcome = future.result()
        except CancelledError:  # by the client, when the scheduler is gone
            self._become(Status.INTERRUPTED, SILENT)
        except Exception as error:  # noqa: BLE001 - whatever it is, the run can be computed by somebody else
            self._become(Status.INTERRUPTED, FAILED_THERE.format(f"{type(error).__name__}: {error}"))
        else:
            with self._lock:
                if self._status is Status.RUNNING:
                    self._status, self._records, self._final, self._progress = outcome
