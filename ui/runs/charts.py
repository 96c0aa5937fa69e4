"""Charts of a visitor's runs: their curves, a setting against a result, and all settings side by side."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import streamlit as st

from charts.compare import Drawn, curves_figure
from charts.measures import MEASURES, Over, Part
from charts.parallel import parallel_figure
from charts.run_lines import How
from charts.settings_and_results import scatter_figure
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from runs.comparison.differences import differing
from runs.comparison.results import RESULTS
from runs.kept import KeptRun
from ui import kept
from ui.choices import select
from ui.components.live_plot import live_plot
from ui.runs.memory import RunsMemory
from ui.visit import Visit, remembered

VIEWS = {"curves": "Curves", "points": "A setting and a result", "parallel": "All settings"}
MEASURE = {"accuracy": "Accuracy", "loss": "Loss", "gradient": "Gradient"}
PART = {"validation": "Validation", "training": "Training", "both": "Both"}
OVER = {"epochs": "Over epochs", "updates": "Over updates", "seconds": "Over seconds"}
SMOOTH = {"0": "Not smoothed", "0.6": "Smoothed", "0.9": "Very smooth"}
AXES = {"even": "Plain axes", "x": "Log across", "y": "Log upwards", "xy": "Both log"}
SEEDS = {"each": "Each seed", "fold": "Seeds as a band"}
MOST_CURVES = 12  # runs, where none is picked
PARALLEL_RESULTS = ("validation_accuracy", "test_accuracy")
ABOUT_PARALLEL = "One line a run, through its settings and its results. Drag along an axis to pick the runs there."
OnPick = Callable[[list[str]], None]
_small = partial(st.selectbox, label_visibility="collapsed", width=150)


def draw_charts(state: Visit, runs: Sequence[KeptRun]) -> None:
    """Draw the chosen chart of these runs; what is picked in it is picked in the table as well."""
    view = select(state, "view", "Chart", VIEWS, draw=st.segmented_control, label_visibility="collapsed")
    memory = remembered(RunsMemory)

    def pick(ids: list[str]) -> None:
        memory.picked = ids

    if view == "curves":
        _draw_curves(state, runs, memory.picked)
    elif view == "points":
        _draw_points(state, runs, memory.picked, pick)
    else:
        _draw_parallel(runs, memory.picked, pick)


def _draw_curves(state: Visit, runs: Sequence[KeptRun], picked: Sequence[str]) -> None:
    with st.container(horizontal=True, key="runs_how"):
        measure = select(state, "measure", "What", MEASURE, draw=_small)
        part = select(state, "part", "Images", PART, draw=_small) if MEASURES[measure].validation else "training"
        over = select(state, "over", "Over", OVER, draw=_small)
        smoothing = select(state, "smooth", "Smoothing", SMOOTH, draw=_small)
        axes = select(state, "axes", "Axes", AXES, draw=_small)
        seeds = select(state, "seeds", "Seeds", SEEDS, draw=_small)
    shown = [run for run in runs if run.id in picked] or list(runs[-MOST_CURVES:])
    curves = kept.curves([run.id for run in shown])
    drawn = [Drawn(run, curves[run.id]) for run in shown if run.id in curves]
    how = How(
        measure=measure, part=cast(Part, part), over=cast(Over, over), smoothing=float(smoothing), log_x="x" in axes,
        log_y="y" in axes, fold=seeds == "fold",
    )  # fmt: skip
    figure = curves_figure(drawn, how, name="runs")
    live_plot(figure, key="runs_curves", alt=f"{MEASURE[measure]} of {len(drawn)} runs as they learned")
    if not picked and len(runs) > MOST_CURVES:
        st.caption(f"The newest {MOST_CURVES} runs. Tick runs in the table to see their curves alone.")
    if part == "validation" and any(run.settings.config.all_images for run in shown):
        st.caption("A run on all 60,000 images has no validation curve: none of them was kept back.")


def _draw_points(state: Visit, runs: Sequence[KeptRun], picked: Sequence[str], pick: OnPick) -> None:
    rows = {row.name: row for row in (*differing(runs), *_usual())}
    with st.container(horizontal=True, key="runs_how"):
        names = {name: row.label for name, row in rows.items()}
        name = select(state, "setting", "Setting", names, draw=partial(st.selectbox, width=200))
        results = {key: result.label for key, result in RESULTS.items()}
        result = select(state, "result", "Result", results, draw=partial(st.selectbox, width=220))
    figure = scatter_figure(runs, rows[name], RESULTS[result], name="runs", means=True)
    words = f"{RESULTS[result].label} of each run by its {names[name].lower()}"
    live_plot(figure, key="runs_points", alt=words, picked=picked, on_pick=pick)
    st.caption("A point is a run; bars go from the lowest to the highest of a value. Draw around points to pick them.")


def _usual() -> list[Setting]:
    return [SETTINGS[name] for name in ("hidden", "learning_rate", "n_epochs")]


def _draw_parallel(runs: Sequence[KeptRun], picked: Sequence[str], pick: OnPick) -> None:
    rows = differing(runs) or _usual()
    results = [RESULTS[name] for name in PARALLEL_RESULTS]
    figure = parallel_figure(runs, rows, results, name="runs", picked=picked)
    live_plot(figure, key="runs_parallel", alt="Settings and results of the runs", picked=picked, on_pick=pick)
    st.caption(ABOUT_PARALLEL)
