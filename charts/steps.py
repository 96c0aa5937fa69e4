"""The loss along the way that an update goes, with the step on it."""

from math import ceil, isfinite, log10

import numpy as np
import plotly.graph_objects as go

from charts.palette import MARK, NEGATIVE, POSITIVE, RUNS
from fcnn.inside.loss_along import LossAlong, judge
from fcnn.written import exact

ROOM = 1.6  # of the loss before, up to where the chart goes: what lies higher leaves it
RIGHT = RUNS[3]  # green
VERDICTS = {"too small": NEGATIVE, "right": RIGHT, "too large": POSITIVE, "level": MARK}


def steps_figure(along: LossAlong, height: int = 300) -> go.Figure:
    """Return the loss at each learning rate, on a logarithmic scale, with the step, and the rates that are right.

    Args:
        along: Of n rates; losses that are not finite become gaps. The first trace has a point for each.
        height: In pixels.
    """
    top = ROOM * along.loss_before or 1.0
    low, high = (log10(rate) for rate in (min(along.t[0], along.step), max(along.t[-1], along.step)))
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        margin={"t": 8},
        xaxis={
            "type": "log", "range": [low, high], "fixedrange": True, "title": {"text": "learning rate"},
            "tickvals": (ticks := [10.0**power for power in range(ceil(low), int(high) + 1)]),
            "ticktext": [exact(tick) for tick in ticks],
        },
        yaxis={
            "range": [-0.04 * top, top], "fixedrange": True, "title": {"text": "loss after the step"},
            "tickformat": ".3~g",
        },
        shapes=[
            {
                "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": along.loss_before, "y1": along.loss_before,
                "line": {"color": MARK, "dash": "dot", "width": 1.5},
            },
            *_right_band(along),
        ],
        annotations=[
            {
                "xref": "paper", "x": 0, "xanchor": "left", "y": along.loss_before, "yanchor": "bottom",
                "text": "loss before", "showarrow": False, "font": {"color": MARK},
            }
        ],
    )  # fmt: skip
    return go.Figure([_curve(along), _step(along, top)], layout)


def right_rates(along: LossAlong) -> tuple[float, float] | None:
    """Return the smallest and the largest rate around the best one whose steps are right; None where none is."""
    pairs = zip(along.t, along.losses, strict=True)
    verdicts = [judge(along.t, along.losses, along.loss_before, float(t), float(loss)) for t, loss in pairs]
    if "right" not in verdicts:
        return None
    first = last = int(np.nan_to_num(along.losses, nan=np.inf).argmin())
    while first > 0 and verdicts[first - 1] == "right":
        first -= 1
    while last + 1 < len(verdicts) and verdicts[last + 1] == "right":
        last += 1
    return float(along.t[first]), float(along.t[last])


def _right_band(along: LossAlong) -> list[dict[str, object]]:
    band = right_rates(along)
    if band is None:
        return []
    low, high = band[0] / 1.15, band[1] * 1.15  # half a stop of the slider on either side
    return [
        {
            "type": "rect", "x0": low, "x1": high, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
            "fillcolor": RIGHT, "opacity": 0.14, "line": {"width": 0},
            "label": {"text": "right", "textposition": "top center"},
        }
    ]  # fmt: skip


def _curve(along: LossAlong) -> go.Scatter:
    return go.Scatter(
        x=along.t, y=along.losses, mode="lines+markers", line={"color": MARK, "width": 2}, marker={"size": 5},
        hovertemplate="rate %{x:g}: loss %{y:.4g}<extra></extra>",
    )  # fmt: skip


def _step(along: LossAlong, top: float) -> go.Scatter:
    outside = not isfinite(along.loss_after) or along.loss_after > top
    return go.Scatter(
        x=[along.step],
        y=[top if outside else along.loss_after],
        mode="markers",
        marker={"color": VERDICTS[along.verdict], "size": 15, "symbol": "triangle-up" if outside else "circle"},
        cliponaxis=False,
        hovertemplate=f"the step: {along.verdict}<extra></extra>",
    )
