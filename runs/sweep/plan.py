"""What is to be tried: one or two settings with their values, or random draws over ranges, each with every seed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np

from fcnn.config import Settings, TrainConfig
from fcnn.mnist import N_VALIDATION
from fcnn.settings import SETTINGS
from runs.estimate import Speed, seconds_for
from runs.sweep.draws import Range, between

MOST_RUNS = 64
MOST_EPOCHS = 1_000  # of each run; what is remembered of every epoch stays small, wherever it is computed
N_IMAGES = 60_000

# Seeds have a list of their own; the number of layers is said by their widths; and without a validation set
# there is nothing by which runs may be compared.
NOT_TRIED = ("seed", "n_hidden_layers", "all_images")
TRIED = tuple(name for name in SETTINGS if name not in NOT_TRIED)


@dataclass(frozen=True)
class Axis:
    """A setting, and the values to try: numbers, words, yes or no, or of 'hidden' a tuple of widths each.

    Raises:
        ValueError: it is none that can be tried, or there are no values; the sentence is for the page.
    """

    name: str
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        if self.name not in TRIED:
            raise ValueError(f"{SETTINGS[self.name].label if self.name in SETTINGS else self.name} cannot be tried.")
        if not self.values:
            raise ValueError(f"{SETTINGS[self.name].label}: there is no value to try.")


@dataclass(frozen=True)
class Plan:
    """Settings to begin with, and what to change: axes, or so many draws of ranges; expand() says which runs that is.

    Raises:
        ValueError: it is nothing, too much, or both of the two; the sentence is for the page.
    """

    base: Settings
    axes: tuple[Axis, ...] = ()  # every value of one with every value of the other
    ranges: tuple[Range, ...] = ()
    n_draws: int = 0
    draw_seed: int = 0  # the same one draws the same values
    seeds: tuple[int, ...] = ()  # for each of them; (): that of base

    def __post_init__(self) -> None:
        if bool(self.axes) and bool(self.ranges):
            raise ValueError("Choose values or random draws, not both.")
        if len(self.axes) > 2:
            raise ValueError("Choose one or two settings to try.")
        if len(set(self.names)) < len(self.names):
            raise ValueError("Choose two different settings.")
        if bool(self.ranges) != (self.n_draws > 0):
            raise ValueError("Random draws need a range and a number of draws.")
        if not self.names and len(set(self.seeds)) < 2:
            raise ValueError("There is nothing to compare: choose a setting to try, or more than one seed.")
        if self.n_runs > MOST_RUNS:
            raise ValueError(f"That would be {self.n_runs:,} runs; one series has at most {MOST_RUNS}.")

    @property
    def names(self) -> tuple[str, ...]:
        """The settings that are tried, but for the seed."""
        return (*(axis.name for axis in self.axes), *(each.name for each in self.ranges))

    @property
    def n_runs(self) -> int:
        """How many runs that is, counted before any of them is made; if some are alike, there will be fewer."""
        values = self.n_draws if self.ranges else prod(len(axis.values) for axis in self.axes)
        return values * max(1, len(self.seeds))


def expand(plan: Plan) -> tuple[Settings, ...]:
    """Return the settings of each run, no two alike, at most MOST_RUNS.

    All values come with the first seed before any comes with the second: so the whole picture is there early.

    Raises:
        ValueError: some of them cannot be; the sentence is for the page.
    """
    points = list(_drawn(plan) if plan.ranges else _crossed(plan))
    seeds = plan.seeds or (plan.base.config.seed,)
    settings = dict.fromkeys(_changed(point, "seed", seed) for seed in seeds for point in points)
    for each in settings:
        if each.config.n_epochs > MOST_EPOCHS:
            raise ValueError(f"In a series, each run has at most {MOST_EPOCHS:,} epochs.")
    return tuple(settings)


def how_long(settings: Iterable[Settings], speed: Speed, at_once: int = 1) -> float:
    """Return the time that all runs take together, in seconds, within a factor of two.

    at_once is how many of them really compute at once: no more than there are cores.
    """
    return sum(seconds_for(each.spec, each.config, n_examples(each.config), speed) for each in settings) / at_once


def n_examples(config: TrainConfig) -> int:
    """Return from how many images a run learns."""
    if config.all_images:
        return N_IMAGES
    return min(config.n_train or N_IMAGES, N_IMAGES - N_VALIDATION)


def _crossed(plan: Plan) -> Iterator[Settings]:
    for values in product(*(axis.values for axis in plan.axes)):
        settings = plan.base
        for axis, value in zip(plan.axes, values, strict=True):
            settings = _changed(settings, axis.name, value)
        yield settings


def _drawn(plan: Plan) -> Iterator[Settings]:
    rng = np.random.default_rng(plan.draw_seed)
    for _ in range(plan.n_draws):
        settings = plan.base
        for each in plan.ranges:
            settings = each.draw(settings, rng)
        yield settings


def _changed(settings: Settings, name: str, value: Any) -> Settings:  # noqa: ANN401 - of the setting's type
    row = SETTINGS[name]
    if row.kind in ("number", "whole") and value is not None and not row.allows(value):
        raise ValueError(f"{row.label} {between(row)}, not {value:,}.")
    try:
        return settings.changed(row, value)
    except ValueError as error:
        words = " and ".join(map(str, value)) if isinstance(value, tuple) else value
        raise ValueError(f"{row.label} cannot be {words} here: {error}.") from error
