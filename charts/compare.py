"""Curves of several runs in one chart, as plain dicts: they are drawn anew while the runs go on.

A notebook draws one with ``go.Figure(curves_figure(...)).show()``.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from charts.measures import ALONG, MEASURES
from charts.run_lines import How, Pen, lines_of
from charts.thinning import points_a_curve
from runs.comparison.differences import differing
from runs.comparison.folding import Fold, folded
from runs.kept import Curves, KeptRun

Figure = dict[str, Any]
HEIGHT = 380  # pixels
MOST_IN_LEGEND = 8  # runs; more would take the place of the chart
AS_USUAL = How()
MARGIN = {"t": 24, "b": 44, "l": 56, "r": 12}


class Drawn(NamedTuple):
    """A run and how it went."""

    run: KeptRun
    curves: Curves


def curves_figure(
    drawn: Sequence[Drawn], how: How = AS_USUAL, *, name: str, picked: Collection[str] = (), height: int = HEIGHT
) -> Figure:
    """Draw the curves of runs, each in its own look; beside the pointer stand the numbers and the settings that differ.

    All lines together have at most ALL_POINTS points, or FEWEST_POINTS each: see kept_points().

    Args:
        drawn: the runs.
        how: what is drawn of them.
        name: names the drawing; the zoom is forgotten when it changes.
        picked: ids of runs; where there are some, the others stand back.
        height: in pixels.
    """
    runs = [one.run for one in drawn]
    changed = {one.run.id for one in drawn if one.curves.changes}
    folds = folded(runs, changed) if how.fold else [Fold((run,)) for run in runs]
    n_lines = len(folds) * len(how.sides) * (2 if how.smoothing else 1)
    pen = Pen(how, differing(runs, seeds=not how.fold), points_a_curve(n_lines), frozenset(picked))
    curves = {one.run.id: one.curves for one in drawn}
    traces = [trace for fold in folds for trace in lines_of(fold, curves, pen)]
    return {"data": traces, "layout": _layout(how, name, height, len(folds))}


def _layout(how: How, name: str, height: int, n_lines: int) -> Figure:
    def scale(title: str, *, log: bool) -> Figure:
        return {"title": {"text": title}, "type": "log" if log else "linear", "exponentformat": "power"}

    return {
        "height": height,
        "uirevision": f"{name} {how.measure} {how.over} {how.log_x} {how.log_y}",  # a zoom is of one pair of axes
        "margin": MARGIN,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "showlegend": n_lines <= MOST_IN_LEGEND,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": scale(ALONG[how.over].title, log=how.log_x),
        "yaxis": scale(MEASURES[how.measure].title, log=how.log_y),
    }
