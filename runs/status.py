"""What a run is doing."""

from enum import StrEnum

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch
from fcnn.training import is_over


class Status(StrEnum):
    """What a run is doing, as a code: what visitors read is said in ui."""

    WAITING = "waiting"  # for memory; it has not begun
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"  # by its owner, before the last epoch
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"  # by an error of this program
    CLOSED = "closed"  # nobody needs it any more
    INTERRUPTED = "interrupted"  # the server ended under it; it can go on

    @property
    def under_way(self) -> bool:
        """Whether the run is running, or paused and to go on, or waiting for its start."""
        return self in (Status.RUNNING, Status.PAUSED, Status.WAITING)

    @property
    def ended(self) -> bool:
        """Whether no way leads on from here."""
        return self in (Status.DIVERGED, Status.FAILED, Status.CLOSED)


def status_after(epoch: Epoch, status: Status, config: TrainConfig, pause_at: int | None) -> Status:
    """Return the status of a run that has just completed this epoch, and is to pause at the one of that number."""
    if status is Status.CLOSED or not epoch.is_whole:
        return status
    if epoch.diverged:
        return Status.DIVERGED
    if epoch.number > 0 and is_over(epoch, config):
        return Status.FINISHED
    return Status.PAUSED if status is Status.RUNNING and epoch.number == pause_at else status
