"""A run in a thread of its own: start, pause, one epoch, stop, go on, change the settings, look.

Its thread asks train_steps() for pieces of work, in turns that a Scheduler gives. Who looks never waits for training.
"""

from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from fcnn.config import TrainConfig, lengthened, with_live
from fcnn.epoch import Epoch, Progress, State
from fcnn.mnist import Dataset
from fcnn.network import NetworkSpec
from fcnn.training import train_steps
from runs.history import History
from runs.keeping import without_risk
from runs.status import Status, status_after
from runs.threads import most_threads
from runs.turns import Scheduler
from runs.view import RunView
from runs.worker import Worker


class Run:
    """One training run: it waits for admit() if need be, measures its untrained network, and waits to be told more.

    keep() is called with the state after each epoch, in the thread of the run; if it fails, the log says so, and the
    run goes on. resume is such a state, of a run with the same data: once told to, this one goes on after its epoch.
    """

    def __init__(
        self, spec: NetworkSpec, data: Dataset, config: TrainConfig, scheduler: Scheduler, *, admitted: bool = True,
        keep: Callable[[State], None] | None = None, resume: State | None = None,
    ) -> None:  # fmt: skip
        self.spec = spec
        pieces = train_steps(spec, data, lambda: self.config, resume=resume, keep=keep and without_risk(keep))
        n_threads = most_threads(spec.n_parameters, config.batch_size, scheduler.most_threads)
        self._worker = Worker(pieces, scheduler, n_threads)
        self._changed = Condition()  # guards everything below; re-entrant; third to be taken, see __init__.py
        self.config = config  # as it is now: see change()
        self._history = History(len(data.train.X), resume.epoch if resume else None)
        self._pause_at: int | None = 0  # pause when the epoch of this number is complete
        self._begin = status_after(resume.epoch, Status.PAUSED, config, None) if resume else Status.RUNNING
        self._status, self._error = self._begin if admitted else Status.WAITING, ""
        Thread(target=self._work, name=f"run {spec}", daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether the run is computing or waiting for its turn."""
        return self._status is Status.RUNNING

    def admit(self) -> None:
        """Let a run begin that waits for memory."""
        with self._changed:
            if self._status is Status.WAITING:
                self._become(self._begin)

    def keep_within(self, n_bytes: int) -> None:
        """Keep at most so many bytes of epochs."""
        with self._changed:
            self._history.snapshots.keep_within(n_bytes)

    def view(self) -> RunView:
        """Return the run as it is now."""
        with self._changed:
            return self._history.view(self.spec, self.config, self._status, self._error)

    def resume(self) -> None:
        """Go on until the last epoch."""
        self._go(until_epoch=None)

    def one_epoch(self) -> None:
        """Go on until the next epoch is complete, even if it is one more than the settings ask for."""
        with self._changed:
            following = self._history.newest_number + 1
            self.config = lengthened(self.config, max(self.config.n_epochs, following))
            self._go(until_epoch=following)

    def continue_for(self, n_epochs: int) -> None:
        """Go on for so many epochs after the newest one, without early stopping."""
        with self._changed:
            self.config = lengthened(self.config, self._history.newest_number + n_epochs)
            self._go(until_epoch=None)

    def pause(self) -> None:
        """Stop computing for now, if need be in the middle of an epoch."""
        with self._changed:
            if self._status is Status.RUNNING:
                self._become(Status.PAUSED)
        self._worker.settle()

    def stop(self) -> None:
        """End the run here: the newest moment is what it has learned. One that waits for memory is closed."""
        with self._changed:
            if self._status.under_way:
                self._become(Status.CLOSED if self._status is Status.WAITING else Status.STOPPED)
        self._worker.settle()

    def close(self) -> None:
        """End the thread and let go of its arrays. The run cannot go on after that."""
        with self._changed:
            self._become(Status.CLOSED)

    def change(self, **settings: float) -> None:
        """Change some of the LIVE settings from the next update on, and remember when; ValueErrors as with_live()."""
        with self._changed:
            before, self.config = self.config, with_live(self.config, **settings)
            self._history.note_changes(before, monotonic(), **settings)

    def _go(self, *, until_epoch: int | None) -> None:
        with self._changed:
            if not self._status.ended:
                self._pause_at = until_epoch
                newest = self._history.snapshots.newest  # after the last epoch there is nothing to go on with
                self._begin = status_after(newest, Status.RUNNING, self.config, None) if newest else Status.RUNNING
                self._become(self._status if self._status is Status.WAITING else self._begin)

    def _become(self, status: Status) -> None:
        self._status = status
        if status is not Status.RUNNING:
            self._worker.leave()  # else it would count as one that wants to compute
        self._changed.notify_all()

    def _work(self) -> None:  # the whole life of the thread
        try:
            while self._wait_until_running():
                since, before = monotonic(), self._history.progress
                if self._worker.take_turn(lambda: self.running, self._receive):
                    with self._changed:
                        self._history.add_time(monotonic() - since, before)
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

    def _receive(self, piece: Epoch | Progress) -> None:
        if isinstance(piece, Progress):
            self._history.progress = piece  # without the lock, which would cost a small network a percent of its time
            return
        with self._changed:
            self._history.add(piece)
            self._status = status_after(piece, self._status, self.config, self._pause_at)
