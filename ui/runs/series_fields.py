"""The widgets of a series of one's own: settings, with the values to try or the ends to draw between."""

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from fcnn.config import CHOICES, Settings
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from runs.sweep.draws import Range
from runs.sweep.plan import TRIED, Axis
from runs.sweep.typed import MOST_LETTERS, suggested, suggested_ends, values_of
from ui.runs.series_memory import NOTHING, SeriesMemory
from ui.visit import set_widget, widget_value

MOST_DRAWN = 4  # settings at once
DRAWN = tuple(name for name in TRIED if SETTINGS[name].kind in ("number", "whole", "widths"))
NO_FIRST, NO_SECOND = "Nothing but the seed", "No second one"
HELP = "Values, with commas between them."
HELP_WIDTHS = "Values, with commas between them; several hidden layers with a dash: 64, 128-64. 'none' is no layer."


class Typed(NamedTuple):
    """Values to try as they stand in a field: some of them may be none."""

    row: Setting
    text: str

    def axis(self) -> Axis:
        """Return the setting with its values; ValueError: there are none, or one is none."""
        return Axis(self.row.name, values_of(self.row, self.text))


class Ends(NamedTuple):
    """A range as it stands in two fields."""

    name: str
    low: float
    high: float

    def range(self) -> Range:
        """Return the range; ValueError: nothing can be drawn between these."""
        return Range(*self)


def field(memory: SeriesMemory, name: str, label: str, draw: Callable[..., Any], *args: Any, **details: Any) -> None:  # noqa: ANN401
    """Draw a widget that shows a choice, and remembers what the visitor makes of it, unless that is nothing."""
    _draw(
        f"series_{name}",
        label,
        getattr(memory, name),
        lambda value: setattr(memory, name, value),
        draw,
        *args,
        **details,
    )


def choose_values(memory: SeriesMemory, base: Settings) -> list[Typed]:
    """Draw one or two settings with the values to try, and return what stands there."""
    first, second = st.columns(2)
    with first:
        field(memory, "first", "Try", st.selectbox, [NOTHING, *TRIED], format_func=lambda name: _title(name, NO_FIRST))
        texts = [_choose_values(memory, memory.first, base)]
    with second:
        if memory.first != NOTHING:
            others = [NOTHING, *(name for name in TRIED if name != memory.first)]
            memory.second = memory.second if memory.second in others else NOTHING
            field(memory, "second", "With", st.selectbox, others, format_func=lambda name: _title(name, NO_SECOND))
            texts.append(_choose_values(memory, memory.second, base))
    return list(filter(None, texts))


def choose_ranges(memory: SeriesMemory, base: Settings) -> list[Ends]:
    """Draw settings with the ends to draw between, and return what stands there."""
    field(memory, "drawn", "Draw at random", st.multiselect, DRAWN, format_func=_title, max_selections=MOST_DRAWN)
    ends: list[Ends] = []
    for column, name in zip(st.columns(MOST_DRAWN), memory.drawn, strict=False):
        with column:
            ends.append(_choose_ends(memory, SETTINGS[name], base))
    return ends


def _choose_values(memory: SeriesMemory, name: str, base: Settings) -> Typed | None:
    if name == NOTHING:
        return None
    row = SETTINGS[name]
    if row.kind in ("choice", "switch"):
        names = CHOICES[name] if row.kind == "choice" else {"no": "no", "yes": "yes"}

        def choose(chosen: list[str]) -> None:
            memory.chosen[name] = chosen

        chosen = memory.chosen.setdefault(name, list(names))
        _draw(f"series_chosen_{name}", f"Values of {row.label}", chosen, choose, st.multiselect, list(names),
              format_func=names.__getitem__)  # fmt: skip
        return Typed(row, ", ".join(memory.chosen[name]))

    def save(text: str) -> None:
        memory.values[name] = text

    text = memory.values.get(name, suggested(row, base))
    explained = HELP_WIDTHS if row.kind == "widths" else f"{HELP} '{row.none}' is one, too." if row.none else HELP
    _draw(f"series_values_{name}", f"Values of {row.label}", text, save, st.text_input, max_chars=MOST_LETTERS,
          help=explained)  # fmt: skip
    return Typed(row, text)


def _choose_ends(memory: SeriesMemory, row: Setting, base: Settings) -> Ends:
    low, high = suggested_ends(row, base)
    return Ends(row.name, _choose_end(memory, row, "from", low), _choose_end(memory, row, "to", high))


def _choose_end(memory: SeriesMemory, row: Setting, end: str, usual: float) -> float:
    key = f"{row.name} {end}"

    def save(number: float) -> None:
        memory.ends[key] = number

    step = float(f"{usual / 10:.1g}") or float(row.step)  # of the arrows
    form: dict[str, Any] = {} if row.is_whole else {"format": "%g", "step": step}
    low, high = (int(each) if row.is_whole else float(each) for each in row.range)
    value = int(memory.ends.get(key, usual)) if row.is_whole else float(memory.ends.get(key, usual))
    _draw(f"series_end_{row.name}_{end}", f"{row.label}, {end}", value, save, st.number_input, low, high, **form)
    return value


def _draw(
    key: str, label: str, value: Any, save: Callable[[Any], None], draw: Callable[..., Any],  # noqa: ANN401
    *args: Any, **details: Any,  # noqa: ANN401 - passed on to the widget
) -> None:  # fmt: skip
    def hear() -> None:
        if (now := widget_value(key)) is not None:
            save(now)

    set_widget(key, value)
    draw(label, *args, key=key, on_change=hear, **details)


def _title(name: str, otherwise: str = "") -> str:
    return SETTINGS[name].title if name != NOTHING else otherwise
