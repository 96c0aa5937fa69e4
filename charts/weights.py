"""Figures of what a neuron does."""

import numpy as np
import plotly.graph_objects as go

from charts.palette import NEGATIVE, POSITIVE
from fcnn.network import N_CLASSES
from fcnn.types import Array


def short(value: float, digits: int = 3) -> str:
    """Return a number with so many digits that count; thousands are written out."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.{digits}g}"


def outgoing_bars(weights: Array, *, limit: float, height: int = 190) -> go.Figure:
    """Return the outgoing weights of a neuron to the ten digits as bars.

    Args:
        weights: Of shape (K,); values that are not finite become gaps.
        limit: The axis goes at least from -limit to limit, so that bars can be compared while the weights change.
        height: In pixels.
    """
    reach = 1.1 * max(limit, np.abs(weights).max(where=np.isfinite(weights), initial=0)) or 1.0
    bars = go.Bar(
        x=[str(digit) for digit in range(N_CLASSES)],
        y=[float(weight) for weight in weights],
        marker={"color": [POSITIVE if weight > 0 else NEGATIVE for weight in weights]},
        hovertemplate="digit %{x}: %{y:.3f}<extra></extra>",
    )
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        bargap=0.25,
        dragmode=False,
        margin={"l": 40, "r": 8, "t": 8, "b": 40},
        xaxis={"type": "category", "title": {"text": "digit"}, "fixedrange": True, "showgrid": False},
        yaxis={"range": [-reach, reach], "fixedrange": True, "zerolinewidth": 2, "nticks": 5},
    )
    return go.Figure(bars, layout)
