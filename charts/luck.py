"""Runs that differ in nothing but the seed: what each reaches, and how sure one may be of a single one."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.as_data import LINE, as_data
from charts.look import look_of
from charts.palette import MARK, TRAIN
from runs.comparison.results import RESULTS
from runs.kept import KeptRun
from runs.sweep.finding import complete, spread_of

Figure = dict[str, Any]
HEIGHT = 380  # pixels
MARGIN = 0.12  # of the axis, above and below
OF_ONE = "95 % interval of one run"


def luck_figure(runs: Sequence[KeptRun], *, name: str, height: int = HEIGHT) -> Figure:
    """Draw a point for each run by its test accuracy, their mean, and behind them the 95 % interval of one such run.

    Args:
        runs: what is drawn; those that were stopped, or have no test accuracy, have no point.
        name: names the drawing.
        height: in pixels.
    """
    result, spread = RESULTS["test_accuracy"], spread_of(runs)
    known = (run for run in complete(runs) if result.of(run) is not None)
    drawn = sorted(known, key=lambda run: run.settings.config.seed)
    layout: Figure = {
        "height": height,
        "uirevision": name,
        "margin": {"t": 24, "b": 48, "l": 64, "r": 12},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "xaxis": {"type": "category", "title": {"text": "Seed"}, "showgrid": False},
        "yaxis": {"title": {"text": result.label}, "tickformat": ",.2f"},
    }
    if spread:
        layout |= {"shapes": _band(spread.low, spread.high, spread.mean), "annotations": [_name(spread.high)]}
        low, high = min(spread.low, *spread.values), max(spread.high, *spread.values)
        layout["yaxis"]["range"] = [low - MARGIN * (high - low), high + MARGIN * (high - low)]
    return {"data": [_points(drawn)] if drawn else [], "layout": layout}


def _points(runs: Sequence[KeptRun]) -> Figure:
    result, looks = RESULTS["test_accuracy"], [look_of(run.number) for run in runs]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Runs",
        "x": [str(run.settings.config.seed) for run in runs],
        "y": np.array([result.of(run) for run in runs], np.float64),
        "text": [LINE.join([f"<b>{as_data(run.title)}</b>", f"{result.text(result.of(run))} %"]) for run in runs],
        "hovertemplate": "%{text}, seed %{x}<extra></extra>",
        "marker": {
            "size": 11,
            "color": [look.colour for look in looks],
            "symbol": [look.symbol for look in looks],
        },
    }


def _band(low: float, high: float, mean: float) -> list[Figure]:
    across = {"xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    return [
        across | {"type": "rect", "y0": low, "y1": high, "fillcolor": TRAIN, "opacity": 0.12, "line": {"width": 0}},
        across | {"type": "line", "y0": mean, "y1": mean, "line": {"color": MARK, "width": 1, "dash": "dot"}},
    ]


def _name(high: float) -> Figure:
    return {
        "xref": "paper", "x": 0.01, "xanchor": "left", "y": high, "yanchor": "top", "showarrow": False,
        "text": OF_ONE, "font": {"size": 12},
    }  # fmt: skip
