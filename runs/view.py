"""What a run looks like from outside: frozen values that a page can draw while the run goes on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch, Progress
from fcnn.metrics import Figures
from fcnn.network import NetworkSpec
from fcnn.training import is_over


class Status(StrEnum):
    """What a run is doing."""

    WAITING = "waiting in line"  # for memory; it has not begun
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"  # by its owner, before the last epoch
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"  # by an error of this program
    CLOSED = "closed"  # nobody needs it any more

    @property
    def under_way(self) -> bool:
        """Whether the run is running, or paused and to go on, or waiting for its start."""
        return self in (Status.RUNNING, Status.PAUSED, Status.WAITING)

    @property
    def ended(self) -> bool:
        """Whether no way leads on from here."""
        return self in (Status.DIVERGED, Status.FAILED, Status.CLOSED)


class Record(NamedTuple):
    """What is remembered of every epoch, long after its parameters are gone."""

    number: int
    train: Figures
    validation: Figures | None
    learning_rate: float
    gradient_norms: tuple[float, ...]
    seconds: float  # since the start, computing or waiting for a turn; pauses do not count


class Change(NamedTuple):
    """A setting that was changed while the run went on."""

    epoch: float  # when: whole epochs and, behind the point, a part of the next
    name: str
    before: float
    after: float
    at_s: float = 0.0  # when it was last moved, by time.monotonic()


@dataclass(frozen=True)
class View:
    """A run as it was when somebody looked."""

    spec: NetworkSpec
    config: TrainConfig
    status: Status
    records: tuple[Record, ...]
    epochs: tuple[Epoch, ...]  # the kept ones, in order
    changes: tuple[Change, ...]
    progress: Progress
    n_train: int  # examples in an epoch
    examples_per_s: float  # 0 while not known
    error: str

    @property
    def running(self) -> bool:
        """Whether the run is computing or waiting for its turn."""
        return self.status is Status.RUNNING

    @property
    def waiting(self) -> bool:
        """Whether the run waits for memory, and has not begun."""
        return self.status is Status.WAITING

    @property
    def under_way(self) -> bool:
        """Whether the run is running, or paused and to go on, or waiting for its start."""
        return self.status.under_way

    @property
    def final(self) -> Epoch | None:
        """The network that the run stands for: the newest, or the best where the settings ask for it."""
        if not self.epochs:
            return None
        newest = self.epochs[-1]
        number = newest.best if self.config.restore_best and not self.running else newest.number
        return next(epoch for epoch in self.epochs if epoch.number == number)

    @property
    def epochs_done(self) -> float:
        """Whole epochs and, behind the point, the part of the next."""
        return epochs_done(self.progress, self.n_train)

    @property
    def share_done(self) -> float:
        """How much of the run is done, 0 to 1."""
        return min(1.0, self.epochs_done / self.config.n_epochs)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at the present speed, in seconds; None while that is not known."""
        if not self.examples_per_s:
            return None
        return max(0.0, (self.config.n_epochs - self.epochs_done) * self.n_train / self.examples_per_s)


def epochs_done(progress: Progress, n_train: int) -> float:
    """Return the whole epochs of a run and, behind the point, the part of the next."""
    return max(0.0, progress.epoch - 1 + progress.n_seen / n_train)


def status_after(epoch: Epoch, status: Status, config: TrainConfig, pause_at: int | None) -> Status:
    """Return the status of a run that has just completed this epoch, and is to pause at the one of that number."""
    if status is Status.CLOSED:
        return status
    if epoch.diverged:
        return Status.DIVERGED
    if epoch.number > 0 and is_over(epoch, config):
        return Status.FINISHED
    return Status.PAUSED if status is Status.RUNNING and epoch.number == pause_at else status
