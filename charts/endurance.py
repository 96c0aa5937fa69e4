"""Figures of what networks bear: their accuracy over the strength of a damage, or over how much worse digits are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from charts.as_data import as_data
from charts.look import Look
from charts.palette import MARK
from fcnn.network import N_CLASSES

GUESSING = 100 / N_CLASSES  # percent
FAINT = 0.6  # opacity of what stands behind
ROOM = 0.02  # of the axis, beside the outermost strengths


class Course(NamedTuple):
    """One network."""

    title: str  # as its owner wrote it
    look: Look
    accuracies: Sequence[float]  # 0 to 1, at each strength
    behind: bool = False  # whether it is there for comparison alone


def endurance_figure(
    courses: Sequence[Course], strengths: Sequence[float] | Sequence[str], *, title: str, at: int, height: int = 320
) -> go.Figure:
    """Return the accuracy of some networks, in percent, over the strength of what is done to them.

    Args:
        courses: the networks, the one that matters most first.
        strengths: S numbers, in the unit of the axis, or S names, which stand side by side evenly.
        title: of the axis.
        at: the place of the strength that is pointed out.
        height: in pixels.
    """
    x, axis, chosen = _axis(strengths, at)
    guessing = {"xref": "paper", "y0": GUESSING, "y1": GUESSING, "x0": 0, "x1": 1}
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        hovermode="x unified",
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"t": 28, "b": 48, "l": 56, "r": 12},
        xaxis={"title": {"text": title}, "fixedrange": True, "zeroline": False, **axis},
        yaxis={"title": {"text": "accuracy"}, "range": [0, 102], "ticksuffix": " %", "fixedrange": True},
        shapes=[
            {"type": "line", "x0": chosen, "x1": chosen, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": MARK}},
            {"type": "line", "line": {"color": MARK, "width": 1, "dash": "dot"}, **guessing},
        ],
        annotations=[
            {
                "xref": "paper", "x": 0, "xanchor": "left", "y": GUESSING, "yanchor": "top", "showarrow": False,
                "text": "guessing", "font": {"size": 12},
            }
        ],
    )  # fmt: skip
    return go.Figure([_line(course, x) for course in courses], layout)


def _axis(
    strengths: Sequence[float] | Sequence[str], at: int
) -> tuple[Sequence[float] | Sequence[str], dict[str, object], float]:
    """Return the places of the strengths, what Plotly is told of the axis, and the place of the chosen one."""
    if isinstance(strengths[0], str):
        n = len(strengths)
        return strengths, {"type": "category", "range": [-0.3, n - 0.7]}, float(at)
    low, high = float(strengths[0]), float(strengths[-1])
    margin = ROOM * (high - low)
    return [float(strength) for strength in strengths], {"range": [low - margin, high + margin]}, float(strengths[at])


def _line(course: Course, x: Sequence[float] | Sequence[str]) -> go.Scatter:
    look = course.look
    return go.Scatter(
        x=x,
        y=100 * np.array(course.accuracies, np.float64),
        name=as_data(course.title),
        mode="lines+markers",
        opacity=FAINT if course.behind else 1,
        line={"color": look.colour, "dash": look.dash, "width": 2},
        marker={"color": look.colour, "symbol": look.symbol, "size": 7},
        hovertemplate="%{y:.2f} %",
    )
