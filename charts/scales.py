"""Settings as places on an axis: numbers evenly or by their logarithm, names one after the other, and 'full' apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Any, Literal

from fcnn.setting import Setting
from fcnn.written import exact, written
from runs.comparison.differences import in_words, is_known
from runs.kept import KeptRun

WIDE = 8  # the largest of some numbers is so many times the smallest: then they stand by their logarithms
MOST_TICKS = 9
ROOM = 0.08  # of the axis, for the name of a tick
Tick = tuple[float, str]  # place and name


@dataclass(frozen=True)
class Scale:
    """Where the values of a setting stand on an axis."""

    title: str
    places: Mapping[str, float]  # of each value, as fcnn.written writes it
    ticks: tuple[Tick, ...]  # rising, and not more than have room; without any, places are the numbers themselves
    kind: Literal["even", "log", "names"]

    def place(self, row: Setting, run: KeptRun) -> float | None:
        """Return where a run stands, or None if nobody knows."""
        return self.places[written(row, run.settings)] if is_known(row, run) else None

    @property
    def is_number(self) -> bool:
        """Whether what lies between two values means something, so that a line may join them."""
        return self.kind != "names"

    @property
    def meaning(self) -> str:
        """Return what changes where a place comes to mean another value: a new name comes in, or logarithms do."""
        return f"{self.title} {self.kind} {'' if self.is_number else ' '.join(self.places)}"

    @property
    def range(self) -> tuple[float, float]:
        """Both ends of the axis, with a little room beside the outermost values."""
        low, high = min(self.places.values()), max(self.places.values())
        margin = 0.06 * (high - low) or 0.5
        return low - margin, high + margin

    def axis(self) -> dict[str, Any]:
        """Return what Plotly is told of it as an axis of a chart."""
        axis: dict[str, Any] = {"title": {"text": self.title}, "type": "linear", "range": list(self.range)}
        axis["zeroline"] = False
        if self.ticks:
            axis |= {"tickvals": [place for place, _ in self.ticks], "ticktext": [name for _, name in self.ticks]}
        return axis


def scale_of(row: Setting, runs: Sequence[KeptRun]) -> Scale:
    """Return the scale for the values that a setting has in these runs, of which one is known at least."""
    known = {written(row, run.settings): run.settings for run in runs if is_known(row, run)}
    values = {word: settings.value(row) for word, settings in known.items()}
    numbers = {word: number for word, value in values.items() if (number := _number(value)) is not None}
    others = values.keys() - numbers.keys()
    if not numbers or others - {row.none}:
        rising = sorted(values, key=lambda word: _order(values[word]))
        ticks = [(float(i), in_words(row, known[word])) for i, word in enumerate(rising)]
        return Scale(row.title, {word: float(i) for i, word in enumerate(rising)}, tuple(ticks), "names")
    places = _spaced(numbers)
    kind: Literal["even", "log"] = "even" if places == numbers else "log"
    needs_no_names = kind == "even" and not others and len(places) > MOST_TICKS
    if others:  # a full batch is larger than any other
        places[row.none] = max(places.values()) + ((max(places.values()) - min(places.values())) / 6 or 1.0)
    named = sorted((place, exact(numbers[word]) if word in numbers else word) for word, place in places.items())
    return Scale(row.title, places, () if needs_no_names else _few(named), kind)


def _number(value: object) -> float | None:
    """Return a value as a number: also the width of a single hidden layer."""
    if isinstance(value, tuple) and len(value) == 1:
        return float(value[0])
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _order(value: object) -> tuple[int, object]:
    return (len(value), value) if isinstance(value, tuple) else (0, str(value))


def _spaced(numbers: Mapping[str, float]) -> dict[str, float]:
    """Return the places of numbers: their logarithms, if they lie wide apart; 0 then stands before all others."""
    positive = [number for number in numbers.values() if number > 0]
    if not positive or max(positive) < WIDE * min(positive):
        return dict(numbers)
    logs = sorted({log10(number) for number in positive})
    step = max(b - a for a, b in pairwise(logs))
    return {word: log10(number) if number > 0 else logs[0] - step for word, number in numbers.items()}


def _few(ticks: list[Tick]) -> tuple[Tick, ...]:
    """Return ticks that have room beside each other, with both ends: values that were drawn lie anyhow."""
    if len(ticks) > MOST_TICKS:
        ticks = [ticks[round(i * (len(ticks) - 1) / (MOST_TICKS - 1))] for i in range(MOST_TICKS)]
    apart = ROOM * (ticks[-1][0] - ticks[0][0])
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or tick[0] - kept[-1][0] >= apart:
            kept.append(tick)
    return tuple(kept) if kept[-1] is ticks[-1] else (*kept[:-1], ticks[-1])
