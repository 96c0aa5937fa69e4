"""The loss along the way of an update: that of the networks there, and a verdict on the step."""

import numpy as np
import pytest

from fcnn import OPTIMIZERS
from fcnn.inside.loss_along import Verdict, judge, look_along
from fcnn.inside.one_update import update_once
from fcnn.inside.standing import begin
from fcnn.settings import RATES
from fcnn.types import Array
from tests.fcnn.inside.one_updates import BATCH, SPEC, settings, start

T = np.array([0.01, 0.1, 1.0, 10.0])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_point_is_the_loss_after_an_update_with_that_learning_rate(optimizer: str) -> None:
    before, config = begin(start(), optimizer), settings(optimizer)
    along = look_along(SPEC, update_once(SPEC, before, BATCH, config), BATCH, config, (0.01, 0.1, 1.0))
    after = [update_once(SPEC, before, BATCH, settings(optimizer, t)).loss_after for t in (0.01, 0.1, 1.0)]
    assert along.losses == pytest.approx(after, rel=1e-4)
    assert along.loss_before == update_once(SPEC, before, BATCH, config).loss_before
    assert (along.step, along.loss_after) == (0.05, update_once(SPEC, before, BATCH, config).loss_after)


@pytest.mark.parametrize(("rate", "verdict"), [(1e-5, "too small"), (0.5, "right"), (50.0, "too large")])
def test_the_step_of_gradient_descent_is_judged(rate: float, verdict: Verdict) -> None:
    config = settings("gradient_descent", rate)
    update = update_once(SPEC, begin(start(), "gradient_descent"), BATCH, config)
    along = look_along(SPEC, update, BATCH, config)
    assert along.t.tolist() == list(RATES)
    assert along.verdict == verdict


@pytest.mark.parametrize(
    ("losses", "step", "after", "verdict"),
    [
        ([0.9, 0.5, 0.2, 9.0], 0.01, 0.9, "too small"),  # 0.1 of 0.8
        ([0.9, 0.5, 0.2, 9.0], 0.1, 0.5, "right"),  # 0.5 of 0.8
        ([0.9, 0.5, 0.2, 9.0], 3.0, 0.7, "too large"),
        ([0.9, 0.5, 0.2, 9.0], 0.5, 0.1, "right"),  # the best of all, between two points of the curve
        ([0.9, 0.5, np.nan, np.inf], 10.0, np.nan, "too large"),
        ([1.0, 1.0, 1.0, 1.0], 1.0, 1.0, "level"),
        ([1.1, 1.2, 1.3, np.inf], 0.1, 1.2, "too large"),
        ([np.nan] * 4, 1.0, np.nan, "too large"),
    ],
)
def test_verdicts(losses: list[float], step: float, after: float, verdict: Verdict) -> None:
    found: Array = np.array(losses)
    assert judge(T, found, 1.0, step, after) == verdict
