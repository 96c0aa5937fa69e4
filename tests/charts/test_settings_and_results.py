"""What came of runs against what they were set to: points, parallel coordinates, a grid of two settings."""

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.look import look_of
from charts.palette import RUNS
from charts.parallel import MOST_AXES, parallel_figure
from charts.scales import MOST_TICKS, scale_of
from charts.settings_and_results import scatter_figure
from charts.two_settings import heat_map_figure
from fcnn.config import TrainConfig
from fcnn.settings import SETTINGS
from runs.comparison.results import RESULTS
from runs.kept import KeptRun
from tests.kept_runs import made_run

ACCURACY = RESULTS["test_accuracy"]
RATE, HIDDEN, BATCH, OPTIMIZER, L2 = (
    SETTINGS[name] for name in ("learning_rate", "hidden", "batch_size", "optimizer", "l2")
)


def run(number: int, rate: float = 0.1, accuracy: float | None = 0.97, width: int = 64, **more: float) -> KeptRun:
    config = TrainConfig(learning_rate=rate, **more)  # type: ignore[arg-type]
    return made_run(number, accuracy=accuracy, hidden=(width,), config=config)


RUN_OF_RATES = [run(1, 0.001, 0.9), run(2, 0.1, 0.97), run(3, 10, 0.1), run(4, 0.1, 0.96)]


def test_rates_stand_by_their_logarithms() -> None:
    scale = scale_of(RATE, RUN_OF_RATES)
    assert [scale.place(RATE, one) for one in RUN_OF_RATES] == [-3, -1, 1, -1]
    assert scale.ticks == ((-3, "0.001"), (-1, "0.1"), (1, "10"))
    assert scale.is_number


def test_numbers_close_together_stand_evenly_and_many_of_them_need_no_names() -> None:
    few = scale_of(RATE, [run(1, 0.1), run(2, 0.2)])
    assert few.ticks == ((0.1, "0.1"), (0.2, "0.2"))
    many = scale_of(RATE, [run(i, 0.1 + i / 100) for i in range(MOST_TICKS + 1)])
    assert many.ticks == ()
    logs = scale_of(RATE, [run(i, 10 ** (-i / 5)) for i in range(30)])
    assert len(logs.ticks) == MOST_TICKS


def test_values_that_lie_close_to_each_other_share_a_name() -> None:
    drawn = scale_of(RATE, [run(i, rate) for i, rate in enumerate((0.001, 0.0301, 0.0309, 0.0317, 0.09, 0.1), 1)])
    assert [name for _, name in drawn.ticks] == ["0.001", "0.0301", "0.1"]


def test_zero_and_a_full_batch_have_places_of_their_own() -> None:
    scale = scale_of(L2, [run(1, l2=0.0), run(2, l2=1e-4), run(3, l2=1e-2)])
    assert [name for _, name in scale.ticks] == ["0", "0.0001", "0.01"]
    assert [place for place, _ in scale.ticks] == [-6, -4, -2]
    runs = [made_run(i, config=TrainConfig(batch_size=size)) for i, size in enumerate((32, None, 1024), start=1)]
    assert [name for _, name in scale_of(BATCH, runs).ticks] == ["32", "1024", "full"]
    assert [name for _, name in scale_of(BATCH, runs[1:2]).ticks] == ["full"]


def test_names_stand_one_after_the_other_and_widths_as_numbers_if_there_is_one_layer() -> None:
    runs = [made_run(i, hidden=hidden) for i, hidden in enumerate(((64,), (), (128, 64), (16,)))]
    names = scale_of(HIDDEN, runs)
    assert [name for _, name in names.ticks] == ["none", "16", "64", "128-64"]
    assert not names.is_number
    assert scale_of(HIDDEN, [runs[0], runs[3]]).is_number
    optimizers = [made_run(i, config=TrainConfig(optimizer=name)) for i, name in enumerate(("adam", "momentum"))]
    assert [name for _, name in scale_of(OPTIMIZER, optimizers).ticks] == ["Adam", "Momentum"]


def test_parallel_coordinates_have_an_axis_for_each_setting_and_result_and_a_line_for_each_run_that_has_all() -> None:
    runs = [*RUN_OF_RATES, run(5, accuracy=None), made_run(6, uploaded=True)]
    figure = parallel_figure(runs, [RATE, HIDDEN], [ACCURACY], name="", picked={"run0002"})
    (trace,) = figure["data"]
    go.Figure(figure)
    assert trace["ids"] == ["run0001", "run0002", "run0003", "run0004"]
    assert [dimension["label"] for dimension in trace["dimensions"]] == [
        "Learning rate",
        "Neurons",
        "Test accuracy (%)",
    ]
    assert trace["dimensions"][0]["values"].tolist() == [-3, -1, 1, -1]
    assert trace["dimensions"][-1]["values"].tolist() == pytest.approx([90, 97, 10, 96])
    back = len(RUNS)
    assert trace["line"]["color"].tolist() == [back, 1, back, back]


def test_brushes_are_forgotten_when_places_on_the_axes_mean_something_else() -> None:
    def revision(runs: list[KeptRun]) -> object:
        return parallel_figure(runs, [RATE, OPTIMIZER], [ACCURACY], name="")["layout"]["uirevision"]

    same = revision([*RUN_OF_RATES, run(5, 0.1)])
    assert revision(RUN_OF_RATES) == same
    assert revision([*RUN_OF_RATES, made_run(5, config=TrainConfig(optimizer="adam"))]) != same
    assert revision(RUN_OF_RATES[1:2]) != same


def test_no_more_axes_than_have_room() -> None:
    rows = [row for row in SETTINGS.values() if row.word]
    (trace,) = parallel_figure(RUN_OF_RATES, rows, [ACCURACY], name="")["data"]
    assert len(trace["dimensions"]) == MOST_AXES + 1
    (empty,) = parallel_figure([], rows, [ACCURACY], name="")["data"]
    assert empty["ids"] == []


def test_points_have_the_looks_of_their_runs_and_means_their_spread() -> None:
    runs = [*RUN_OF_RATES, run(5, accuracy=None)]
    figure = scatter_figure(runs, RATE, ACCURACY, name="", means=True)
    go.Figure(figure)
    means, points = figure["data"]
    assert points["ids"] == ["run0001", "run0002", "run0003", "run0004"]
    assert points["marker"]["color"] == [look_of(number).colour for number in (1, 2, 3, 4)]
    assert points["text"][1] == "<b>Run 2</b><br>learning rate 0.1<br>Test accuracy 97.00 %"
    np.testing.assert_allclose(means["y"], [90, 96.5, 10])
    np.testing.assert_allclose(means["error_y"]["array"], [0, 0.5, 0], atol=1e-9)
    np.testing.assert_allclose(means["error_y"]["arrayminus"], [0, 0.5, 0], atol=1e-9)
    assert means["mode"] == "lines+markers"
    assert scatter_figure([], RATE, ACCURACY, name="")["data"] == []


def test_a_grid_has_the_mean_of_each_pair_and_gaps() -> None:
    runs = [run(1, 0.1, 0.90, 16), run(2, 0.1, 0.92, 16), run(3, 0.5, 0.95, 16), run(4, 0.5, 0.97, 64)]
    figure = heat_map_figure(runs, RATE, HIDDEN, ACCURACY, name="")
    go.Figure(figure)
    (grid,) = figure["data"]
    assert (grid["x"], grid["y"]) == (["0.1", "0.5"], ["16", "64"])
    np.testing.assert_allclose(np.array(grid["z"]), np.array([[91, 95], [np.nan, 97]]))
    assert grid["text"] == [["91.00", "95.00"], ["", "97.00"]]
    written = {
        (cell["x"], cell["y"]): (cell["text"], cell["font"]["color"]) for cell in figure["layout"]["annotations"]
    }
    assert written == {(0, 0): ("91.00", "#000000"), (1, 0): ("95.00", "#ffffff"), (1, 1): ("97.00", "#ffffff")}
    assert grid["customdata"][0][0] == "Test accuracy 91.00 %, mean of 2 runs, 90.00 to 92.00"
    assert heat_map_figure(runs, RATE, HIDDEN, RESULTS["test_loss"], name="")["data"][0]["reversescale"] is True
    assert heat_map_figure([], RATE, HIDDEN, ACCURACY, name="")["data"][0]["x"] == []
