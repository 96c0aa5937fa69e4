"""What came of runs for each pair of values of two settings, as a grid of colours with the numbers on them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.scales import Scale, scale_of
from fcnn.setting import Setting
from fcnn.written import written
from runs.comparison.differences import in_words, is_known
from runs.comparison.results import Result
from runs.kept import KeptRun

Figure = dict[str, Any]
HEIGHT = 380  # pixels
MOST_WRITTEN = 8  # columns or rows whose numbers have room on the cells, also on a phone
# From poor to good. Numbers on it are black, and white from _DARK on: 4.3 : 1 or more everywhere.
SCALE = ("#dfe9fb", "#a9c6f2", "#6f9ce6", "#3f70cc", "#1f4796", "#0d2457")
_DARK = 0.57


def heat_map_figure(
    runs: Sequence[KeptRun], across: Setting, up: Setting, result: Result, *, name: str, height: int = HEIGHT
) -> Figure:
    """Draw a cell for each pair of values: the mean of the runs that have both. Where there is none, it is empty.

    Args:
        runs: what is drawn; those without a result, or of which a setting is not known, do not count.
        across: the setting to the right.
        up: the setting upwards.
        result: what came of them; dark is good, or large where nothing is better.
        name: names the drawing.
        height: in pixels.
    """
    counted = [run for run in runs if is_known(across, run) and is_known(up, run) and result.of(run) is not None]
    columns, rows = _names(across, counted), _names(up, counted)
    cells: dict[tuple[str, str], list[float]] = {}
    for run in counted:
        value = result.of(run)
        key = written(up, run.settings), written(across, run.settings)
        cells.setdefault(key, []).extend([] if value is None else [value])
    means = [[float(np.mean(cells[y, x])) if (y, x) in cells else np.nan for x in columns] for y in rows]
    words = [[_cell_words(cells.get((y, x), []), result) for x in columns] for y in rows]
    trace = _look(result) | {
        "x": list(columns.values()),
        "y": list(rows.values()),
        "z": means,
        "text": [[result.text(mean) if np.isfinite(mean) else "" for mean in row] for row in means],
        "customdata": words,
        "hovertemplate": f"{across.label} %{{x}}<br>{up.label} %{{y}}<br>%{{customdata}}<extra></extra>",
    }
    layout = {
        "height": height,
        "uirevision": f"{name} {across.name} {up.name}",
        "margin": {"t": 16, "b": 48, "l": 72, "r": 12},
        "dragmode": False,
        "xaxis": {"type": "category", "title": {"text": across.title}, "showgrid": False},
        "yaxis": {"type": "category", "title": {"text": up.title}, "showgrid": False},
        "annotations": _written(trace, result) if max(len(columns), len(rows)) <= MOST_WRITTEN else [],
    }
    return {"data": [trace], "layout": layout}


def _written(trace: Figure, result: Result) -> list[Figure]:
    """Return the numbers on the cells: Plotly's own are grey on some."""
    z = np.array(trace["z"], np.float64).reshape(len(trace["y"]), len(trace["x"]))
    seen = z[np.isfinite(z)]
    low, reach = (seen.min(), float(np.ptp(seen)) or 1.0) if len(seen) else (0.0, 1.0)
    shares = (z - low) / reach
    shares = 1 - shares if trace["reversescale"] else shares
    return [
        {
            "x": j, "y": i, "text": result.text(float(z[i, j])), "showarrow": False,
            "font": {"color": "#ffffff" if shares[i, j] >= _DARK else "#000000", "size": 12},
        }
        for i, j in np.argwhere(np.isfinite(z)).tolist()
    ]  # fmt: skip


def _look(result: Result) -> Figure:
    return {
        "type": "heatmap",
        "name": result.title,
        "colorscale": [[i / (len(SCALE) - 1), colour] for i, colour in enumerate(SCALE)],
        "reversescale": result.higher_is_better is False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "colorbar": {"title": {"text": result.label, "side": "right"}, "thickness": 14, "outlinewidth": 0},
    }


def _names(row: Setting, runs: Sequence[KeptRun]) -> dict[str, str]:
    """Return the values of a setting as written, in their order, each with what it is called."""
    if not runs:
        return {}
    scale: Scale = scale_of(row, runs)
    names = {written(row, run.settings): in_words(row, run.settings) for run in runs}
    return {word: names[word] for word in sorted(scale.places, key=lambda word: scale.places[word])}


def _cell_words(values: Sequence[float], result: Result) -> str:
    if not values:
        return ""
    number = f"{result.title} {result.text(float(np.mean(values)))} {result.unit}".rstrip()
    low, high = result.text(min(values)), result.text(max(values))
    return number if len(values) == 1 else f"{number}, mean of {len(values):,} runs, {low} to {high}"
