"""What training yields: the network after an epoch, the progress towards the next, and where a run can go on."""

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from fcnn.engine.learner import LearnerState
from fcnn.metrics import Figures
from fcnn.moments import is_whole
from fcnn.types import Params


@dataclass(frozen=True)
class Epoch:
    """The network at a moment of its training, and how it does. Number 0 is the network before it learned anything."""

    number: float  # of the epoch that is complete; inside of one, how far on the axis of epochs: 0.0465
    params: Params
    train: Figures  # on the first n_measured training images
    validation: Figures | None  # on the validation set, where there is one; inside of an epoch on its first 1,000
    best: float  # the epoch so far with the lowest validation loss (training loss, if there is no validation set)
    best_loss: float  # that loss, in nats
    learning_rate: float  # of the last update; 0 before the first
    gradient_norms: tuple[float, ...]  # of the last update, one a layer; empty before the first
    n_updates: int  # so far
    n_measured: int
    planned: bool = True  # whole, or one of moments_inside(); False: only because look_every() asked for it

    @property
    def is_whole(self) -> bool:
        """Whether an epoch is complete, or none has begun."""
        return is_whole(self.number)

    @property
    def watched(self) -> Figures:
        """The figures that decide which epoch is best."""
        return self.validation or self.train

    @property
    def diverged(self) -> bool:
        """Whether the numbers grew beyond what float32 can hold. Learning ends there."""
        return not isfinite(self.train.loss)


class Progress(NamedTuple):
    """A piece of work was done, and more is to do before the next Epoch."""

    epoch: int  # the number of the epoch that is being made
    n_seen: int  # training examples used in it so far


@dataclass(frozen=True)
class State:
    """All that a run needs in order to go on after an epoch as if it had never stopped, to the bit."""

    epoch: Epoch
    learner: LearnerState


class LastUpdate(NamedTuple):
    """What an Epoch tells of the update before it."""

    learning_rate: float = 0.0
    gradient_norms: tuple[float, ...] = ()
