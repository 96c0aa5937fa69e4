"""Figures of what a network said to one digit while it learned."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from charts.palette import MARK, NEGATIVE, POSITIVE, TRAIN
from fcnn.inside.when import Course

MOST_NAMES = 6  # of moments, below the curve


def course_figure(
    course: Course, names: Sequence[str], *, truth: int | None, answer: int, at: int, height: int = 240
) -> go.Figure:
    """Return the probabilities of the truth and of an answer at each moment, which stand side by side evenly.

    Args:
        course: What E moments of a training say.
        names: What each of them is called, E.
        truth: The true digit, where it is known.
        answer: The digit whose probability is drawn beside it.
        at: The place of the moment that is pointed out.
        height: In pixels.
    """
    both = [(answer, "the answer now", POSITIVE), (truth, "the truth", NEGATIVE)]
    if truth == answer:
        both = [(answer, "the truth, and the answer now", TRAIN)]
    lines = [_line(course, digit, name, colour, names) for digit, name, colour in both if digit is not None]
    n = len(names)
    shown = sorted({round(place) for place in np.linspace(0, n - 1, min(n, MOST_NAMES))})
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        hovermode="x unified",
        dragmode=False,
        xaxis={
            "range": [-0.3, n - 0.7], "fixedrange": True, "tickvals": shown, "ticktext": [names[i] for i in shown],
        },
        yaxis={"range": [-2, 102], "ticksuffix": " %", "fixedrange": True, "title": {"text": "probability"}},
        shapes=[{"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": MARK}}],
    )  # fmt: skip
    return go.Figure(lines, layout)


def _line(course: Course, digit: int, name: str, colour: str, names: Sequence[str]) -> go.Scatter:
    return go.Scatter(
        x=np.arange(len(names)),
        y=100 * course.of(digit),
        name=f"{digit}: {name}",
        mode="lines+markers",
        line={"color": colour, "width": 2},
        hovertemplate="%{y:.1f} %",
    )
