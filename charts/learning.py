"""Charts of a run while it learns, as plain dicts: they are drawn every second, and a go.Figure takes 3 ms.

A notebook draws one with ``go.Figure(accuracy_figure(...)).show()``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from charts.axes import AXES, Axis
from charts.behind import Behind, lines_behind
from charts.change_marks import change_marks
from charts.palette import MARK, TRAIN, VALIDATION
from fcnn.metrics import Figures
from runs.records import EpochRecord
from runs.view import RunView

Figure = dict[str, Any]

HEIGHT = 216  # pixels
FEW = 40  # epochs that are still marked one by one
BEGINNINGS = (50, 80, 90, 95)  # in percent, where an axis of accuracies may begin, beside 0
TITLE = {"x": 0, "xanchor": "left", "font": {"size": 15}}
MARGIN = {"t": 36, "b": 36, "l": 48, "r": 12}


def accuracy_figure(
    view: RunView, *, name: str, axis: Axis = AXES["epochs"], paper: Mapping[int, float] | None = None,
    behind: Sequence[Behind] = (),
) -> Figure:  # fmt: skip
    """Draw accuracies in percent.

    Args:
        view: the run.
        name: names the drawing; the zoom is forgotten when it changes.
        axis: what they are drawn over.
        paper: accuracies in percent at some epochs, drawn dotted for comparison.
        behind: earlier runs, drawn faintly.
    """
    hover = "%{y:.2f} % of %{customdata:,} images"
    lines = lines_behind(behind, axis, _percent, "%{y:.2f} %") + _lines(view.records, axis, hover, _percent)
    if paper:
        lines.append(_paper_line(paper))
    layout = _layout("Accuracy (%)", view, name, axis)
    layout["yaxis"] = {"range": [0 if paper or axis is AXES["updates"] else lowest(view), 100]}
    return {"data": lines, "layout": layout}


def empty_figure(title: str) -> Figure:
    """Draw where the curve of a run will be, before there is one."""
    layout = {"height": HEIGHT, "title": {**TITLE, "text": title}, "margin": MARGIN, "uirevision": ""}
    axes = {
        "xaxis": {"type": "log", "range": [0, 3], "title": {"text": AXES["updates"].title}},
        "yaxis": {"range": [0, 100], "showticklabels": False},  # a loss has another scale, and there is none yet
    }
    return {"data": [], "layout": layout | axes}


def lowest(view: RunView) -> float:
    """Return where an axis of accuracies may begin, in percent: below all epochs but the untrained network.

    It changes with the first epoch, and later only if an accuracy falls, so that the curve does not jump about.
    """
    seen = [f.accuracy for r in view.whole if r.number >= 1 for f in (r.train, r.validation) if f]
    return max((end for end in BEGINNINGS if end < 100 * min(seen, default=0)), default=0)


def loss_figure(
    view: RunView, *, name: str, axis: Axis = AXES["epochs"], log_loss: bool = False, behind: Sequence[Behind] = ()
) -> Figure:
    """Draw losses in nats; for the arguments see accuracy_figure()."""
    hover = "%{y:.4f}, of %{customdata:,} images"
    lines = lines_behind(behind, axis, _loss, "%{y:.4f}") + _lines(view.records, axis, hover, _loss)
    layout = _layout("Loss (nats)", view, name, axis)
    layout["yaxis"] = {"type": "log" if log_loss else "linear", "rangemode": "normal" if log_loss else "tozero"}
    return {"data": lines, "layout": layout}


def _percent(figures: Figures) -> float:
    return 100 * figures.accuracy


def _loss(figures: Figures) -> float:
    return figures.loss


def _lines(records: Sequence[EpochRecord], axis: Axis, hover: str, value: Callable[[Figures], float]) -> list[Figure]:
    training = [(axis.x(record), value(record.train), record.n_measured) for record in records]
    validation = [(axis.x(r), value(r.validation), r.n_validated) for r in records if r.validation]
    lines = [_line("Training", training, TRAIN, hover)]
    if validation:
        lines.append(_line("Validation", validation, VALIDATION, hover, dash="6px,3px", symbol="diamond"))
    return lines


def _line(
    title: str, points: Sequence[tuple[float, float, int]], colour: str, hover: str,
    dash: str = "solid", symbol: str = "circle",
) -> Figure:  # fmt: skip
    x, y, n_measured = zip(*points, strict=True) if points else ((), (), ())
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(points) < FEW else "lines",
        "name": title,
        "x": np.array(x, np.float64),  # arrays are sent as they are; lists would be looked through, number by number
        "y": np.array(y, np.float32),
        "customdata": np.array(n_measured, np.int32),
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 5, "symbol": symbol},
        "hovertemplate": hover,
    }


def _paper_line(paper: Mapping[int, float]) -> Figure:
    line = _line("The paper", [(x, y, 60_000) for x, y in paper.items()], MARK, "%{y:.2f} %")
    dotted = {"color": MARK, "width": 1, "dash": "dot"}
    return line | {"mode": "lines+markers", "line": dotted, "marker": {"size": 5, "symbol": "circle-open"}}


def _layout(title: str, view: RunView, name: str, axis: Axis) -> Figure:
    return {
        "height": HEIGHT,
        "uirevision": name,
        "title": {**TITLE, "text": title},
        "margin": MARGIN,
        "hovermode": "x unified",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1, "xanchor": "right"},
        "xaxis": axis.layout(view),
        **change_marks(view, axis),
    }
