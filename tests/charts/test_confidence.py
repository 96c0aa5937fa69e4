"""How sure networks are, as it is drawn."""

import numpy as np
import pytest

from charts.confidence import AFTER, AS_IT_IS, Believed, coverage_figure, reliability_figure
from charts.look import look_of
from fcnn.inside.calibration import coverage, reliability

SURE = np.array([0.95, 0.97, 0.93, 0.55, 0.52, 0.12])
RIGHT = np.array([True, True, False, True, False, False])


def test_a_bar_for_each_bin_that_has_answers_with_their_number() -> None:
    figure = reliability_figure(reliability(SURE, RIGHT), reliability(SURE * 0.9, RIGHT))
    now, after, ideal = figure.data
    assert (now.name, after.name) == (AS_IT_IS, AFTER)
    assert list(now.x) == pytest.approx([15, 55, 95])
    assert list(now.y) == pytest.approx([0, 50, 200 / 3])
    assert list(now.text) == ["1", "2", "3"]
    assert [row[0] for row in now.customdata] == pytest.approx([12, 53.5, 95])
    assert list(ideal.x) == list(ideal.y)


def test_without_a_temperature_there_is_one_row_of_bars() -> None:
    assert [trace.name for trace in reliability_figure(reliability(SURE, RIGHT), None).data][:1] == [AS_IT_IS]
    assert len(reliability_figure(reliability(SURE, RIGHT), None).data) == 2


def test_mistakes_are_drawn_over_the_answers_that_are_given_and_the_chosen_threshold_is_on_the_line() -> None:
    believed = coverage(SURE, RIGHT)
    line, mark = coverage_figure([Believed("<i>Run", look_of(3), believed)], chosen=(0.5, 1 / 3)).data
    assert list(line.x) == pytest.approx((100 * believed.coverage).tolist())
    assert list(line.y) == pytest.approx((100 * (1 - believed.accuracy)).tolist())
    assert line.line.color == look_of(3).colour
    assert "<i>" not in line.name
    places = list(zip(line.x, line.y, strict=True))
    assert any((mark.x[0], mark.y[0]) == pytest.approx(place) for place in places)
    assert len(coverage_figure([Believed("", look_of(1), believed)], chosen=None).data) == 1
