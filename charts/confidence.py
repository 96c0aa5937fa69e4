"""Figures of how sure networks are, and whether they may be."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from charts.as_data import as_data
from charts.look import Look
from charts.palette import MARK, TRAIN, VALIDATION
from fcnn.inside.calibration import Coverage, Reliability

AS_IT_IS, AFTER, IDEAL = "as it is", "with temperature", "if it knew itself"


class Believed(NamedTuple):
    """What becomes of a network's answers if those below a threshold are not believed."""

    title: str  # as its owner wrote it
    look: Look
    coverage: Coverage


def reliability_figure(now: Reliability, after: Reliability | None, *, height: int = 340) -> go.Figure:
    """Return how often a network is right over how sure it is, in percent, with numbers of answers on the first bars.

    Args:
        now: the network as it is.
        after: with its temperature; None where it has none.
        height: in pixels.
    """
    both = [(now, AS_IT_IS, TRAIN)] + ([(after, AFTER, VALIDATION)] if after else [])
    layout = go.Layout(
        template={},  # the theme of whoever shows it; Plotly's own holds placeholders where Streamlit is there
        height=height,
        bargap=0.1,
        barmode="group",
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"t": 28, "b": 48, "l": 56, "r": 12},
        xaxis={"title": {"text": "how sure it is (%)"}, "range": [0, 100], "fixedrange": True, "dtick": 10},
        yaxis={"title": {"text": "how often it is right (%)"}, "range": [0, 112], "fixedrange": True,
               "tickvals": [0, 20, 40, 60, 80, 100]},
    )  # fmt: skip
    ideal = go.Scatter(
        x=[0, 100], y=[0, 100], mode="lines", name=IDEAL, line={"color": MARK, "dash": "dot"},
        hoverinfo="skip",
    )  # fmt: skip
    return go.Figure([*(_bars(*one) for one in both), ideal], layout)


def _bars(reliability: Reliability, name: str, colour: str) -> go.Bar:
    low, high = reliability.edges[:-1], reliability.edges[1:]
    there = reliability.counts > 0
    return go.Bar(
        x=(50 * (low + high))[there],
        y=100 * reliability.accuracy[there],
        name=name,
        marker={"color": colour},
        text=[f"{count:,}" for count in reliability.counts[there]] if name == AS_IT_IS else None,
        textposition="outside",
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        customdata=[[100 * sure, f"{count:,}"] for sure, count in
                    zip(reliability.confidence[there], reliability.counts[there], strict=True)],
        hovertemplate="%{customdata[1]} answers, %{customdata[0]:.1f} % sure, %{y:.1f} % right<extra></extra>",
    )  # fmt: skip


def coverage_figure(
    networks: Sequence[Believed], *, chosen: tuple[float, float] | None, height: int = 340
) -> go.Figure:
    """Return the share of mistakes among the answers that are believed over how many those are, in percent.

    Args:
        networks: the one that matters most first.
        chosen: what share of its answers is believed, and what share of those is wrong, at the threshold that is
            pointed out, 0 to 1; None: none is.
        height: in pixels.
    """
    layout = go.Layout(
        template={},
        height=height,
        hovermode="closest",
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"t": 28, "b": 48, "l": 56, "r": 12},
        xaxis={"title": {"text": "digits that it answers (%)"}, "range": [-1, 101], "fixedrange": True},
        yaxis={
            "title": {"text": "wrong, of those"}, "rangemode": "tozero", "ticksuffix": " %", "fixedrange": True,
        },
    )  # fmt: skip
    mark = [] if chosen is None else [_mark(*chosen)]
    return go.Figure([*map(_curve, networks), *mark], layout)


def _curve(network: Believed) -> go.Scatter:
    look, of = network.look, network.coverage
    return go.Scatter(
        x=100 * of.coverage,
        y=100 * (1 - of.accuracy),
        name=as_data(network.title),
        mode="lines",
        line={"color": look.colour, "dash": look.dash, "width": 2},
        customdata=(100 * of.thresholds).astype(np.float32),
        hovertemplate="%{x:.1f} % answered, %{y:.2f} % of them wrong, from %{customdata:.2f} % sure on",
    )


def _mark(share: float, wrong: float) -> go.Scatter:
    return go.Scatter(
        x=[100 * share], y=[100 * wrong], mode="markers", name="your threshold", marker={"color": MARK, "size": 13},
        hovertemplate="%{x:.1f} % answered, %{y:.2f} % of them wrong<extra></extra>",
    )  # fmt: skip
