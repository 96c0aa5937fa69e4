"""How the weights of a layer are spread: the share of them of each size, now and before learning."""

from typing import Any

import numpy as np

from charts.palette import TRAIN, VALIDATION
from fcnn.inside.layers import Counts, WeightHistogram
from fcnn.types import Array

NOW, START = "now", "at the start"


def spread_figure(
    histogram: WeightHistogram, *, title: str, reach: float, with_start: bool, height: int = 190
) -> dict[str, Any]:
    """Return the weights of one layer as bars, and what they were at the start as a line.

    Args:
        histogram: Of the layer.
        title: Its name.
        reach: The axis goes from -reach to reach, so that layers can be compared.
        with_start: Whether it is known how they were at the start.
        height: In pixels.
    """
    edges = histogram.edges
    centres, width = (edges[:-1] + edges[1:]) / 2, float(edges[1] - edges[0])
    bars = {
        "type": "bar", "name": NOW, "x": centres, "y": _percent(histogram.now), "width": width,
        "marker": {"color": TRAIN, "line": {"width": 0}}, "hovertemplate": "%{y:.2f} %",
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines", "name": START, "x": centres, "y": _percent(histogram.start),
        "line": {"color": VALIDATION, "width": 2, "shape": "hvh"}, "hovertemplate": "%{y:.2f} %",
    }  # fmt: skip
    layout = {
        "height": height,
        "title": {"x": 0, "xanchor": "left", "font": {"size": 14}, "text": title},
        "margin": {"t": 30, "b": 28, "l": 44, "r": 8},
        "hovermode": "x unified",
        "dragmode": False,
        "bargap": 0,
        "showlegend": False,  # it would lie on the title; the page says what is filled, and what is a line
        "xaxis": {"range": [-reach, reach], "fixedrange": True, "hoverformat": ".3f", "nticks": 7},
        "yaxis": {"ticksuffix": " %", "rangemode": "tozero", "fixedrange": True, "nticks": 4},
    }
    return {"data": [bars, line] if with_start else [bars], "layout": layout}


def _percent(counts: Counts) -> Array:
    share: Array = (100 * counts / max(int(counts.sum()), 1)).astype(np.float32)
    return share
