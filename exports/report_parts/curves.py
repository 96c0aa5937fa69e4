"""Curves of runs as a drawing in the page itself, with a table of their numbers, which follows the pointer."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from xml.etree.ElementTree import Element

from charts.answers import DASH, NBSP
from charts.look import look_of
from exports.report_parts.elements import table, tag
from exports.report_parts.reported import ReportedRun
from exports.report_parts.scales import Scale, loss_scale, percent_scale
from exports.thinning import thin
from fcnn.metrics import Figures
from fcnn.written import exact
from runs.records import EpochRecord

MOST_POINTS = 300  # of a curve: more are not told apart
WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 52, WIDTH - 10, 10, HEIGHT - 44  # of the drawing without what stands beside it


@dataclass(frozen=True)
class Measure:
    """What a chart shows of each record."""

    name: str
    value: Callable[[Figures], float]
    scale: Callable[[list[float], float, float], Scale]
    form: Callable[[float], str]  # of a number beside the chart
    exactly: Callable[[float], str]  # of one in the table
    decimals: int  # in the table
    from_start: bool  # whether there is room for the untrained network, too


MEASURES = (
    Measure(
        "Accuracy (%)", lambda figures: 100 * figures.accuracy, percent_scale,
        "{:g}".format, f"{{:.2f}}{NBSP}%".format, 2, False,
    ),
    Measure("Loss (nats)", lambda figures: figures.loss, loss_scale, "{:g}".format, "{:.4f}".format, 4, True),
)  # fmt: skip
Values = list[tuple[float | None, float | None]]  # of training and validation, None where there is none


def draw_curves(labels: Sequence[str], runs: Sequence[ReportedRun], measure: Measure) -> Element:
    """Return a figure of one measure over epochs: each run with the look of its number, thin lines for training."""
    kept = [thin(run.curves.records, MOST_POINTS) for run in runs]
    numbers = [run.kept.number for run in runs]
    values = [[_pair(record, measure) for record in records] for records in kept]
    learned = [pair for records, pairs in zip(kept, values, strict=True) for pair in _to_hold(records, pairs, measure)]
    x = Scale(0, max([1.0, *(record.number for records in kept for record in records)]), LEFT, RIGHT)
    y = measure.scale([value for pair in learned for value in pair if value is not None], BOTTOM, TOP)
    lines = [_run_lines(numbers[i], kept[i], values[i], x, y) for i in range(len(kept))]
    window = tag("rect", x=f"{LEFT}", y=f"{TOP}", width=f"{RIGHT - LEFT}", height=f"{BOTTOM - TOP}")
    clip = f"within-{measure.decimals}"
    drawing = tag(
        "svg",
        tag("clipPath", window, id=clip),
        *_sides(x, y, measure),
        tag("g", *lines, clip_path=f"url(#{clip})"),
        tag("g", class_="pointed"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=f"{measure.name} over epochs. The table has the numbers.",
    )
    points = [[[r.number for r in kept[i]], *zip(*values[i], strict=True)] for i in range(len(kept)) if kept[i]]
    return tag(
        "figure",
        tag("h3", measure.name),
        drawing,
        tag("input", type="range", min="0", value="0", aria_label=f"Epoch, for {measure.name}", hidden=""),
        _numbers(labels, numbers, kept, values, measure),
        class_="chart",
        data_points=json.dumps(points, separators=(",", ":"), allow_nan=False),
        data_scale=json.dumps([x.high, y.low, y.high, y.is_log, LEFT, RIGHT, TOP, BOTTOM, measure.decimals]),
    )


def swatch(number: int) -> Element:
    """Return a piece of the line of the run of this number, which says what its colour is."""
    return tag("svg", _line("M0 5H28", number, thin=False), viewBox="0 0 28 10", class_="swatch", aria_hidden="true")


def _pair(record: EpochRecord, measure: Measure) -> tuple[float | None, float | None]:
    figures = record.train, record.validation
    values = (measure.value(figure) if figure else None for figure in figures)
    training, validation = (
        round(value, measure.decimals + 2) if value is not None and isfinite(value) else None for value in values
    )
    return training, validation


def _to_hold(records: Sequence[EpochRecord], pairs: Values, measure: Measure) -> Values:
    """Return the values that an axis must hold: but for the beginning, those from the first whole epoch on."""
    late = [pair for record, pair in zip(records, pairs, strict=True) if record.number >= 1]
    return pairs if measure.from_start or not late else late


def _run_lines(number: int, records: Sequence[EpochRecord], pairs: Values, x: Scale, y: Scale) -> Element:
    training, validation = (_path(records, [pair[part] for pair in pairs], x, y) for part in (0, 1))
    if not validation:
        return tag("g", _line(training, number, thin=False))
    return tag("g", _line(training, number, thin=True), _line(validation, number, thin=False))


def _path(records: Sequence[EpochRecord], values: Sequence[float | None], x: Scale, y: Scale) -> str:
    """Return the way of a line; where there is no number, it has a gap."""
    steps, down = [], False
    for record, value in zip(records, values, strict=True):
        if value is not None:
            steps.append(f"{'L' if down else 'M'}{x.at(record.number):.1f} {y.at(value):.1f}")
        down = value is not None
    return "".join(steps)


def _line(path: str, number: int, *, thin: bool) -> Element:
    look, width = look_of(number), "1" if thin else "2.2"
    dash = "none" if look.dash == "solid" else look.dash.replace("px", "")
    return tag(
        "path", d=path, fill="none", stroke=look.colour, stroke_width=width, stroke_dasharray=dash,
        vector_effect="non-scaling-stroke",
    )  # fmt: skip


def _sides(x: Scale, y: Scale, measure: Measure) -> list[Element]:
    def text(words: str, left: float, top: float, anchor: str) -> Element:
        return tag("text", words, x=f"{left:.1f}", y=f"{top:.1f}", text_anchor=anchor)

    def rule(x1: float, y1: float, x2: float, y2: float) -> Element:
        return tag("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", class_="grid")

    across = [part for n in y.ticks() for part in (rule(LEFT, y.at(n), RIGHT, y.at(n)),
              text(measure.form(n), LEFT - 6, y.at(n) + 5, "end"))]  # fmt: skip
    below = [text(f"{n:g}", x.at(n), BOTTOM + 18, "middle") for n in x.ticks()]
    return [*across, *below, text("epoch", (LEFT + RIGHT) / 2, HEIGHT - 6, "middle")]


def _numbers(
    labels: Sequence[str], numbers: Sequence[int], kept: Sequence[Sequence[EpochRecord]], values: Sequence[Values],
    measure: Measure,
) -> Element:  # fmt: skip
    """Return the table of what the runs reached last; the script of the page shows another epoch there."""
    rows: list[list[Element | str]] = []
    for label, number, records, pairs in zip(labels, numbers, kept, values, strict=True):
        if records:
            shown = [DASH if value is None else measure.exactly(value) for value in pairs[-1]]
            rows.append([tag("span", swatch(number), label), exact(records[-1].number), *shown])
    return table(f"{measure.name} at the end", ["Run", "Epoch", "Training", "Validation"], rows, class_="numbers")
