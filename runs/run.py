"""A run in a thread of its own: start, pause, one epoch or one update, stop, go on, change the settings, look.

Who looks never waits for training.
"""

from time import monotonic

from fcnn.config import lengthened, with_live
from runs.run_thread import RunThread
from runs.status import Status, status_after


class Run(RunThread):
    """One training run: it waits for admit() if need be, and is then told what to do."""

    def admit(self) -> None:
        """Let a run begin that waits for memory."""
        with self._changed:
            if self._status is Status.WAITING:
                self._become(self._begin)

    def keep_within(self, n_bytes: int) -> None:
        """Keep at most so many bytes of epochs."""
        with self._changed:
            self._history.snapshots.keep_within(n_bytes)

    def resume(self) -> None:
        """Go on until the last epoch."""
        self._go(until_epoch=None)

    def one_epoch(self) -> None:
        """Go on until the next epoch is complete, even if it is one more than the settings ask for."""
        with self._changed:
            self._make_room_for_more()
            self._go(until_epoch=self._history.newest_number + 1)

    def one_update(self) -> None:
        """Go on until the network after the next update has been looked at, even if that begins one more epoch."""
        with self._changed:
            self._make_room_for_more()
            self._go(until_epoch=None, stepping=True)

    def set_pace(self, updates_per_s: float | None) -> None:
        """Make so many updates a second from now on, in slow motion; None: as many as it can. ValueErrors as Pace."""
        with self._changed:
            self._pace.set(updates_per_s)
            self._changed.notify_all()

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

    def _go(self, *, until_epoch: int | None, stepping: bool = False) -> None:
        with self._changed:
            if not self._status.ended:
                self._pause_at, self._pace.stepping = until_epoch, stepping
                self._pace.forget()
                self._begin = self._status_if_told_to_go_on()
                self._become(self._status if self._status is Status.WAITING else self._begin)

    def _status_if_told_to_go_on(self) -> Status:  # after the last epoch there is nothing to go on with
        newest = self._history.snapshots.newest
        return status_after(newest, Status.RUNNING, self.config, None) if newest else Status.RUNNING

    def _make_room_for_more(self) -> None:  # and only where it is needed: early stopping ends with it
        if self._status_if_told_to_go_on() is Status.FINISHED:
            self.config = lengthened(self.config, max(self.config.n_epochs, self._history.newest_number + 1))
