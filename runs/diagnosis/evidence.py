"""What is known of a network that has learned nothing, and what is concluded from it."""

from typing import NamedTuple

from fcnn.config import TrainConfig
from fcnn.inside.signals import Signals
from fcnn.metrics import Figures
from fcnn.network import NetworkSpec
from runs.diagnosis.remedies import Remedy
from runs.records import EpochRecord


class Cause(NamedTuple):
    """Why, in a sentence or two, and what mends it."""

    why: str
    remedies: tuple[Remedy, ...]


class Evidence(NamedTuple):
    """What is known of a network that has learned nothing."""

    spec: NetworkSpec
    config: TrainConfig
    first: Figures  # before it learned
    newest: EpochRecord
    signals: Signals
    n_updates: int
