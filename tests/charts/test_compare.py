"""Several runs in one chart: whose line is whose, what stands beside the pointer, and how many points there are."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.as_data import as_data
from charts.compare import Drawn, curves_figure
from charts.look import look_of
from charts.run_lines import How
from charts.thinning import ALL_POINTS, FEWEST_POINTS, kept_points, points_a_curve, smoothed
from fcnn.config import TrainConfig
from runs.kept import Curves
from runs.records import Change
from tests.kept_runs import made_curves, made_run, record

RATES = (0.1, 0.5, 0.1)
DRAWN = [
    Drawn(made_run(i + 1, config=TrainConfig(learning_rate=rate, seed=i)), made_curves(30, seed=i))
    for i, rate in enumerate(RATES)
]


def traces(how: How, drawn: list[Drawn] = DRAWN, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    figure = curves_figure(drawn, how, name="", **more)
    go.Figure(figure)  # refuses what Plotly does not know
    found: list[dict[str, Any]] = figure["data"]
    return found


def test_each_run_has_its_own_look_and_is_named() -> None:
    lines = traces(How())
    assert [line["name"] for line in lines] == ["Run 1", "Run 2", "Run 3"]
    assert [line["line"]["color"] for line in lines] == [look_of(number).colour for number in (1, 2, 3)]
    assert [line["meta"] for line in lines] == [["run0001"], ["run0002"], ["run0003"]]
    assert "learning rate 0.5" in lines[1]["hovertemplate"]
    assert "batch size" not in lines[1]["hovertemplate"]


def test_a_chart_shows_what_was_chosen() -> None:
    (accuracy, *_), (loss, *_) = traces(How()), traces(How(measure="loss"))
    np.testing.assert_allclose(accuracy["y"], 100 * (1 - loss["y"]), rtol=1e-5)
    assert traces(How(measure="gradient"))[0]["y"].tolist() == [5.0] * 30  # hypot(3, 4)
    assert traces(How(over="updates"))[0]["x"][:3].tolist() == [0, 430, 860]
    assert traces(How(over="seconds"))[0]["x"][:3].tolist() == [0, 2, 4]
    assert len(traces(How(part="both"))) == 6
    assert [line["line"]["width"] for line in traces(How(part="both"))] == [1, 2] * 3


def test_a_logarithmic_axis_has_no_place_for_the_beginning() -> None:
    assert traces(How(log_x=True))[0]["x"][0] == 1
    layout = curves_figure(DRAWN, How(log_x=True, log_y=True), name="")["layout"]
    assert (layout["xaxis"]["type"], layout["yaxis"]["type"]) == ("log", "log")


def test_a_run_without_validation_images_has_no_such_line() -> None:
    curves = Curves((record(0, 0.1, validated=False), record(1, 0.9, validated=False)), ())
    drawn = [Drawn(made_run(1), curves)]
    assert traces(How(), drawn) == []
    assert traces(How(part="training"), drawn)[0]["y"].tolist() == [10, 90]


def test_seeds_of_one_setting_become_a_mean_with_a_band() -> None:
    lower, upper, mean, other = traces(How(fold=True))
    assert upper["fill"] == "tonexty"
    assert (mean["name"], other["name"]) == ("2 seeds of Run 1", "Run 2")
    assert mean["meta"] == ["run0001", "run0003"]
    both = [traces(How())[i]["y"] for i in (0, 2)]
    np.testing.assert_allclose(mean["y"], np.mean(both, axis=0), rtol=1e-5)
    np.testing.assert_allclose(lower["y"], np.min(both, axis=0), rtol=1e-5)
    np.testing.assert_allclose(upper["y"], np.max(both, axis=0), rtol=1e-5)
    assert "seed " not in mean["hovertemplate"].split("<extra>")[0].replace("seeds", "")


def test_a_run_whose_settings_changed_on_the_way_says_so_and_is_not_folded() -> None:
    changed = DRAWN[2].curves._replace(changes=(Change(3, "learning_rate", 0.1, 0.01),))
    drawn = [*DRAWN[:2], DRAWN[2]._replace(curves=changed)]
    assert [line["name"] for line in traces(How(fold=True), drawn)] == ["Run 1", "Run 2", "Run 3"]
    assert "some settings changed on the way" in traces(How(), drawn)[2]["hovertemplate"]


def test_what_was_not_picked_stands_back() -> None:
    assert [line.get("opacity", 1) < 1 for line in traces(How(), picked={"run0002"})] == [True, False, True]


def test_smoothing_leaves_the_line_as_it_was_faintly_behind() -> None:
    raw, smooth = traces(How(smoothing=0.8))[:2]
    assert raw["opacity"] < 1
    assert raw["y"].tolist() == traces(How())[0]["y"].tolist()
    assert np.abs(np.diff(smooth["y"], 2)).sum() < np.abs(np.diff(raw["y"], 2)).sum()


def test_an_average_is_exact_from_its_first_point_on() -> None:
    y = np.array([2.0, np.nan, 4.0, 4.0])
    once = smoothed(y, 0.5)
    assert once[0] == 2
    assert np.isnan(once[1])
    assert once[2] == pytest.approx((0.5 * 2 + 4) / 1.5)
    assert smoothed(y, 0) is y


def test_500_runs_are_a_few_hundred_kilobytes() -> None:
    drawn = [Drawn(made_run(i + 1), made_curves(100, seed=i)) for i in range(500)]
    lines = traces(How(), drawn)
    assert len(lines) == 500
    assert sum(len(line["x"]) for line in lines) <= ALL_POINTS
    rest = [{name: value for name, value in line.items() if name not in "xy"} for line in lines]
    n_bytes = sum(line["x"].nbytes + line["y"].nbytes for line in lines) * 4 / 3 + len(json.dumps(rest))
    assert n_bytes < 500_000


def test_thinning_keeps_the_ends_the_peaks_and_the_valleys() -> None:
    x = np.arange(10_000.0)
    y = np.sin(x / 900)
    y[4_321], y[7_000] = 5, -5
    kept = kept_points(x, y, 100)
    assert len(kept) <= 100
    assert {0, 4_321, 7_000, 9_999} <= set(kept.tolist())
    assert (np.diff(kept) > 0).all()
    assert kept_points(x[:50], y[:50], 100).tolist() == list(range(50))
    assert points_a_curve(100_000) == FEWEST_POINTS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more"),
        ("%{y} wins", "%\u2060{y} wins"),
        ("a\nb\u202ec", "a\ufffdb\ufffdc"),
        ("x" * 70, "x" * 60 + "…"),
        ("two words", "two words"),
    ],
)
def test_words_of_a_visitor_are_shown_letter_by_letter(text: str, shown: str) -> None:
    assert as_data(text) == shown
    line = traces(How(), [DRAWN[0]._replace(run=replace(DRAWN[0].run, name=text))])[0]
    assert line["name"] == shown
    assert line["hovertemplate"].startswith(f"<b>{shown}</b><br>")


def test_a_run_keeps_its_look_and_its_neighbours_have_others() -> None:
    assert len({look_of(number) for number in range(1, 25)}) == 24
    assert len({look_of(number).colour for number in range(1, 7)}) == 6
    assert look_of(7).colour == look_of(1).colour
    assert look_of(7).dash != look_of(1).dash
    assert look_of(7).symbol != look_of(1).symbol
