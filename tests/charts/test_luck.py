"""The spread of seeds, as it is drawn."""

from typing import Any

import plotly.graph_objects as go
import pytest

from charts.look import look_of
from charts.luck import OF_ONE, luck_figure
from fcnn.config import TrainConfig
from fcnn.metrics import interval_95
from runs.status import Status
from tests.kept_runs import made_run

RUNS = [made_run(i + 1, accuracy=0.96 + i / 1000, config=TrainConfig(seed=9 - i)) for i in range(5)]


def drawn(runs: list[Any]) -> dict[str, Any]:
    figure = luck_figure(runs, name="")
    go.Figure(figure)  # refuses what Plotly does not know
    return figure


def test_each_seed_has_a_point_in_the_look_of_its_run() -> None:
    (points,) = drawn(RUNS)["data"]
    assert points["x"] == ["5", "6", "7", "8", "9"]
    assert points["y"].tolist() == pytest.approx([96.4, 96.3, 96.2, 96.1, 96.0])
    assert points["marker"]["color"] == [look_of(number).colour for number in (5, 4, 3, 2, 1)]
    assert points["text"][0] == "<b>Run 5</b><br>96.40 %"


def test_the_interval_of_one_run_lies_behind_them_and_is_named() -> None:
    layout = drawn(RUNS)["layout"]
    band, mean = layout["shapes"]
    low, high = interval_95(0.962, 10_000)
    assert (band["y0"], band["y1"]) == pytest.approx((100 * low, 100 * high))
    assert mean["y0"] == mean["y1"] == pytest.approx(96.2)
    assert [note["text"] for note in layout["annotations"]] == [OF_ONE]
    bottom, top = layout["yaxis"]["range"]
    assert bottom < 100 * low < 100 * high < top


def test_without_results_there_are_axes_alone() -> None:
    for runs in ([], [made_run(1, accuracy=None)]):
        figure = drawn(runs)
        assert figure["data"] == []
        assert "shapes" not in figure["layout"]


def test_a_stopped_run_does_not_count() -> None:
    figure = drawn([*RUNS, made_run(9, accuracy=0.5, status=Status.STOPPED)])
    assert figure["layout"] == drawn(RUNS)["layout"]
    assert len(figure["data"][0]["x"]) == len(RUNS)
