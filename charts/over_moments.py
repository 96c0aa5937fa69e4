"""What is drawn over the moments of a training that were kept: they stand side by side, evenly, and one is marked."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any, NamedTuple

import numpy as np

from charts.look import look_of
from charts.palette import MARK
from fcnn.types import Array

MOST_NAMES = 6  # of moments, below the curve
MOST_MARKED = 60  # moments that are still marked one by one


class Line(NamedTuple):
    """One line of such a chart."""

    name: str
    y: Array  # one value for each moment; nan where there is none


def moments_axis(names: Sequence[str]) -> dict[str, Any]:
    """Return the axis to the right of so many moments, by their names."""
    n = len(names)
    shown = sorted({round(place) for place in np.linspace(0, n - 1, min(n, MOST_NAMES))})
    ticks = {"tickvals": shown, "ticktext": [names[i] for i in shown]}
    return {"range": [-0.3, n - 0.7], "fixedrange": True, **ticks}


def mark_at(place: int) -> dict[str, Any]:
    """Return the rule that points one moment out."""
    return {"type": "line", "x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": MARK}}


def over_moments_figure(
    lines: Sequence[Line], names: Sequence[str], *, at: int, title: str, hover: str, log: bool = False,
    height: int = 240,
) -> dict[str, Any]:  # fmt: skip
    """Return some lines over the moments of a training.

    Args:
        lines: What is drawn; the first has a value wherever one can click.
        names: What each of the moments is called.
        at: The place of the moment that is pointed out.
        title: Of the axis upwards, with the unit.
        hover: How Plotly writes a value: "%{y:.1f} %".
        log: Whether it is a logarithmic axis; what is not above 0 has no place there.
        height: In pixels.
    """
    mode = "lines+markers" if len(names) <= MOST_MARKED else "lines"
    drawn = []
    for number, line in enumerate(lines, start=1):
        look = look_of(number)
        y = np.where(line.y > 0, line.y, np.nan) if log else line.y
        drawn.append(
            {
                "type": "scatter", "mode": mode, "name": line.name, "x": np.arange(len(names)), "y": y,
                "line": {"color": look.colour, "width": 2, "dash": look.dash},
                "marker": {"size": 5, "symbol": look.symbol}, "hovertemplate": hover,
            }
        )  # fmt: skip
    scale = _log_axis([line.y for line in lines]) if log else {"type": "linear", "rangemode": "tozero", "nticks": 6}
    layout = {
        "height": height,
        "hovermode": "x unified",
        "dragmode": False,
        "showlegend": len(lines) > 1,
        "xaxis": moments_axis(names),
        "yaxis": {"title": {"text": title}, "fixedrange": True, **scale},
        "shapes": [mark_at(at)],
    }
    return {"data": drawn, "layout": layout}


def _log_axis(values: Sequence[Array]) -> dict[str, Any]:
    """Return a logarithmic axis whose numbers are all written out: Plotly writes a mere 2 for 0.2 and for 20."""
    seen = np.concatenate([y[np.isfinite(y) & (y > 0)] for y in values])
    if not len(seen):
        return {"type": "log"}
    low, high = floor(log10(float(seen.min()))), ceil(log10(float(seen.max())))
    steps = (1, 2, 5) if high - low <= 2 else (1,)
    every = max(1, (high - low) // 5)
    ticks = [step * 10.0**power for power in range(low, high + 1, every) for step in steps]
    return {"type": "log", "tickvals": ticks, "ticktext": [f"{tick:.3g}" for tick in ticks]}
