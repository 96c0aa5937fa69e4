"""Where a number stands in a chart of the report, and which numbers stand along its sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from charts.learning import BEGINNINGS

STEPS = (1, 2, 5, 10)
N_TICKS = 5  # about so many


@dataclass(frozen=True)
class Scale:
    """One side of a chart: its numbers from low to high stand from start to end."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """Return where a number stands, which may be beyond the ends; what has no logarithm, at the lower end."""
        if self.is_log:
            share = log10(value / self.low) / log10(self.high / self.low) if value > 0 else 0.0
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return round numbers within the scale."""
        if self.is_log:
            return _round_numbers(self.low, self.high)
        raw = (self.high - self.low) / N_TICKS
        power = 10.0 ** floor(log10(raw))
        step = next(step * power for step in STEPS if step * power >= raw * 0.999)
        first = ceil(self.low / step - 1e-9)
        return [round(i * step, 10) for i in range(first, floor(self.high / step + 1e-9) + 1)]


def _round_numbers(low: float, high: float) -> list[float]:
    powers, n_powers = range(floor(log10(low)), ceil(log10(high)) + 1), log10(high / low)
    digits = (1, 2, 5) if n_powers < N_TICKS / 2 else (1,)
    every = ceil(n_powers / N_TICKS / 2)
    numbers = [digit * 10.0**power for power in powers[::every] for digit in digits]
    return [number for number in numbers if low * 0.999 <= number <= high * 1.001]


def percent_scale(accuracies: Iterable[float], start: float, end: float) -> Scale:
    """Return a scale of accuracies in percent, from below the lowest of them to 100."""
    lowest = min(accuracies, default=0)
    return Scale(max((begin for begin in BEGINNINGS if begin < lowest), default=0), 100, start, end)


def loss_scale(losses: Iterable[float], start: float, end: float) -> Scale:
    """Return a logarithmic scale of losses: they fall from 2.3 to a hundredth of that, and one that explodes climbs."""
    seen = [loss for loss in losses if isfinite(loss) and loss > 0] or [0.1, 1]
    low, high = max(min(seen), 1e-9), min(max(seen), 1e9)
    return Scale(low / 1.2, max(high, low) * 1.2, start, end, is_log=True)
