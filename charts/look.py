"""The look of a run, the same on all pages: a colour by its number and, where colours come again, another dash.

Four dashes of six colours are told apart; the twenty-fifth run looks like the first, and its name on hover tells.
"""

from typing import NamedTuple

from charts.palette import RUNS

DASHES = ("solid", "7px,3px", "2px,3px", "9px,3px,2px,3px")
SYMBOLS = ("circle", "diamond", "square", "triangle-up")


class Look(NamedTuple):
    """How a run is drawn."""

    colour: str  # #rrggbb
    dash: str  # of its lines, for Plotly
    symbol: str  # of its points, for Plotly


def look_of(number: int) -> Look:
    """Return how the run of this number is drawn, numbers counting from 1."""
    cycle, place = divmod(max(number, 1) - 1, len(RUNS))
    return Look(RUNS[place], DASHES[cycle % len(DASHES)], SYMBOLS[cycle % len(SYMBOLS)])


def colour_of(number: int) -> str:
    """Return the colour of the run of this number, as #rrggbb."""
    return look_of(number).colour
