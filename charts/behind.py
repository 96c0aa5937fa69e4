"""The curves of earlier runs, faint behind the one that is shown, to see at a glance what a change did."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from charts.as_data import as_data
from charts.axes import Axis
from charts.look import look_of
from charts.thinning import kept_points
from fcnn.metrics import Figures
from runs.kept import KeptRun
from runs.records import EpochRecord

FAINT, BASELINE = 0.35, 0.85  # opacity
MOST_POINTS = 120  # of a line that only stands behind


class Behind(NamedTuple):
    """An earlier run."""

    run: KeptRun
    records: Sequence[EpochRecord]
    is_baseline: bool = False  # what the others are compared with: it stands out a little


def lines_behind(
    runs: Sequence[Behind], axis: Axis, value: Callable[[Figures], float], number: str
) -> list[dict[str, Any]]:
    """Return a line for each run: of the validation images, or of the training images where there are no others.

    Args:
        runs: what is drawn, the last one in front.
        axis: what it is drawn over.
        value: what is drawn.
        number: how it stands beside the pointer, as a template of Plotly.
    """
    return [line for behind in runs if (line := _line(behind, axis, value, number))]


def _line(behind: Behind, axis: Axis, value: Callable[[Figures], float], number: str) -> dict[str, Any] | None:
    points = np.array([(axis.x(r), value(r.validation or r.train)) for r in behind.records], np.float64).reshape(-1, 2)
    points = points[np.isfinite(points[:, 1]) & ((points[:, 0] > 0) | (not axis.is_log))]
    if not len(points):
        return None
    x, y = points.T
    kept = kept_points(np.log(x) if axis.is_log else x, y, MOST_POINTS)
    look, title = look_of(behind.run.number), as_data(behind.run.title)
    return {
        "type": "scatter", "mode": "lines", "name": title, "showlegend": False,
        "x": x[kept].astype(np.float32), "y": y[kept].astype(np.float32),
        "line": {"color": look.colour, "width": 2 if behind.is_baseline else 1.5, "dash": look.dash},
        "opacity": BASELINE if behind.is_baseline else FAINT, "hovertemplate": number,
    }  # fmt: skip
