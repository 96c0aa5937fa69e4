"""The loss along the way of an update: which steps are right, and a step that leaves the chart."""

import numpy as np
import pytest

from charts.palette import NEGATIVE, POSITIVE
from charts.steps import RIGHT, right_rates, steps_figure
from fcnn.inside.loss_along import LossAlong, Verdict
from fcnn.types import Array

T = np.array([0.01, 0.1, 1.0, 10.0])
LOSSES = np.array([1.9, 1.2, 0.2, 50.0])


def along(step: float, loss: float, verdict: Verdict, losses: Array = LOSSES) -> LossAlong:
    return LossAlong(T, losses, 2.0, step, loss, verdict)


def test_right_are_the_rates_around_the_best_that_gain_half_of_what_can_be_gained() -> None:
    assert right_rates(along(1.0, 0.2, "right")) == (1.0, 1.0)
    assert right_rates(along(1.0, 0.2, "right", np.array([1.9, 1.0, 0.2, np.inf]))) == (0.1, 1.0)
    assert right_rates(along(1.0, 2.5, "too large", np.array([2.1, 2.2, 2.5, np.nan]))) is None


@pytest.mark.parametrize(
    ("step", "loss", "verdict", "colour", "symbol", "y"),
    [
        (0.01, 1.9, "too small", NEGATIVE, "circle", 1.9),
        (1.0, 0.2, "right", RIGHT, "circle", 0.2),
        (10.0, 50.0, "too large", POSITIVE, "triangle-up", 3.2),
        (1000.0, np.inf, "too large", POSITIVE, "triangle-up", 3.2),
    ],
)
def test_the_step_stands_on_the_curve_and_one_that_is_too_high_points_upwards(
    step: float, loss: float, verdict: Verdict, colour: str, symbol: str, y: float
) -> None:
    figure = steps_figure(along(step, loss, verdict))
    curve, mark = figure.data
    assert list(curve.y) == list(LOSSES)
    assert (mark.x[0], mark.marker.color, mark.marker.symbol) == (step, colour, symbol)
    assert mark.y[0] == pytest.approx(y)
    low, high = figure.layout.xaxis.range
    assert low <= np.log10(step) <= high
    before, band = figure.layout.shapes
    assert (before.y0, before.y1) == (2.0, 2.0)
    assert band.x0 < 1.0 < band.x1
