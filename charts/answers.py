"""Figures of what a network answers."""

from math import nan

import numpy as np
import plotly.graph_objects as go

from charts.palette import MARK, NEGATIVE, POSITIVE, TRAIN
from fcnn.metrics import Counts, PerDigit
from fcnn.network import N_CLASSES
from fcnn.types import Array

DASH = "—"  # stands where there is no number
NBSP = "\N{NO-BREAK SPACE}"  # keeps a number and its % on one line
DIGITS = [str(digit) for digit in range(N_CLASSES)]


def percent(share: float, decimals: int = 2) -> str:
    """Return a share in percent; nothing but 0 is rounded to 0 %, nothing but 1 to 100 %, and nan is a dash."""
    if not np.isfinite(share):
        return DASH
    smallest = 10.0**-decimals
    if 0 < share < smallest / 200:
        return f"<{NBSP}{smallest:.{decimals}f}{NBSP}%"
    if 1 - smallest / 200 < share < 1:
        return f">{NBSP}{100 - smallest:.{decimals}f}{NBSP}%"
    return f"{100 * share:.{decimals}f}{NBSP}%"


def sure(probability: float, decimals: int = 0) -> str:
    """Return a probability in percent. A softmax is never 0 or 1: those are only how float32 writes what is near."""
    return percent(min(max(float(probability), 1e-12), 1 - 1e-12) if np.isfinite(probability) else nan, decimals)


def probability_bars(
    probabilities: Array, *, answer: int | None, truth: int | None = None, height: int = 300,
    before: Array | None = None,
) -> go.Figure:  # fmt: skip
    """Return the ten probabilities as bars.

    Args:
        probabilities: Of shape (K,); values that are not finite become dashes.
        answer: The digit to point out as the answer; None points out none.
        truth: The true digit, where it is known; it is pointed out when the answer is another.
        height: In pixels.
        before: What they were before a change, (K,): drawn faint and wide behind them.
    """
    names, colours = _names_and_colours(answer, truth)
    bars = go.Bar(
        orientation="h",
        x=100 * np.nan_to_num(probabilities, nan=0.0, posinf=0.0, neginf=0.0),
        y=DIGITS,
        text=[sure(share, 2) for share in probabilities],
        textposition="outside",
        cliponaxis=False,
        marker={"color": colours},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        bargap=0.3,
        barmode="overlay",
        showlegend=False,
        dragmode=False,
        margin={"l": 24, "r": 64, "t": 4, "b": 4},  # room for the labels on the right
        xaxis={"range": [0, 100], "fixedrange": True, "visible": False},
        yaxis={
            "type": "category", "range": [N_CLASSES - 0.5, -0.5], "fixedrange": True, "showgrid": False,
            "tickvals": DIGITS, "ticktext": names,
        },
    )  # fmt: skip
    return go.Figure([bars] if before is None else _with_before(bars, before), layout)


def _with_before(bars: go.Bar, before: Array) -> list[go.Bar]:
    """Return bars, made narrow, behind which those of before show."""
    bars.width, bars.constraintext = 0.4, "none"  # else letters become as thin as the bars
    return [_faint_bars(before), bars]


def _faint_bars(probabilities: Array) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=100 * np.nan_to_num(probabilities, nan=0.0, posinf=0.0, neginf=0.0),
        y=DIGITS,
        customdata=[sure(share, 2) for share in probabilities],
        marker={"color": MARK, "opacity": 0.35},
        hovertemplate="%{y}, before: %{customdata}<extra></extra>",
    )


def _names_and_colours(answer: int | None, truth: int | None) -> tuple[list[str], list[str]]:
    """Return what stands beside each digit, and the colour of its bar: answer and truth are pointed out."""
    names, colours = list(DIGITS), [MARK] * N_CLASSES
    if answer is not None:
        names[answer], colours[answer] = f"<b>{answer}</b>", TRAIN
    if truth is not None and answer is not None:
        names[answer] = f"answer <b>{answer}</b>"
        colours[answer] = TRAIN if truth == answer else POSITIVE
    if truth is not None and truth != answer:
        names[truth], colours[truth] = f"truth <b>{truth}</b>", NEGATIVE
    return names, colours


def per_digit_figure(accuracy: Array, figures: PerDigit, height: int = 320) -> go.Figure:
    """Return accuracy (K,), precision and recall of each digit as points, in percent; nan is left out."""
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        hovermode="x unified",
        dragmode=False,
        xaxis={"type": "category", "title": {"text": "digit"}, "fixedrange": True, "range": [-0.5, 9.5]},
        yaxis={"ticksuffix": " %", "fixedrange": True},
    )
    series = [
        _points("recall", figures.recall, "circle", TRAIN),
        _points("precision", figures.precision, "diamond", POSITIVE),
        _points("accuracy", accuracy, "line-ew-open", MARK),
    ]
    return go.Figure(series, layout)


def _points(name: str, shares: Array, symbol: str, colour: str) -> go.Scatter:
    line = {"width": 3 if "open" in symbol else 0}
    marker = {"symbol": symbol, "color": colour, "size": 11, "line": line}
    return go.Scatter(x=DIGITS, y=100 * shares, name=name, mode="markers", marker=marker, hovertemplate="%{y:.2f} %")


def per_digit_table(confusion: Counts, accuracy: Array, figures: PerDigit) -> dict[str, list[str]]:
    """Return the columns of a table; where there was nothing to divide by stands a dash."""
    return {
        "Digit": DIGITS,
        "Pictures": [f"{n:,}" for n in confusion.sum(axis=1)],
        "Recall": [percent(float(share)) for share in figures.recall],
        "Precision": [percent(float(share)) for share in figures.precision],
        "Accuracy": [percent(float(share)) for share in accuracy],
    }
