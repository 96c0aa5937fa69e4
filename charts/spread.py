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
    """Return the weights of one layer as a filled shape, and what they were at the start as a line.

    Args:
        histogram: Of the layer.
        title: Its name.
        reach: The axis goes from -reach to reach, so that layers can be compared.
        with_start: Whether it is known how they were at the start.
        height: In pixels.
    """
    centres = (histogram.edges[:-1] + histogram.edges[1:]) / 2
    # A filled line, not bars: the browser draws one shape in place of sixty, at each moment that plays.
    filled = _steps(NOW, centres, histogram.now, TRAIN) | {"fill": "tozeroy", "fillcolor": TRAIN}
    drawn = [filled, _steps(START, centres, histogram.start, VALIDATION)] if with_start else [filled]
    layout = {
        "height": height,
        "title": {"x": 0, "xanchor": "left", "font": {"size": 14}, "text": title},
        "margin": {"t": 30, "b": 28, "l": 44, "r": 8},
        "hovermode": "x unified",
        "dragmode": False,
        "showlegend": False,  # it would lie on the title; the page says what is filled, and what is a line
        "xaxis": {"range": [-reach, reach], "fixedrange": True, "hoverformat": ".3f", "nticks": 7},
        "yaxis": {"ticksuffix": " %", "rangemode": "tozero", "fixedrange": True, "nticks": 4},
    }
    return {"data": drawn, "layout": layout}


def _steps(name: str, centres: Array, counts: Counts, colour: str) -> dict[str, Any]:
    share = (100 * counts / max(int(counts.sum()), 1)).astype(np.float32)
    line = {"color": colour, "width": 2, "shape": "hvh"}
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": centres, "y": share, "line": line,
        "hovertemplate": "%{y:.2f} %",
    }  # fmt: skip
