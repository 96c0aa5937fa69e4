"""What a run is doing, in words for its owner."""

from runs.status import Status
from runs.view import RunView

WORDS = {
    Status.WAITING: "waiting in line",
    Status.RUNNING: "running",
    Status.PAUSED: "paused",
    Status.STOPPED: "stopped",
    Status.FINISHED: "finished",
    Status.DIVERGED: "diverged",
    Status.FAILED: "broken off",
    Status.CLOSED: "ended",
    Status.INTERRUPTED: "interrupted",
}


def status_words(view: RunView) -> str:
    """Return what to call the status; a run that has not learned yet is neither paused nor running."""
    if view.status in (Status.RUNNING, Status.PAUSED) and not view.records:
        return "measuring the untrained network"
    if view.status is Status.PAUSED and not view.epochs_done:
        return "ready to start"
    return WORDS[view.status]
