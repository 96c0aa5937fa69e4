"""A run in a thread of its own: start, pause, one epoch, stop, go on, change the settings, look.

The thread asks train_steps() for pieces of work, in turns that a Scheduler gives, and keeps what it gets. Whoever looks
receives a frozen View and never waits for the training.
"""

from threading import Condition, Thread
from time import monotonic

from fcnn.config import TrainConfig, lengthened, with_live
from fcnn.epoch import Epoch, Progress
from fcnn.mnist import Dataset
from fcnn.network import NetworkSpec
from fcnn.training import train_steps
from runs.history import History
from runs.status import Status, status_after
from runs.threads import most_threads
from runs.turns import Scheduler
from runs.view import RunView
from runs.worker import Worker


class Run:
    """One training run: it waits for admit() if need be, measures its untrained network, and waits to be told more."""

    def __init__(
        self, spec: NetworkSpec, data: Dataset, config: TrainConfig, scheduler: Scheduler, *, admitted: bool = True
    ) -> None:
        self._spec = spec
        n_threads = most_threads(spec.n_parameters, config.batch_size, scheduler.most_threads)
        self._worker = Worker(train_steps(spec, data, lambda: self._config), scheduler, n_threads)
        self._changed = Condition()  # guards everything below; who holds its lock may take it again
        self._config = config
        self._log = History(n_train=len(data.train.X))
        self._status = Status.RUNNING if admitted else Status.WAITING
        self._pause_at: int | None = 0  # pause when the epoch of this number is complete
        self._error = ""
        Thread(target=self._work, name=f"run {spec}", daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether the run is computing or waiting for its turn."""
        return self._status is Status.RUNNING

    @property
    def under_way(self) -> bool:
        """Whether the run goes on, or will."""
        return self._status.under_way

    def admit(self) -> None:
        """Let a run begin that waits for memory."""
        with self._changed:
            if self._status is Status.WAITING:
                self._run()

    def keep_within(self, n_bytes: int) -> None:
        """Keep at most so many bytes of epochs."""
        with self._changed:
            self._log.snapshots.keep_within(n_bytes)

    def view(self) -> RunView:
        """Return the run as it is now."""
        with self._changed:
            return self._log.view(self._spec, self._config, self._status, self._error)

    def resume(self) -> None:
        """Go on until the last epoch."""
        self._go(until_epoch=None)

    def one_epoch(self) -> None:
        """Go on until the next epoch is complete, even if it is one more than the settings ask for."""
        with self._changed:
            following = self._log.newest_number + 1
            self._config = lengthened(self._config, max(self._config.n_epochs, following))
            self._go(until_epoch=following)

    def continue_for(self, n_epochs: int) -> None:
        """Go on for so many epochs after the newest one, without early stopping."""
        with self._changed:
            self._config = lengthened(self._config, self._log.newest_number + n_epochs)
            self._go(until_epoch=None)

    def pause(self) -> None:
        """Stop computing for now, if need be in the middle of an epoch."""
        with self._changed:
            if self._status is Status.RUNNING:
                self._halt(Status.PAUSED)
        self._worker.settle()

    def stop(self) -> None:
        """End the run here; its newest whole epoch is what it has learned. One that waits for memory is closed."""
        with self._changed:
            if self._status.under_way:
                self._halt(Status.CLOSED if self._status is Status.WAITING else Status.STOPPED)
        self._worker.settle()

    def close(self) -> None:
        """End the thread and let go of its arrays. The run cannot go on after that."""
        with self._changed:
            self._halt(Status.CLOSED)

    def change(self, **settings: float) -> None:
        """Change some of the LIVE settings from the next update on, and remember when; ValueErrors as with_live()."""
        with self._changed:
            before, self._config = self._config, with_live(self._config, **settings)
            self._log.keep_changes(before, monotonic(), **settings)

    def _go(self, *, until_epoch: int | None) -> None:
        with self._changed:
            if self._status.ended:
                return
            self._pause_at = until_epoch
            if self._status is not Status.WAITING:
                self._run()

    def _run(self) -> None:
        self._status = Status.RUNNING
        self._changed.notify_all()

    def _halt(self, status: Status) -> None:
        self._status = status
        self._worker.leave()
        self._changed.notify_all()

    def _work(self) -> None:  # the whole life of the thread
        try:
            while self._wait_until_running():
                since, before = monotonic(), self._log.progress
                if self._worker.take_turn(lambda: self._status is Status.RUNNING, self._keep):
                    with self._changed:
                        self._log.keep_time(monotonic() - since, before)
        except Exception as error:  # noqa: BLE001 - whatever breaks in here must reach the page as a sentence
            self._status, self._error = Status.FAILED, f"{type(error).__name__}: {error}"
        finally:
            self._worker.drop()

    def _wait_until_running(self) -> bool:
        with self._changed:
            if self._status is not Status.RUNNING:
                self._worker.leave()  # else it would count as one that wants to compute
            self._changed.wait_for(lambda: self._status in (Status.RUNNING, Status.CLOSED))
            return self._status is Status.RUNNING

    def _keep(self, piece: Epoch | Progress) -> None:
        if isinstance(piece, Progress):
            self._log.progress = piece  # without the lock, which would cost a small network a percent of its time
            return
        with self._changed:
            self._log.keep(piece)
            self._status = status_after(piece, self._status, self._config, self._pause_at)
