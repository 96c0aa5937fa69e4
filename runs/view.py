"""What a run looks like from outside: frozen values that a page can draw while the run goes on."""

from dataclasses import dataclass

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch, Progress
from fcnn.moments import is_whole
from fcnn.network import NetworkSpec
from runs.records import Change, EpochRecord
from runs.status import Status


@dataclass(frozen=True)
class RunView:
    """A run as it was when somebody looked."""

    spec: NetworkSpec
    config: TrainConfig
    status: Status
    records: tuple[EpochRecord, ...]
    epochs: tuple[Epoch, ...]  # the kept ones, in order
    changes: tuple[Change, ...]
    progress: Progress
    n_train: int  # examples in an epoch
    examples_per_s: float  # at full speed; 0 while not known
    error: str
    pace: float | None = None  # updates a second that were asked for, in slow motion; None: full speed
    updates_per_s: float = 0.0  # that it really makes in slow motion; 0 while not known

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
        """The network that the run stands for: the newest, or the best where the settings ask for it.

        A run that goes on from a state does not have the networks before it: until one is better, the newest stands.
        """
        if not self.epochs:
            return None
        newest = self.epochs[-1]
        number = newest.best if self.config.restore_best and not self.running else newest.number
        return next((epoch for epoch in self.epochs if epoch.number == number), newest)

    @property
    def whole(self) -> tuple[EpochRecord, ...]:
        """The records of whole epochs."""
        return tuple(record for record in self.records if is_whole(record.number))

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
        """How long the rest will take at the present speed, in seconds; None where that is not known."""
        if not self.examples_per_s or self.pace:
            return None
        return max(0.0, (self.config.n_epochs - self.epochs_done) * self.n_train / self.examples_per_s)


def epochs_done(progress: Progress, n_train: int) -> float:
    """Return the whole epochs of a run and, behind the point, the part of the next."""
    return max(0.0, progress.epoch - 1 + progress.n_seen / n_train)
