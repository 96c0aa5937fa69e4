"""A report on some runs: one HTML file that opens without internet, to hand in or to print.

It has their settings and figures, curves that can be hovered, weights, confusion matrices and mistakes. The drawings
stand in the page itself, and a few lines of script let their tables follow the pointer; without it, they say how the
runs ended.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from charts.answers import DASH, percent
from exports.report_parts.curves import MEASURES, draw_curves, swatch
from exports.report_parts.differences import in_words, settings_tables
from exports.report_parts.elements import page, table, tag
from exports.report_parts.one_run import draw_run
from exports.report_parts.reported import ReportedRun, labels
from exports.report_parts.words import STATUS, day, duration
from fcnn.metrics import interval_95
from fcnn.reading.text import visible
from fcnn.types import Examples
from fcnn.written import exact

__all__ = ["MOST_RUNS", "ReportedRun", "labels", "report"]

MOST_RUNS = 20
MOST_TITLE = 120  # letters
FOLDER = Path(__file__).parent / "report_parts"
STYLE, SCRIPT = (FOLDER / name for name in ("report.css", "report.js"))
RESULTS = ["Run", "Ended", "Epochs", "Test accuracy", "95 % interval", "Wrong", "Validation accuracy", "Time"]
ABOUT_RESULTS = (
    "The network never learned from the {n:,} test digits. On others of their kind its accuracy would be a little "
    "different: the interval holds the true one in 95 of 100 cases."
)
ABOUT_CURVES = "Thick lines are validation, thin ones training. "
ON_SCREEN = "Point at a curve, or move the slider, for the numbers."


def report(
    runs: Sequence[ReportedRun], title: str, test: Examples, *, now: datetime, findings: Sequence[str] = ()
) -> str:
    """Return the report as a page of HTML.

    Args:
        runs: what it is about, in this order, 1 to MOST_RUNS of them.
        title: what its owner calls it; it is shown as it is.
        test: the test set, whose digits the runs' answers belong to.
        now: when it is made, in the time zone of whoever reads it.
        findings: sentences about how the runs compare, to be said before all others.

    Raises:
        ValueError: there are no runs, or too many.
    """
    if not 1 <= len(runs) <= MOST_RUNS:
        raise ValueError(f"a report is about 1 to {MOST_RUNS} runs, got {len(runs)}")
    names, title = labels([run.kept for run in runs]), visible(title.strip(), MOST_TITLE) or "My runs"
    made = f"Made on {day(now)} with the app 'Digits': a neural network in NumPy that learns the digits of MNIST."
    main = tag(
        "main",
        tag("h1", title),
        tag("p", made, class_="made"),
        _contents(names),
        tag("h2", "The runs", id="runs"),
        _results(runs, names, len(test.labels)),
        tag("p", ABOUT_RESULTS.format(n=len(test.labels))),
        tag("h2", "What differs" if len(runs) > 1 else "How it was set", id="differs"),
        *_paragraphs([*(visible(finding, 500) for finding in findings), *in_words(runs, names, test.labels)]),
        *settings_tables(runs, names),
        *_curves(runs, names),
        *(draw_run(i, run, name, test, now) for i, (run, name) in enumerate(zip(runs, names, strict=True))),
    )
    return page(title, main, STYLE.read_text("utf-8"), SCRIPT.read_text("utf-8"))


def _paragraphs(sentences: Sequence[str]) -> list[Element]:
    return [tag("ul", *(tag("li", sentence) for sentence in sentences))] if sentences else []


def _contents(names: Sequence[str]) -> Element:
    links = [("#runs", "The runs"), ("#differs", "Settings"), ("#curves", "Curves")]
    links += [(f"#run-{i}", name) for i, name in enumerate(names, start=1)]
    listed = (tag("li", tag("a", name, href=where)) for where, name in links)
    return tag("nav", tag("ul", *listed), aria_label="Contents")


def _results(runs: Sequence[ReportedRun], names: Sequence[str], n_test: int) -> Element:
    best = _best(runs)
    rows = [
        [tag("span", swatch(run.kept.number), name), *_figures(run, n_test, best)]
        for run, name in zip(runs, names, strict=True)
    ]
    return table("How the runs ended", RESULTS, rows)


def _best(runs: Sequence[ReportedRun]) -> float | None:
    """Return the highest validation accuracy, which says which run is best; None where there is nothing to choose."""
    reached = [run.kept.reached for run in runs]
    accuracies = [record.validation.accuracy for record in reached if record and record.validation]
    return max(accuracies) if len(accuracies) > 1 else None


def _figures(run: ReportedRun, n_test: int, best: float | None) -> list[Element | str]:
    kept = run.kept
    reached, test = kept.reached, kept.test
    validation = reached.validation if reached else None
    return [
        "no history" if kept.uploaded else STATUS[kept.status],
        exact(reached.number) if reached else DASH,
        tag("b", percent(test.accuracy)) if test else DASH,
        "{:.2f} to {:.2f} %".format(*(100 * end for end in interval_95(test.accuracy, n_test))) if test else DASH,
        f"{round((1 - test.accuracy) * n_test):,}" if test else DASH,
        (percent(validation.accuracy) + (" (best)" if best == validation.accuracy else "")) if validation else DASH,
        DASH if kept.uploaded else duration(kept.seconds),
    ]


def _curves(runs: Sequence[ReportedRun], names: Sequence[str]) -> list[Element]:
    heading = tag("h2", "How they learned" if len(runs) > 1 else "How it learned", id="curves")
    if not any(run.curves.records for run in runs):
        return [heading, tag("p", "There are no curves: only models were brought.")]
    figures = (draw_curves(names, runs, measure) for measure in MEASURES)
    return [
        heading,
        tag("p", ABOUT_CURVES, tag("span", ON_SCREEN, class_="on-screen")),
        tag("div", *figures, class_="charts"),
    ]
