"""What the curves of several runs can show, and along what."""

from collections.abc import Callable, Mapping
from math import hypot, nan
from types import MappingProxyType
from typing import Literal, NamedTuple

from fcnn.metrics import Figures
from runs.records import EpochRecord

Part = Literal["validation", "training", "both"]
Over = Literal["epochs", "updates", "seconds"]


class Measure(NamedTuple):
    """What is drawn upwards."""

    title: str  # of the axis, with the unit
    hover: str  # the number beside the pointer
    training: Callable[[EpochRecord], float]  # nan where it was not measured
    validation: Callable[[EpochRecord], float] | None  # None: it has nothing to do with images kept back


class Along(NamedTuple):
    """What is drawn to the right."""

    title: str
    hover: str  # behind 'at'
    x: Callable[[EpochRecord], float]


def _accuracy(figures: Figures | None) -> float:
    return 100 * figures.accuracy if figures else nan


def _loss(figures: Figures | None) -> float:
    return figures.loss if figures else nan


# fmt: off
MEASURES: Mapping[str, Measure] = MappingProxyType({
    "accuracy": Measure(
        "Accuracy (%)", "%{y:.2f} %", lambda r: _accuracy(r.train), lambda r: _accuracy(r.validation)
    ),
    "loss": Measure(
        "Loss (nats)", "%{y:.4f} nats", lambda r: _loss(r.train), lambda r: _loss(r.validation)
    ),
    "gradient": Measure(
        "Length of the gradient", "%{y:.3g}", lambda r: hypot(*r.gradient_norms) if r.gradient_norms else nan, None
    ),
})
ALONG: Mapping[Over, Along] = MappingProxyType({
    "epochs": Along("Epoch", "epoch %{x:.4~g}", lambda record: record.number),
    "updates": Along("Updates", "update %{x:,.0f}", lambda record: record.n_updates),
    "seconds": Along("Seconds of learning", "%{x:.1f} s", lambda record: record.seconds),
})
# fmt: on
