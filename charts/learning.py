"""Charts of a run while it learns, as plain dicts: they are drawn every second, and a go.Figure takes 3 ms.

A notebook draws one with ``go.Figure(accuracy_figure(...)).show()``.
"""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

import numpy as np

from charts.palette import MARK, TRAIN, VALIDATION
from fcnn.settings import SETTINGS
from runs.records import Change, EpochRecord
from runs.view import RunView

Figure = dict[str, Any]

HEIGHT = 240  # pixels
FEW = 40  # epochs that are still marked one by one
MOST_RULES = 40  # changes of settings that are drawn, the newest
N_LANES = 4  # rows in the upper half of a chart for their labels
CHARACTER_SHARE = 0.016  # of the width of a chart that a letter of a label takes, on a narrow one
RULE = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": MARK, "width": 1, "dash": "dot"}}
LABEL = {"yref": "paper", "yanchor": "top", "showarrow": False, "xshift": 0, "font": {"size": 11}}


def accuracy_figure(
    view: RunView, *, name: str, log_epochs: bool = False, paper: Mapping[int, float] | None = None
) -> Figure:
    """Draw accuracies in percent over the epochs.

    Args:
        view: the run.
        name: names the drawing; the zoom is forgotten when it changes.
        log_epochs: whether the epochs stand on a logarithmic axis, where number 0 has no place.
        paper: accuracies in percent at some epochs, drawn dotted for comparison.
    """
    validation = [100 * r.validation.accuracy for r in view.records if r.validation]
    lines = _lines(view.records, [100 * r.train.accuracy for r in view.records], validation, "%{y:.2f} %")
    if paper:
        lines.append(_paper_line(paper))
    layout = _layout("Accuracy (%)", view, name, log_epochs=log_epochs)
    layout["yaxis"] = {"range": [0, 100]}
    return {"data": lines, "layout": layout}


def loss_figure(view: RunView, *, name: str, log_epochs: bool = False, log_loss: bool = False) -> Figure:
    """Draw losses in nats over the epochs; for the arguments see accuracy_figure()."""
    validation = [r.validation.loss for r in view.records if r.validation]
    lines = _lines(view.records, [r.train.loss for r in view.records], validation, "%{y:.4f}")
    layout = _layout("Loss (nats)", view, name, log_epochs=log_epochs)
    layout["yaxis"] = {"type": "log" if log_loss else "linear", "rangemode": "normal" if log_loss else "tozero"}
    return {"data": lines, "layout": layout}


def _lines(records: Sequence[EpochRecord], training: list[float], validation: list[float], hover: str) -> list[Figure]:
    numbers = [record.number for record in records]
    lines = [_line("Training", numbers, training, TRAIN, hover)]
    if validation:
        lines.append(_line("Validation", numbers, validation, VALIDATION, hover, dash="6px,3px", symbol="diamond"))
    return lines


def _line(
    title: str, x: list[int], y: list[float], colour: str, hover: str, dash: str = "solid", symbol: str = "circle"
) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(x) < FEW else "lines",
        "name": title,
        "x": np.array(x, np.int32),  # arrays are sent as they are; lists would be looked through, number by number
        "y": np.array(y, np.float32),
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 5, "symbol": symbol},
        "hovertemplate": hover,
    }


def _paper_line(paper: Mapping[int, float]) -> Figure:
    line = _line("The paper", list(paper), list(paper.values()), MARK, "%{y:.2f} %")
    dotted = {"color": MARK, "width": 1, "dash": "dot"}
    return line | {"mode": "lines+markers", "line": dotted, "marker": {"size": 5, "symbol": "circle-open"}}


def _layout(title: str, view: RunView, name: str, *, log_epochs: bool) -> Figure:
    last = max(view.config.n_epochs, 2)
    linear = {"type": "linear", "range": [0, last]}
    return {
        "height": HEIGHT,
        "uirevision": name,
        "title": {"text": title, "x": 0, "xanchor": "left", "font": {"size": 15}},
        "margin": {"t": 36, "b": 36, "l": 48, "r": 12},
        "hovermode": "x unified",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1, "xanchor": "right"},
        "xaxis": {"title": {"text": "Epoch"}, **({"type": "log", "range": [0, log10(last)]} if log_epochs else linear)},
        **_changes(view, log_epochs=log_epochs),
    }


def _changes(view: RunView, *, log_epochs: bool) -> Figure:
    """Draw a rule at each change of a setting, with labels in lanes, so that none lies on another or on the title."""
    places = [_place(change, view, log_epochs=log_epochs) for change in view.changes[-MOST_RULES:]]
    rules = [{**RULE, "x0": x, "x1": x} for x, _ in places]
    labels, ends = [], [-1.0] * N_LANES
    for change, (x, share) in zip(view.changes[-MOST_RULES:], places, strict=True):
        text = f"{SETTINGS[change.name].mark} {change.after:g}"
        width = CHARACTER_SHARE * len(text)
        left = share + width > 1  # there is no room to the right of its rule
        start = share - width if left else share
        lane = next((i for i, end in enumerate(ends) if end <= start), None)
        if lane is None:
            continue  # all lanes are taken here: the rule stands without a label
        ends[lane] = start + width
        labels.append({
            **LABEL, "x": x if not log_epochs else log10(x), "y": 1 - lane / N_LANES / 2, "text": text,
            "xanchor": "right" if left else "left",
        })  # fmt: skip
    return {"shapes": rules, "annotations": labels}


def _place(change: Change, view: RunView, *, log_epochs: bool) -> tuple[float, float]:
    """Return where a change stands: its epoch, and how far along the axis that is, 0 to 1."""
    last = max(view.config.n_epochs, 2)
    x = max(change.epoch, 1) if log_epochs else change.epoch
    return x, log10(x) / log10(last) if log_epochs else x / last
