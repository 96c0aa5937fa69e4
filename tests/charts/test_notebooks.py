"""Charts are figures of Plotly that a notebook or a report draws as well as a page does."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.answers import per_digit_figure, probability_bars
from charts.axes import AXES, Axis
from charts.learning import accuracy_figure, loss_figure
from charts.weights import outgoing_bars
from fcnn.config import TrainConfig
from fcnn.epoch import Progress
from fcnn.metrics import Figures, PerDigit
from fcnn.network import mnist_spec
from runs.records import Change, EpochRecord
from runs.status import Status
from runs.view import RunView

ROOT = Path(__file__).resolve().parents[2]
TENTHS = np.full(10, 0.1)
RECORDS = tuple(EpochRecord(n, Figures(1.0, 0.5), Figures(1.1, 0.4), 0.1, (1.0,), n, 430 * n, 5_000) for n in range(3))
CHANGES = (Change(1.5, "l2", 0.0, 0.1),)
VIEW = RunView(
    mnist_spec(()), TrainConfig(), Status.PAUSED, RECORDS, (), CHANGES, Progress(2, 100), 100, 0.0, ""
)  # fmt: skip
FINISHED = {
    "probabilities": probability_bars(TENTHS, answer=3, truth=5),
    "each digit": per_digit_figure(TENTHS, PerDigit(TENTHS, TENTHS)),
    "outgoing weights": outgoing_bars(TENTHS, limit=1),
}


@pytest.mark.parametrize("figure", FINISHED.values(), ids=FINISHED)
def test_a_finished_chart_is_a_figure_of_plotly(figure: go.Figure) -> None:
    assert isinstance(figure, go.Figure)
    assert len(figure.data) > 0
    assert len(str(figure.to_dict())) < 3_000  # no theme goes along


@pytest.mark.parametrize("paper", [None, {0: 10.0, 10: 50.0}], ids=["alone", "beside the paper"])
@pytest.mark.parametrize("axis", AXES.values(), ids=AXES)
def test_a_live_chart_is_one_that_plotly_accepts(axis: Axis, paper: dict[int, float] | None) -> None:
    accuracy = go.Figure(accuracy_figure(VIEW, name="", axis=axis, paper=paper))
    loss = go.Figure(loss_figure(VIEW, name="", axis=axis, log_loss=axis.is_log))
    assert list(accuracy.data[0].y) == [50, 50, 50]
    assert list(loss.data[0].y) == [1, 1, 1]


def test_no_chart_needs_streamlit() -> None:
    names = [f"charts.{path.stem}" for path in (ROOT / "charts").glob("*.py")]
    code = (
        f"import sys, importlib; [importlib.import_module(name) for name in {names}]; print('streamlit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
