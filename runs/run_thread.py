"""The life of a run's thread: it asks train_steps() for pieces of work, in turns that a Scheduler gives."""

from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch, Progress, State
from fcnn.mnist import Dataset
from fcnn.network import NetworkSpec
from fcnn.training import train_steps
from runs.history import History
from runs.keeping import without_risk
from runs.pace import Pace
from runs.status import Status, status_after
from runs.threads import Together, most_threads
from runs.ticket import Customer
from runs.turns import Scheduler
from runs.view import RunView
from runs.worker import Worker


class RunThread:
    """What a run does: it measures its untrained network, computes while its status is RUNNING, and remembers.

    keep() is called with the state after each epoch, in the thread of the run; if it fails, the log says so, and the
    run goes on. resume is such a state, of a run with the same data: once told to, this one goes on after its epoch;
    what is known of the time before comes from past. Runs of one customer share what one run of somebody else gets.
    """

    def __init__(
        self, spec: NetworkSpec, data: Dataset, config: TrainConfig, scheduler: Scheduler, *, admitted: bool = True,
        keep: Callable[[State], None] | None = None, resume: State | None = None, past: RunView | None = None,
        pace: float | None = None, customer: Customer | None = None,
    ) -> None:  # fmt: skip
        self.spec, self._pace, self.customer = spec, Pace(pace), customer or Customer()
        kept, together = keep and without_risk(keep), Together()
        pieces = train_steps(
            spec, data, lambda: self.config, resume=resume, keep=kept, look_every=self._pace.look_every,
            at_once=together,
        )  # fmt: skip
        n_threads = most_threads(spec.n_parameters, config.batch_size, scheduler.most_threads)
        self._worker = Worker(pieces, scheduler, together, n_threads, self.customer)
        self._changed = Condition()  # guards everything below; re-entrant; third to be taken, see __init__.py
        self.config = config  # as it is now: see change()
        self._history = History(len(data.train.X), resume.epoch if resume else None, past)
        self._looked = False  # whether this turn has come to a look
        self._pause_at: int | None = 0  # pause when the epoch of this number is complete
        self._begin = status_after(resume.epoch, Status.PAUSED, config, None) if resume else Status.RUNNING
        self._status, self._error = self._begin if admitted else Status.WAITING, ""
        Thread(target=self._work, name=f"run {spec}", daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether the run is computing or waiting for its turn."""
        return self._status is Status.RUNNING

    def view(self) -> RunView:
        """Return the run as it is now."""
        with self._changed:
            return self._history.view(self.spec, self.config, self._status, self._error, self._pace)

    def _become(self, status: Status) -> None:
        self._status = status
        if status is not Status.RUNNING:
            self._worker.leave()  # else it would count as one that wants to compute
        self._changed.notify_all()

    def _work(self) -> None:  # the whole life of the thread
        try:
            while self._wait_until_running():
                since, before = monotonic(), self._history.progress
                self._looked = False
                if self._worker.take_turn(self._goes_on, self._receive):
                    with self._changed:
                        self._history.add_time(monotonic() - since, before, slow=self._pace.is_slow)
                    self._stand_still()
        except Exception as error:  # noqa: BLE001 - whatever breaks in here must reach the page as a sentence
            with self._changed:
                self._status, self._error = Status.FAILED, f"{type(error).__name__}: {error}"
        finally:
            self._worker.drop()

    def _wait_until_running(self) -> bool:
        with self._changed:
            if self._status is not Status.RUNNING:
                self._worker.leave()  # else it would count as one that wants to compute
            self._changed.wait_for(lambda: self._status in (Status.RUNNING, Status.CLOSED))
            return self._status is Status.RUNNING

    def _goes_on(self) -> bool:
        return self.running and not (self._looked and self._pace.is_slow)

    def _stand_still(self) -> None:
        """In slow motion, wait until the next look is due: out of the line, and open to be told otherwise."""
        with self._changed:
            if wait_s := self._pace.wait_s(monotonic()):
                self._worker.leave()
                self._changed.wait_for(lambda: not (self.running and self._pace.wait_s(monotonic())), wait_s)

    def _receive(self, piece: Epoch | Progress) -> None:
        if isinstance(piece, Progress):
            self._history.progress = piece  # without the lock, which would cost a small network a percent of its time
            return
        with self._changed:
            self._history.add(piece)
            self._looked = True
            self._pace.note_look(piece.n_updates, monotonic())
            self._status = status_after(piece, self._status, self.config, self._pause_at)
            if self._pace.stepping and piece.number > 0 and self.running:
                self._status = Status.PAUSED
