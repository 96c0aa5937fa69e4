"""Runs that learn when a test says so, in its own thread, and are looked at like those of the app."""

from collections.abc import Callable
from dataclasses import replace

from fcnn import Dataset, Epoch, State, TrainConfig, mnist_spec, train_steps
from fcnn.engine.by_ink import by_ink
from fcnn.mnist import Mnist
from runs.history import History
from runs.pace import Pace
from runs.status import Status, status_after
from runs.view import RunView
from tests.networks import few_digits

SPEC = mnist_spec((6, 5), "tanh")
CONFIG = TrainConfig(0.01, 8, 64, optimizer="adam", seed=3)


def few_data(mnist: Mnist, n: int = 200) -> Dataset:
    """Return a training set of n digits, and others to watch it on."""
    few, others = few_digits(mnist, n), few_digits(mnist, 100, start=n)
    return Dataset(few, others, others, by_ink(few.X))


class MadeRun:
    """A run without a thread."""

    def __init__(self, data: Dataset, config: TrainConfig = CONFIG, resume: State | None = None) -> None:
        self.config, self.status, self.error = config, Status.RUNNING, ""
        self.keep: Callable[[State], None] = lambda _: None
        self._history = History(len(data.train.X), resume.epoch if resume else None)
        self._pieces = train_steps(SPEC, data, lambda: self.config, resume=resume, keep=lambda state: self.keep(state))

    def view(self) -> RunView:
        return self._history.view(SPEC, self.config, self.status, self.error, Pace(None))

    def learn(self, n_epochs: float) -> None:
        """Go on until so many epochs are done; half an epoch is a moment inside of one."""
        for piece in self._pieces:
            if not isinstance(piece, Epoch):
                self._history.progress = piece
                continue
            self._history.seconds += 1
            self._history.add(piece)
            self.status = status_after(piece, self.status, self.config, None)
            if piece.number >= n_epochs:
                return

    def change(self, **settings: float) -> None:
        before, self.config = self.config, replace(self.config, **settings)  # type: ignore[arg-type]
        self._history.note_changes(before, 0.0, **settings)
