"""Values to try as a visitor types them, '0.01, 0.03, 0.1', and some to begin with."""

from collections.abc import Iterable
from typing import Any

from fcnn.config import Settings
from fcnn.reading.text import visible
from fcnn.setting import Setting
from fcnn.written import exact, value_of, written
from runs.sweep.draws import IN_FACTORS
from runs.sweep.plan import MOST_RUNS

MOST_LETTERS = 600  # of all values together
FACTORS = (1 / 3, 1, 3)
WIDTH_FACTORS = (1 / 2, 1, 2)
N_STOPS, REACH = 4, 0.6  # of a slider, where no factors make sense: so many of its stops, from its first so far


def values_of(row: Setting, text: str) -> tuple[Any, ...]:
    """Return the values that a text lists, parted by commas, each once.

    Raises:
        ValueError: one of them is none, or there are too many; the sentence is for the page, and may quote the text.
    """
    words = [word for part in text[: MOST_LETTERS + 1].split(",") if (word := part.strip())]
    if len(text) > MOST_LETTERS or len(words) > MOST_RUNS:
        raise ValueError(f"{row.label}: one series has at most {MOST_RUNS} values.")
    return tuple(dict.fromkeys(_value(row, word) for word in words))


def suggested(row: Setting, settings: Settings) -> str:
    """Return values to begin with, as text: around the present one, or some of the stops of the slider."""
    value = settings.value(row)
    if row.kind == "widths":
        widths = (tuple(max(1, round(width * factor)) for width in value) for factor in WIDTH_FACTORS)
        return _listed(row, settings, (tuple(min(w, int(row.range[1])) for w in some) for some in widths))
    if row.name in IN_FACTORS and value:
        return _listed(row, settings, (_near(row, value, factor) for factor in FACTORS))
    if row.stops:
        step = REACH * (len(row.stops) - 1) / (N_STOPS - 1)
        return _listed(row, settings, (row.stops[round(i * step)] for i in range(N_STOPS)))
    return written(row, settings)


def _value(row: Setting, word: str) -> Any:  # noqa: ANN401 - a setting's value is of the setting's type
    try:
        return value_of(row, word)
    except ValueError as error:
        raise ValueError(f"{row.label} cannot be {visible(word)}: {error}.") from error


def _near(row: Setting, value: float, factor: float) -> float:
    """Return so many times a value, with one digit, within the range."""
    low, high = row.range
    number = value if factor == 1 else min(max(float(f"{value * factor:.1g}"), low), high)
    return round(number) if row.is_whole else number


def _listed(row: Setting, settings: Settings, values: Iterable[Any]) -> str:
    if row.kind == "widths":
        return ", ".join(dict.fromkeys(written(row, settings.changed(row, widths)) for widths in values))
    return ", ".join(dict.fromkeys(map(exact, values)))


def suggested_ends(row: Setting, settings: Settings) -> tuple[float, float]:
    """Return two ends to begin with: a tenth and ten times the present value, or the whole slider."""
    value = settings.value(row)
    number = value[0] if row.kind == "widths" and value else value
    low, high = (max(row.range[0], 1), row.range[1]) if row.kind == "widths" else row.range
    if row.name in IN_FACTORS and number:
        tenth, tenfold = (min(max(float(f"{number * factor:.1g}"), low), high) for factor in (0.1, 10))
        return (float(round(tenth)), float(round(tenfold))) if row.is_whole else (tenth, tenfold)
    stops = [stop for stop in row.stops if stop > 0 or row.name not in IN_FACTORS]
    return (stops[0], stops[-1]) if stops else (low, min(high, max(low + 1, 10.0)))
