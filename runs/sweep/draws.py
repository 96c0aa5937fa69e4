"""Random draws of settings: each from a range, evenly or evenly over its powers of ten."""

from dataclasses import dataclass
from math import exp, log

import numpy as np

from fcnn.config import Settings
from fcnn.setting import Setting
from fcnn.settings import SETTINGS

# What is tried in factors: from 0.001 to 0.01 is as far as from 0.01 to 0.1. (Bergstra and Bengio, 2012)
IN_FACTORS = ("learning_rate", "l2", "batch_size", "n_epochs", "hidden", "n_train")
DIGITS = 3  # of a number that was drawn: short enough for an address, which then says all of it


@dataclass(frozen=True)
class Range:
    """A setting that is drawn, and between which ends; drawn 'hidden' is the width of every hidden layer.

    Raises:
        ValueError: it is none that can be drawn, or an end is out of its range; the sentence is for the page.
    """

    name: str
    low: float
    high: float

    def __post_init__(self) -> None:
        row = SETTINGS.get(self.name)
        if row is None or row.kind not in ("number", "whole", "widths"):
            raise ValueError(f"{row.label if row else self.name} cannot be drawn at random: it is no number.")
        for end in (self.low, self.high):
            if not row.allows(int(end) if row.is_whole and end == int(end) else end):
                raise ValueError(f"{row.label} {between(row)}, not {end:g}.")
        if self.low >= self.high:
            raise ValueError(f"{row.label}: the lower end must be below the upper one.")
        if self.name in IN_FACTORS and self.low <= 0:
            raise ValueError(f"{row.label} is drawn in factors: its lower end must be above 0.")

    def draw(self, base: Settings, rng: np.random.Generator) -> Settings:
        """Return the settings with a drawn value of this one."""
        row = SETTINGS[self.name]
        if self.name in IN_FACTORS:
            value = exp(rng.uniform(log(self.low), log(self.high)))
        else:
            value = rng.uniform(self.low, self.high)
        value = min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high)
        if row.kind == "widths":
            return base.changed(row, (round(value),) * max(1, len(base.spec.hidden)))
        return base.changed(row, round(value) if row.is_whole else value)


def between(row: Setting) -> str:
    """Return what the numbers of a setting must be, as the rest of a sentence."""
    low, high = row.range
    if row.is_whole:
        return f"must be a whole number from {int(low):,} to {int(high):,}"
    return f"must be from {low:g} to {high:,g}"
