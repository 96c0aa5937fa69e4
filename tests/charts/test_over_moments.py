"""Lines over the moments of a training, and how the weights of a layer are spread."""

import numpy as np
import pytest

from charts.over_moments import MOST_MARKED, Line, over_moments_figure
from charts.spread import spread_figure
from fcnn.inside.layers import weight_histograms
from fcnn.types import Layer

NAMES = [f"epoch {i}" for i in range(12)]


def test_one_moment_is_marked_and_few_are_named() -> None:
    lines = [Line("a", np.arange(12.0)), Line("b", np.ones(12))]
    figure = over_moments_figure(lines, NAMES, at=4, title="share (%)", hover="%{y:.1f} %")
    assert figure["layout"]["shapes"][0]["x0"] == 4
    assert len(figure["layout"]["xaxis"]["tickvals"]) == 6
    assert [line["name"] for line in figure["data"]] == ["a", "b"]
    assert len({line["line"]["color"] for line in figure["data"]}) == 2
    assert figure["layout"]["yaxis"]["type"] == "linear"


def test_a_logarithmic_axis_writes_its_numbers_out_and_leaves_out_what_has_no_place() -> None:
    line = Line("a", np.array([np.nan, 0, 0.02, 3.0]))
    figure = over_moments_figure([line], NAMES[:4], at=0, title="length", hover="%{y}", log=True)
    assert np.isnan(figure["data"][0]["y"][:2]).all()
    axis = figure["layout"]["yaxis"]
    assert axis["type"] == "log"
    assert [float(text) for text in axis["ticktext"]] == pytest.approx(axis["tickvals"])
    assert 0.1 in axis["tickvals"]
    assert over_moments_figure([Line("a", np.zeros(4))], NAMES[:4], at=0, title="", hover="", log=True)["data"]


def test_many_moments_are_not_marked_one_by_one() -> None:
    n = MOST_MARKED + 1
    figure = over_moments_figure([Line("a", np.ones(n))], ["x"] * n, at=0, title="", hover="")
    assert figure["data"][0]["mode"] == "lines"


def test_shape_and_line_are_shares_of_all_weights_of_the_layer() -> None:
    rng = np.random.default_rng(0)
    now, start = ((Layer(rng.normal(0, width, (50, 40)), np.zeros(40)),) for width in (0.3, 0.1))
    (histogram,) = weight_histograms(now, start)
    figure = spread_figure(histogram, title="A layer", reach=2.0, with_start=True)
    now_drawn, line = figure["data"]
    assert now_drawn["fill"] == "tozeroy"
    assert now_drawn["y"].sum() == pytest.approx(100, rel=1e-5)
    assert line["y"].sum() == pytest.approx(100, rel=1e-5)
    assert now_drawn["y"].max() < line["y"].max()
    assert figure["layout"]["xaxis"]["range"] == [-2.0, 2.0]
    assert len(spread_figure(histogram, title="A layer", reach=2.0, with_start=False)["data"]) == 1
