"""Figures of what a network said to one digit while it learned."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from charts.over_moments import mark_at, moments_axis
from charts.palette import NEGATIVE, POSITIVE, TRAIN
from fcnn.inside.when import Course


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
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        hovermode="x unified",
        dragmode=False,
        xaxis=moments_axis(names),
        yaxis={"range": [-2, 102], "ticksuffix": " %", "fixedrange": True, "title": {"text": "probability"}},
        shapes=[mark_at(at)],
    )
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
