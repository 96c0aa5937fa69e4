"""What came of a run, as numbers that can be compared, and which run is best so far."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType

from fcnn.metrics import Figures
from runs.kept import KeptRun


@dataclass(frozen=True)
class Result:
    """One number that comes of a run."""

    title: str
    unit: str  # behind the title, and behind the number
    value: Callable[[KeptRun], float | None]  # in that unit; None: there is none
    decimals: int
    higher_is_better: bool | None = None  # None: neither is

    def of(self, run: KeptRun) -> float | None:
        """Return the number, or None where there is none or it is not finite, as of a network that exploded."""
        value = self.value(run)
        return value if value is not None and isfinite(value) else None

    def text(self, value: float | None) -> str:
        """Return the number as people read it, without its unit; a dash where there is none."""
        return "\N{EM DASH}" if value is None else f"{value:,.{self.decimals}f}"

    @property
    def label(self) -> str:
        """The title with the unit, for an axis or a column."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


def _accuracy(figures: Figures | None) -> float | None:
    return None if figures is None else 100 * figures.accuracy


def _validation(run: KeptRun) -> Figures | None:
    return run.reached.validation if run.reached else None


def _train(run: KeptRun) -> Figures | None:
    return run.reached.train if run.reached else None


def _loss(figures: Figures | None) -> float | None:
    return None if figures is None else figures.loss


# fmt: off
RESULTS: Mapping[str, Result] = MappingProxyType({
    "test_accuracy": Result("Test accuracy", "%", lambda run: _accuracy(run.test), 2, True),
    "test_loss": Result("Test loss", "nats", lambda run: _loss(run.test), 4, False),
    "validation_accuracy": Result("Validation accuracy", "%", lambda run: _accuracy(_validation(run)), 2, True),
    "validation_loss": Result("Validation loss", "nats", lambda run: _loss(_validation(run)), 4, False),
    "train_accuracy": Result("Training accuracy", "%", lambda run: _accuracy(_train(run)), 2, True),
    "train_loss": Result("Training loss", "nats", lambda run: _loss(_train(run)), 4, False),
    "epochs": Result("Epochs done", "", lambda run: run.reached.number if run.reached else None, 0),
    "seconds": Result("Time", "s", lambda run: run.seconds, 1, False),
})
# fmt: on


def best_of(runs: Iterable[KeptRun]) -> KeptRun | None:
    """Return the run with the highest validation accuracy, of equal ones that with the lower loss; None without any.

    The test set is for judging what was chosen, so it does not choose.
    """
    accuracy, loss = RESULTS["validation_accuracy"], RESULTS["validation_loss"]
    scored = [(run, accuracy.of(run), loss.of(run)) for run in runs]
    known = [(share, -nats, run) for run, share, nats in scored if share is not None and nats is not None]
    return max(known, key=lambda one: one[:2])[2] if known else None
