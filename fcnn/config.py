"""How a network learns: one frozen value that checks itself, so that a bad one cannot exist."""

from dataclasses import dataclass, field, replace
from math import cos, pi

from fcnn.augmentation import NOTHING, Augmentation
from fcnn.initialization import Initialization
from fcnn.optimizers import OPTIMIZERS
from fcnn.ranges import RANGES, check_ranges

SCHEDULES = {"constant": "Constant", "cosine": "Cosine", "step": "Steps"}

LIVE = ("learning_rate", "momentum", "l2", "dropout")  # what may change while a run goes on


@dataclass(frozen=True)
class TrainConfig:
    """How a network learns.

    Raises:
        ValueError: a value is out of its range or a name is unknown.
    """

    learning_rate: float = 0.1
    n_epochs: int = 10
    batch_size: int | None = 128  # None: all examples in one batch ('full batch')
    optimizer: str = "gradient_descent"
    momentum: float = 0.9  # not used by plain gradient descent
    augmentation: Augmentation = NOTHING  # how much the images vary, each time anew
    l2: float = 0.0  # adds l2 / 2 x the sum of squared weights to the loss (not to the loss that is shown)
    dropout: float = 0.0  # share of hidden neurons that are silent in each batch
    schedule: str = "constant"
    step_epochs: int = 5  # the schedule 'step' halves the rate every so many epochs
    warmup_epochs: float = 0.0  # the rate climbs from 0 during these
    patience: int = 0  # stop when the validation loss has not improved for so many epochs; 0: never
    restore_best: bool = False  # end with the parameters of the epoch whose validation loss was lowest
    all_images: bool = False  # train on all 60,000 images, with no validation set
    initialization: Initialization = field(default_factory=Initialization)
    seed: int = 0

    def __post_init__(self) -> None:
        check_ranges(self)
        if self.optimizer not in OPTIMIZERS:
            raise ValueError(f"unknown optimizer {self.optimizer!r}, expected one of {list(OPTIMIZERS)}")
        if self.schedule not in SCHEDULES:
            raise ValueError(f"unknown schedule {self.schedule!r}, expected one of {list(SCHEDULES)}")
        if self.all_images and (self.patience or self.restore_best):
            raise ValueError("early stopping and keeping the best epoch need a validation set: all_images must be off")


def learning_rate_at(config: TrainConfig, epochs_done: float) -> float:
    """Return the learning rate after so many epochs: whole ones and, behind the point, a part of the next."""
    rate = config.learning_rate
    if epochs_done < config.warmup_epochs:
        return rate * epochs_done / config.warmup_epochs
    if config.schedule == "cosine":
        left = (epochs_done - config.warmup_epochs) / max(config.n_epochs - config.warmup_epochs, 1e-9)
        return rate * 0.5 * (1 + cos(pi * min(left, 1)))
    if config.schedule == "step":
        return rate * 0.5 ** int(epochs_done // config.step_epochs)
    return rate


def with_live(config: TrainConfig, **settings: float) -> TrainConfig:
    """Return the settings with some of the LIVE ones changed.

    Raises:
        ValueError: a value is out of its range, or the setting cannot change on the way.
    """
    if unknown := sorted(settings.keys() - set(LIVE)):
        raise ValueError(f"{unknown} cannot change while a run goes on, only {list(LIVE)}")
    return replace(config, **settings)  # type: ignore[arg-type]


def lengthened(config: TrainConfig, n_epochs: int) -> TrainConfig:
    """Return the settings with so many epochs, or the most there may be, and without early stopping."""
    return replace(config, n_epochs=min(n_epochs, int(RANGES["n_epochs"][1])), patience=0)
