"""How a network learns: one frozen value that checks itself, so that a bad one cannot exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil, cos, pi
from types import MappingProxyType
from typing import Any, NamedTuple

from fcnn.activations import ACTIVATIONS
from fcnn.augmentation import NOTHING, Augmentation
from fcnn.initialization import NORMAL, SCHEMES, Initialization
from fcnn.network import NetworkSpec, mnist_spec
from fcnn.optimizers import OPTIMIZERS
from fcnn.setting import Setting
from fcnn.settings import LIVE, SETTINGS, check_ranges

SCHEDULES = {"constant": "Constant", "cosine": "Cosine", "step": "Steps"}

# Settings of the kind 'choice': what each may be, and what that is called.
CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "activation": {name: activation.title for name, activation in ACTIVATIONS.items()},
        "optimizer": {name: optimizer.title for name, optimizer in OPTIMIZERS.items()},
        "schedule": SCHEDULES,
        "scheme": {name: scheme.title for name, scheme in SCHEMES.items()} | {NORMAL: "Normal, of a given width"},
    }
)


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
    n_train: int | None = None  # train on so many of the 55,000 images, spread over all; None: on each of them
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
        if self.all_images and self.n_train is not None:
            raise ValueError(f"all_images must be off to learn from {self.n_train:,} of them: n_train says so")


class Settings(NamedTuple):
    """All settings of a run."""

    spec: NetworkSpec
    config: TrainConfig

    def value(self, row: Setting) -> Any:  # noqa: ANN401 - a setting's value is of the setting's type
        """Return what a setting is set to."""
        owner = self.spec if row.name in _OF_THE_NETWORK else self.config
        return getattr(getattr(owner, row.part) if row.part else owner, row.name)

    def changed(self, row: Setting, value: Any) -> "Settings":  # noqa: ANN401
        """Return the settings with another value of one of them.

        Raises:
            ValueError: it may not be that, or not together with the others.
        """
        if row.name == "hidden":
            return self._replace(spec=mnist_spec(value, self.spec.activation))
        if row.name in _OF_THE_NETWORK:
            return self._replace(spec=replace(self.spec, **{row.name: value}))
        if not row.part:
            return self._replace(config=replace(self.config, **{row.name: value}))
        part = replace(getattr(self.config, row.part), **{row.name: value})
        return self._replace(config=replace(self.config, **{row.part: part}))


_OF_THE_NETWORK = ("hidden", "activation")


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


def updates_an_epoch(config: TrainConfig, n_examples: int) -> int:
    """Return how many batches there are in so many examples, the last one perhaps shorter."""
    return ceil(n_examples / (config.batch_size or n_examples))


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
    return replace(config, n_epochs=min(n_epochs, int(SETTINGS["n_epochs"].range[1])), patience=0)
