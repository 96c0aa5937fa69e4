"""Runs compared: a table and the charts that the address names, with one selection, for test_comparing.py."""

import os
from dataclasses import replace

import numpy as np
import streamlit as st

from charts.compare import Drawn, curves_figure
from charts.parallel import parallel_figure
from charts.run_lines import How
from charts.settings_and_results import scatter_figure
from charts.two_settings import heat_map_figure
from fcnn.config import TrainConfig
from fcnn.settings import SETTINGS
from runs.comparison.differences import differing
from runs.comparison.results import RESULTS
from runs.kept import KeptRun
from tests.kept_runs import made_curves, made_run
from ui.components.live_plot import live_plot
from ui.components.run_table import run_table
from ui.run_rows import columns_of, rows_of

N = int(os.environ.get("N_RUNS", "12"))
RATES, WIDTHS, BATCHES = (0.01, 0.03, 0.1, 0.3, 1.0), (16, 64, 256), (32, 128, None)


@st.cache_data
def all_runs(n: int) -> list[KeptRun]:
    rng = np.random.default_rng(0)
    runs = []
    for i in range(n):
        rate, width = RATES[i % 5], WIDTHS[i % 3]
        accuracy = 0.92 + 0.02 * np.log2(width / 8) / 5 + 0.03 * np.exp(-((np.log10(rate) + 0.7) ** 2))
        optimizer = ("gradient_descent", "adam")[i % 2]
        config = TrainConfig(learning_rate=rate, batch_size=BATCHES[i % 7 % 3], optimizer=optimizer, seed=i // 15)
        accuracy += rng.normal(0, 0.001)
        runs.append(made_run(i + 1, accuracy=float(accuracy), hidden=(width,), config=config))
    return [replace(runs[0], name="<b>bold</b> %{x} &amp;"), *runs[1:]]


@st.cache_data
def curves_of(n: int) -> list[Drawn]:
    return [Drawn(run, made_curves(100, last=run.test.accuracy, seed=run.number)) for run in all_runs(n) if run.test]


def edit(run_id: str, field: str, text: str) -> None:
    st.session_state.edits = st.session_state.get("edits", {}) | {run_id: {field: text}}


def act(run_id: str, what: str) -> None:
    st.session_state.acts = [*st.session_state.get("acts", []), f"{what} {run_id}"]


def choose(ids: list[str]) -> None:
    st.session_state.picked = ids


SHOWN = st.query_params.get("shown", "").split("-")


@st.fragment(run_every=float(os.environ.get("EVERY_S", "1")))
def page() -> None:
    ticks = st.session_state.ticks = st.session_state.get("ticks", 0) + 1
    edits, picked = st.session_state.get("edits", {}), st.session_state.get("picked", [])
    runs = [replace(run, **edits.get(run.id, {})) for run in all_runs(N)]
    st.write(f"Tick {ticks}")
    st.write("Picked:", " ".join(picked) or "none")
    st.write("Acts:", ", ".join(st.session_state.get("acts", [])) or "none")
    columns = columns_of(runs)
    rows = rows_of(runs, columns, now=runs[1].id)
    run_table(rows, columns, key="table", picked=picked, on_pick=choose, on_edit=edit, on_act=act, alt="Your runs")
    result = RESULTS["test_accuracy"]
    if "curves" in SHOWN:
        drawn = [one._replace(run=run) for one, run in zip(curves_of(N), runs, strict=True)]
        figure = curves_figure(drawn, How(fold=bool(os.environ.get("FOLD"))), name="demo", picked=picked)
        live_plot(figure, key="curves", alt="Accuracy of each run", picked=picked, on_pick=choose)
    if "points" in SHOWN:
        figure = scatter_figure(runs, SETTINGS["learning_rate"], result, name="demo", means=True)
        live_plot(figure, key="points", alt="Accuracy by learning rate", picked=picked, on_pick=choose)
    if "parallel" in SHOWN:
        figure = parallel_figure(runs, differing(runs), [result], name="demo", picked=picked)
        live_plot(figure, key="parallel", alt="Settings and results", picked=picked, on_pick=choose)
    if "grid" in SHOWN:
        figure = heat_map_figure(runs, SETTINGS["learning_rate"], SETTINGS["hidden"], result, name="demo")
        live_plot(figure, key="grid", alt="Accuracy by learning rate and neurons")


st.title("Runs")
page()
