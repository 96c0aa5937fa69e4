"""What came of runs against what they were set to: a point for each run, or the mean and spread of each value."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.as_data import LINE, hover_words
from charts.look import look_of
from charts.palette import MARK, TRAIN
from charts.scales import Scale, scale_of
from fcnn.setting import Setting
from runs.comparison.differences import differing, is_known
from runs.comparison.results import Result
from runs.kept import KeptRun

Figure = dict[str, Any]
HEIGHT = 380  # pixels
MARGIN = {"t": 16, "b": 48, "l": 64, "r": 12}


def scatter_figure(
    runs: Sequence[KeptRun], row: Setting, result: Result, *, name: str, height: int = HEIGHT, means: bool = False
) -> Figure:
    """Draw a point for each run, in its own look; trace["ids"] says whose they are, for a lasso.

    Args:
        runs: what is drawn; those without a result, or of which the setting is not known, have no point.
        row: the setting, to the right.
        result: what came of it, upwards.
        name: names the drawing; zoom and lasso are forgotten when it changes.
        height: in pixels.
        means: whether the mean of each value is drawn as well, with its lowest and highest.
    """
    drawn = [run for run in runs if is_known(row, run) and result.of(run) is not None]
    layout: Figure = {
        "height": height,
        "uirevision": f"{name} {row.name} {result.title}",
        "margin": MARGIN,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "dragmode": "lasso",
        "showlegend": False,
        "yaxis": {"title": {"text": result.label}, "tickformat": f",.{result.decimals}~f"},
    }
    if not drawn:
        return {"data": [], "layout": layout | {"xaxis": {"title": {"text": row.title}}}}
    scale = scale_of(row, drawn)
    behind = [_means(drawn, row, scale, result)] if means else []
    return {"data": [*behind, _points(drawn, row, scale, result)], "layout": layout | {"xaxis": scale.axis()}}


def _points(runs: Sequence[KeptRun], row: Setting, scale: Scale, result: Result) -> Figure:
    looks = [look_of(run.number) for run in runs]
    rows = differing(runs) or (row,)
    unit = f" {result.unit}" if result.unit else ""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Runs",
        "x": np.array([scale.place(row, run) for run in runs], np.float32),
        "y": np.array([result.of(run) for run in runs], np.float32),
        "ids": [run.id for run in runs],
        "text": [
            LINE.join([hover_words(run.title, run, rows), f"{result.title} {result.text(result.of(run))}{unit}"])
            for run in runs
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 9,
            "opacity": 0.85,
            "color": [look.colour for look in looks],
            "symbol": [look.symbol for look in looks],
        },
        "unselected": {"marker": {"opacity": 0.15}},
    }


def _means(runs: Sequence[KeptRun], row: Setting, scale: Scale, result: Result) -> Figure:
    """Return the mean at each value, joined where the setting is a number, with bars from the lowest to the highest."""
    found: dict[float, list[float]] = {}
    for run in runs:
        place, value = scale.place(row, run), result.of(run)
        if place is not None and value is not None:
            found.setdefault(place, []).append(value)
    places = sorted(found)
    groups = [np.array(found[place]) for place in places]
    mean = np.array([group.mean() for group in groups])
    above = np.array([group.max() for group in groups]) - mean
    below = mean - np.array([group.min() for group in groups])
    return {
        "type": "scatter",
        "mode": "lines+markers" if scale.is_number else "markers",
        "name": "Mean",
        "x": np.array(places),
        "y": mean,
        "text": [f"mean of {len(group):,}: {result.text(group.mean())} {result.unit}".rstrip() for group in groups],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": TRAIN, "width": 2},
        "marker": {"color": TRAIN, "size": 22, "symbol": "line-ew-open", "line": {"width": 3}},
        "error_y": {"array": above, "arrayminus": below, "symmetric": False, "color": MARK, "thickness": 2, "width": 6},
        "selectedpoints": list(range(len(places))),  # a lasso is for runs: means never fade
    }
