"""What a series shows: one plain sentence, the picture that answers its question, and the curves of a race."""

from collections.abc import Sequence

import streamlit as st

from charts.compare import Drawn, curves_figure
from charts.luck import luck_figure
from charts.settings_and_results import Figure, scatter_figure
from charts.two_settings import heat_map_figure
from runs.comparison.differences import in_a_sentence
from runs.comparison.results import RESULTS
from runs.kept import KeptRun
from runs.status import Status
from runs.sweep.finding import complete, finding, tried
from runs.sweep.plan import Plan
from runs.sweep.result import SweepView
from ui.components.live_plot import live_plot
from ui.runs.series_results import all_curves, named, under_way
from ui.sweeps import Series
from ui.words import sentence

RESULT = RESULTS["validation_accuracy"]  # the test set chooses nothing
HEIGHT = 340  # pixels
CURVES_ALT = "Validation accuracy of each run of the race, as they learn"


def draw_sentence(series: Series, view: SweepView, ended: Sequence[KeptRun]) -> None:
    """Say what the results show, and which runs could not be."""
    words = finding(series.asked.plan, ended, whole=not view.goes_on)
    if words:
        st.markdown(f"**{words}**")
    elif view.status is Status.RUNNING:
        st.markdown("The first result is on its way.")
    failed = [result for result in view.results if result.error]
    if failed:
        which = "One run was not possible" if len(failed) == 1 else f"{len(failed):,} runs were not possible"
        st.warning(f"{which}. {sentence(failed[0].error)}", icon=":material/warning:")


def draw_pictures(series: Series, ended: Sequence[KeptRun]) -> None:
    """Draw the pictures of the results that there are."""
    runs = complete(ended)
    if not runs:
        return
    figures = _figures(series.asked.plan, runs, series.making.id)
    columns = st.columns(min(2, len(figures)))
    for i, (alt, figure) in enumerate(figures):
        with columns[i % len(columns)]:
            live_plot(figure, key=f"series_picture_{i}", alt=alt)


def draw_curves(series: Series, view: SweepView, ended: Sequence[KeptRun]) -> None:
    """Draw the race: the runs that go on and those that have ended, in the order of the plan."""
    curves = all_curves(series, view, ended)
    place = {settings: i for i, settings in enumerate(view.settings)}
    runs = sorted([*ended, *under_way(view)], key=lambda run: place.get(run.settings, 0))
    drawn = [Drawn(named(run, series.asked.plan), curves[run.id]) for run in runs if run.id in curves]
    if any(one.curves.records for one in drawn):
        live_plot(curves_figure(drawn, name=series.making.id, height=HEIGHT), key="series_curves", alt=CURVES_ALT)


def _figures(plan: Plan, runs: Sequence[KeptRun], name: str) -> list[tuple[str, Figure]]:
    """Return what answers the question of a plan, each with what it shows in words."""
    rows = tried(plan)
    if not rows:
        return [("Test accuracy of each seed, and the 95 % interval of one run", luck_figure(runs, name=name))]
    if len(rows) == 2 and plan.axes:
        both = f"Validation accuracy by {in_a_sentence(rows[0])} and {in_a_sentence(rows[1])}"
        return [(both, heat_map_figure(runs, *rows, RESULT, name=name, height=HEIGHT))]
    return [
        (
            f"Validation accuracy by {in_a_sentence(row)}",
            _still(scatter_figure(runs, row, RESULT, name=name, height=HEIGHT, means=bool(plan.axes))),
        )
        for row in rows
    ]


def _still(figure: Figure) -> Figure:
    """Return a figure without a lasso: nothing is picked here."""
    return figure | {"layout": figure["layout"] | {"dragmode": False}}
