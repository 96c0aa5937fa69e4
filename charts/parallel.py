"""Parallel coordinates: one line a run, through what it was set to and what came of it. Brushes on the axes pick runs.

Inselberg, 'The plane with parallel coordinates', 1985.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from charts.look import colour_of
from charts.palette import MARK, RUNS
from charts.scales import Scale, scale_of
from fcnn.setting import Setting
from runs.comparison.differences import is_known
from runs.comparison.results import Result
from runs.kept import KeptRun

Figure = dict[str, Any]
HEIGHT = 380  # pixels
MOST_AXES = 8  # of settings; with more, their names would lie on each other
_COLOURS = (*RUNS, f"{MARK}40")  # the last one is for runs that stand back


def parallel_figure(
    runs: Sequence[KeptRun], rows: Sequence[Setting], results: Sequence[Result], *, name: str,
    picked: Collection[str] = (), height: int = HEIGHT,
) -> Figure:  # fmt: skip
    """Draw an axis for each setting, and behind them one for each result; trace["ids"] says whose the lines are.

    A run that has no result yet, or of which a setting is not known, has no line.

    Args:
        runs: what is drawn.
        rows: settings, of which the first MOST_AXES are drawn; with the results there are two axes or more.
        results: what came of them.
        name: names the drawing; brushes are forgotten when it changes, or what places on the axes mean.
        picked: ids of runs; where there are some, the others stand back.
        height: in pixels.
    """
    shown = [row for row in rows[:MOST_AXES] if any(is_known(row, run) for run in runs)]
    scales = [scale_of(row, runs) for row in shown]

    def places(run: KeptRun) -> list[float | None]:
        settings = [scale.place(row, run) for row, scale in zip(shown, scales, strict=True)]
        return [*settings, *(result.of(run) for result in results)]

    drawn = [run for run in runs if None not in places(run)]
    axes = [*(_of_setting(scale) for scale in scales), *(_of_result(result) for result in results)]
    columns = np.array([places(run) for run in drawn], np.float64).reshape(len(drawn), len(axes)).T
    trace = {
        "type": "parcoords",
        "ids": [run.id for run in drawn],
        "dimensions": [axis | {"values": column} for axis, column in zip(axes, columns, strict=True)],
        "line": _colours(drawn, picked),
        "unselected": {"line": {"color": MARK, "opacity": 0.12}},
    }
    layout = {
        "height": height,
        "uirevision": " ".join([name, *(scale.meaning for scale in scales), *(one.title for one in results)]),
        "margin": {"t": 56, "b": 28, "l": 64, "r": 64},
    }
    return {"data": [trace], "layout": layout}


def _of_setting(scale: Scale) -> Figure:
    """Return an axis; where each value has a tick, a brush snaps to them."""
    low, high = scale.range
    axis: Figure = {"label": scale.title, "range": [low, high]}
    if scale.ticks:
        axis |= {"tickvals": [place for place, _ in scale.ticks], "ticktext": [name for _, name in scale.ticks]}
    return axis


def _of_result(result: Result) -> Figure:
    return {"label": result.label, "tickformat": f",.{result.decimals}~f"}


def _colours(runs: Sequence[KeptRun], picked: Collection[str]) -> Figure:
    """Return the colour of each line as its place on a scale that has a step for each."""
    n = len(_COLOURS)
    steps = [[(i + end) / n, colour] for i, colour in enumerate(_COLOURS) for end in (0, 1)]
    places = [RUNS.index(colour_of(run.number)) if not picked or run.id in picked else n - 1 for run in runs]
    return {"color": np.array(places, np.int32), "colorscale": steps, "cmin": -0.5, "cmax": n - 0.5}
