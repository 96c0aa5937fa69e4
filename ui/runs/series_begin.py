"""How a series begins: at once, or, where one goes on, after its owner has said that it may end."""

from runs.sweep.plan import Plan, expand, how_long
from ui import cached
from ui.runs.series_memory import SeriesMemory
from ui.server import limits, runs
from ui.sweeps import Asked, begin, my_series, n_at_once
from ui.visit import Visit, remembered
from ui.words import duration

BETWEEN_S = 0.2  # from the end of a run to the start of the next: both are noticed in steps


def begin_or_ask(state: Visit, asked: Asked) -> None:
    """Begin a series; while one goes on, which may have begun in another tab, ask before."""
    series = my_series(state)
    if series is not None and series.look().goes_on:
        ask(asked)
    else:
        _begin(state, asked)


def begin_anyway(state: Visit) -> None:
    """Begin the series that was asked about."""
    if asked := remembered(SeriesMemory).asked:
        _begin(state, asked)


def ask(asked: Asked | None) -> None:
    """Ask whether a series is to begin although one goes on; None: do not ask any more."""
    memory = remembered(SeriesMemory)
    memory.asked, memory.turn = asked, memory.turn + bool(asked)


def how_much(state: Visit, plan: Plan, *, race: bool) -> str:
    """Return how many runs a plan is and how long they take: '7 runs, about 12 seconds'.

    Raises:
        ValueError: some of its runs cannot be; the sentence is for the page.
    """
    settings = expand(plan)
    series = my_series(state)
    n_others = runs().n_running() - bool(series and series.look().under_way)
    # Here they are one customer of many, and each run computes on one core.
    at_once = min(n_at_once(len(settings), race=race), limits().n_turns / (max(0, n_others) + 1))
    seconds = (how_long(settings, cached.speedometer().speed()) + BETWEEN_S * len(settings)) / at_once
    return f"{len(settings):,} run{'' if len(settings) == 1 else 's'}, about {duration(seconds)}"


def _begin(state: Visit, asked: Asked) -> None:
    memory = remembered(SeriesMemory)
    memory.asked, memory.refused, memory.turn = None, "", memory.turn + 1
    try:
        begin(state, asked)
    except ValueError as error:
        memory.refused = str(error)
