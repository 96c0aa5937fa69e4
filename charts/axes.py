"""Along what a curve of learning runs: epochs, or updates on a logarithmic scale, where the first second has room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log10
from types import MappingProxyType

from fcnn.config import updates_an_epoch
from runs.records import EpochRecord
from runs.view import RunView


@dataclass(frozen=True)
class Axis:
    """One way to lay out what was measured."""

    title: str
    is_log: bool  # number 0 has no place there
    x: Callable[[EpochRecord], float]
    a_whole_epoch: Callable[[RunView], float]  # how far an epoch is along it

    def end(self, view: RunView) -> float:
        """Return where the last epoch of a run stands."""
        return max(view.config.n_epochs * self.a_whole_epoch(view), 2)

    def at(self, epochs: float, view: RunView) -> float:
        """Return where a number of epochs stands, at least 1 on a logarithmic scale."""
        x = epochs * self.a_whole_epoch(view)
        return max(x, 1) if self.is_log else x

    def share(self, x: float, view: RunView) -> float:
        """Return how far along the axis that is, 0 to 1."""
        return log10(x) / log10(self.end(view)) if self.is_log else x / self.end(view)

    def layout(self, view: RunView) -> dict[str, object]:
        """Return what Plotly is told of it."""
        end = self.end(view)
        scale = {"type": "log", "range": [0, log10(end)]} if self.is_log else {"type": "linear", "range": [0, end]}
        return {"title": {"text": self.title}, **scale}


AXES: Mapping[str, Axis] = MappingProxyType(
    {
        "epochs": Axis("Epoch", False, lambda record: record.number, lambda _: 1),
        "log epochs": Axis("Epoch", True, lambda record: record.number, lambda _: 1),
        "updates": Axis("Updates", True, lambda r: r.n_updates, lambda v: updates_an_epoch(v.config, v.n_train)),
    }
)
