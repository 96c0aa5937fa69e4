"""What came of one run of a sweep, and what a sweep looks like from outside: figures, no networks."""

from dataclasses import dataclass

from fcnn.config import Settings
from runs.records import EpochRecord
from runs.status import Status
from runs.view import RunView


@dataclass(frozen=True)
class Result:
    """A run that has ended."""

    settings: Settings
    run_id: str  # "" if it could not even begin
    status: Status  # how it ended
    reached: EpochRecord | None  # of the network that it stands for; None where nothing was measured
    error: str = ""  # why it failed, for its owner

    @property
    def accuracy(self) -> float | None:
        """The share of validation digits that it reads, or of training digits where there are no others."""
        if self.reached is None:
            return None
        return (self.reached.validation or self.reached.train).accuracy


@dataclass(frozen=True)
class UnderWay:
    """A run that has begun and not ended; its view is without networks."""

    settings: Settings
    run_id: str
    view: RunView


@dataclass(frozen=True)
class SweepView:
    """A sweep as it was when somebody looked."""

    status: Status  # RUNNING, PAUSED, STOPPED by its owner, FINISHED, CLOSED since nobody looked
    settings: tuple[Settings, ...]  # of all its runs, in the order of the plan
    results: tuple[Result, ...]  # in the order in which they came
    under_way: tuple[UnderWay, ...]
    note: str = ""  # what its owner is to know, such as that a cluster is not there

    @property
    def goes_on(self) -> bool:
        """Whether there are more results to come."""
        return self.status.under_way or bool(self.under_way)

    @property
    def share_done(self) -> float:
        """How much of all runs is done, 0 to 1."""
        return (len(self.results) + sum(run.view.share_done for run in self.under_way)) / len(self.settings)


def result_of(settings: Settings, run_id: str, view: RunView) -> Result:
    """Return what came of a run, given its view with networks."""
    number = view.final.number if view.final else None
    reached = next((record for record in view.records if record.number == number), None)
    return Result(settings, run_id, view.status, reached, view.error)
