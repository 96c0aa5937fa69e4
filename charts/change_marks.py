"""The changes of settings on the way of a run, as rules across its chart with labels that do not lie on each other."""

from math import log10
from typing import Any

from charts.axes import Axis
from charts.palette import MARK
from fcnn.settings import SETTINGS
from runs.view import RunView

MOST_RULES = 40  # changes of settings that are drawn, the newest
N_LANES = 4  # rows in the upper half of a chart for their labels
CHARACTER_SHARE = 0.016  # of the width of a chart that a letter of a label takes, on a narrow one
RULE = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": MARK, "width": 1, "dash": "dot"}}
LABEL = {"yref": "paper", "yanchor": "top", "showarrow": False, "xshift": 0, "font": {"size": 11}}


def change_marks(view: RunView, axis: Axis) -> dict[str, Any]:
    """Draw a rule at each change of a setting, with labels in lanes, so that none lies on another or on the title."""
    places = [axis.at(change.epoch, view) for change in view.changes[-MOST_RULES:]]
    rules = [{**RULE, "x0": x, "x1": x} for x in places]
    labels, ends = [], [-1.0] * N_LANES
    for change, x in zip(view.changes[-MOST_RULES:], places, strict=True):
        text = f"{SETTINGS[change.name].mark} {change.after:g}"
        share, width = axis.share(x, view), CHARACTER_SHARE * len(text)
        left = share + width > 1  # there is no room to the right of its rule
        start = share - width if left else share
        lane = next((i for i, end in enumerate(ends) if end <= start), None)
        if lane is None:
            continue  # all lanes are taken here: the rule stands without a label
        ends[lane] = start + width
        labels.append({
            **LABEL, "x": log10(x) if axis.is_log else x, "y": 1 - lane / N_LANES / 2, "text": text,
            "xanchor": "right" if left else "left",
        })  # fmt: skip
    return {"shapes": rules, "annotations": labels}
