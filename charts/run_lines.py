"""The lines of one run, or of several seeds of one setting, in a chart of many: see compare.py."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from charts.as_data import LINE, as_data, hover_words
from charts.look import Look, look_of
from charts.measures import ALONG, MEASURES, Over, Part
from charts.thinning import Numbers, kept_points, smoothed
from fcnn.setting import Setting
from runs.comparison.folding import Band, Fold, band
from runs.kept import Curves
from runs.records import EpochRecord

Trace = dict[str, Any]
Side = Literal["training", "validation"]
MOST_MARKED = 40  # points of a line that are still marked one by one
FAINT, NOT_PICKED = 0.3, 0.12  # opacity of what was smoothed, and of runs that were not picked


@dataclass(frozen=True)
class How:
    """What is drawn of the runs, as a visitor has chosen."""

    measure: str = "accuracy"  # one of MEASURES
    part: Part = "validation"  # a run without validation images has no such line
    over: Over = "epochs"
    smoothing: float = 0.0  # see smoothed(); the line as it was stands faintly behind
    log_x: bool = False
    log_y: bool = False
    fold: bool = False  # seeds of one setting become their mean, and a band from the lowest to the highest

    @property
    def sides(self) -> tuple[Side, ...]:
        """Of which images lines are drawn."""
        if MEASURES[self.measure].validation is None:
            return ("training",)
        return ("training", "validation") if self.part == "both" else (self.part,)


class Line(NamedTuple):
    """One line, before it is thinned."""

    x: Numbers
    y: Numbers
    spread: Band | None = None  # of several seeds


class Pen(NamedTuple):
    """What all lines of a chart have in common."""

    how: How
    rows: Sequence[Setting]  # whose values stand beside the pointer
    most_points: int
    picked: Collection[str]


def lines_of(fold: Fold, curves: Mapping[str, Curves], pen: Pen) -> Iterator[Trace]:
    """Yield the traces of a fold, what stands behind first."""
    stands_back = bool(pen.picked) and not any(run.id in pen.picked for run in fold.runs)
    for side in pen.how.sides:
        for trace in _of_side(fold, curves, pen, side):
            yield trace | ({"opacity": NOT_PICKED} if stands_back else {})


def _of_side(fold: Fold, curves: Mapping[str, Curves], pen: Pen, side: Side) -> Iterator[Trace]:
    measured = [_measured(own.records, pen.how, side) for own in _curves_of(fold, curves)]
    lines = [line for line in measured if len(line.x)]
    if not lines:
        return
    smooth = [line._replace(y=smoothed(line.y, pen.how.smoothing)) for line in lines]
    spread = band([(line.x, line.y) for line in smooth]) if len(smooth) > 1 else None
    shown = Line(spread.x, spread.mean, spread) if spread else smooth[0]
    shown = _thinned(shown, pen)
    look, behind = look_of(fold.first.number), side == "training" and len(pen.how.sides) > 1
    if shown.spread:
        yield from _edges(shown.spread, look)
    elif pen.how.smoothing:
        raw = _trace(_thinned(lines[0], pen), look, behind=behind)
        yield raw | {"opacity": FAINT, "hoverinfo": "skip", "showlegend": False, "mode": "lines"}
    title = f"{len(lines)} seeds of {fold.first.title}" if spread else fold.first.title
    changes = ["some settings changed on the way"] if any(c.changes for c in _curves_of(fold, curves)) else []
    words = [hover_words(title, fold.first, pen.rows), *changes, _numbers(pen.how, side, shown.spread)]
    yield _trace(shown, look, behind=behind) | {
        "name": as_data(title),
        "meta": [run.id for run in fold.runs],  # who is picked by a click on it
        "hovertemplate": LINE.join(words) + "<extra></extra>",
    }


def _curves_of(fold: Fold, curves: Mapping[str, Curves]) -> list[Curves]:
    return [curves[run.id] for run in fold.runs if run.id in curves]


def _measured(records: Sequence[EpochRecord], how: How, side: Side) -> Line:
    """Return what was measured, at rising places that have one on the axis."""
    measure, along = MEASURES[how.measure], ALONG[how.over]
    value: Callable[[EpochRecord], float] | None = getattr(measure, side)
    pairs = [(along.x(record), value(record)) for record in records] if value else []
    points = np.array(pairs, np.float64).reshape(-1, 2)
    there = ~np.isnan(points[:, 1]) & ((points[:, 0] > 0) | (not how.log_x))
    return Line(points[there, 0], points[there, 1])


def _thinned(line: Line, pen: Pen) -> Line:
    kept = kept_points(np.log(line.x) if pen.how.log_x else line.x, line.y, pen.most_points)
    return Line(line.x[kept], line.y[kept], line.spread and line.spread.at(kept))


def _trace(line: Line, look: Look, *, behind: bool) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(line.x) < MOST_MARKED else "lines",
        "x": line.x.astype(np.float32),
        "y": line.y.astype(np.float32),
        "line": {"color": look.colour, "width": 1 if behind else 2, "dash": look.dash},
        "marker": {"color": look.colour, "size": 4, "symbol": look.symbol},
    } | ({"customdata": np.stack([*line.spread[2:]], axis=1).tolist()} if line.spread else {})


def _edges(spread: Band, look: Look) -> Iterator[Trace]:
    """Yield the lowest and the highest seed, with the colour between them."""
    for y, fill in ((spread.lowest, "none"), (spread.highest, "tonexty")):
        yield {
            "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False,
            "x": spread.x.astype(np.float32), "y": y.astype(np.float32), "name": "",
            "line": {"width": 0, "color": look.colour}, "fill": fill, "fillcolor": f"{look.colour}30",
        }  # fmt: skip


def _numbers(how: How, side: Side, spread: Band | None) -> str:
    """Return the template of the numbers beside the pointer."""
    measure, along = MEASURES[how.measure], ALONG[how.over]
    of = f"{side}, " if measure.validation else ""
    if not spread:
        return f"{of}{measure.hover} at {along.hover}"
    low, high = (measure.hover.replace("%{y:", f"%{{customdata[{i}]:") for i in range(2))
    return f"{of}mean {measure.hover} of %{{customdata[2]}} seeds, {low} to {high}, at {along.hover}"
