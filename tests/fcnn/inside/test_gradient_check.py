"""The check agrees with a gradient that is right, and notices one that is wrong."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn import ACTIVATIONS
from fcnn.inside import gradient_check
from fcnn.inside.gradient_check import GradientCheck, check_gradient
from fcnn.inside.written_update import Place
from fcnn.network import NetworkSpec, Trace, backward
from fcnn.types import Labels, Layer, Params
from tests.fcnn.inside.one_updates import BATCH, ONE, SPEC, start

PLACES = (Place(0, 2, 1), Place(1, 3, 0), Place(0, None, 2), Place(1, None, 2))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_both_ways_agree_to_six_digits(activation: str, place: Place) -> None:
    spec = replace(SPEC, activation=activation)
    for examples in (BATCH, ONE):
        check = check_gradient(spec, start(), examples, place)
        assert check.gradient == pytest.approx(check.difference, rel=1e-6, abs=1e-9)
        assert check.difference == (check.loss_above - check.loss_below) / (2 * check.nudge)


def test_a_gradient_that_is_1_percent_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(spec: NetworkSpec, params: Params, trace: Trace, labels: Labels) -> Params:
        return tuple(Layer(1.01 * dW, 1.01 * db) for dW, db in backward(spec, params, trace, labels))

    assert check_gradient(SPEC, start(), BATCH, PLACES[0]).disagreement < 1e-6
    monkeypatch.setattr(gradient_check, "backward", wrong)
    assert check_gradient(SPEC, start(), BATCH, PLACES[0]).disagreement == pytest.approx(0.01 / 1.01, rel=1e-3)


def test_a_pixel_without_ink_has_no_gradient_and_nothing_to_disagree_on() -> None:
    blank = ONE._replace(X=np.where(np.arange(5) == 2, 0, ONE.X).astype(np.float32))
    check = check_gradient(SPEC, start(), blank, Place(0, 2, 1))
    assert check == GradientCheck(0.0, 0.0, check.loss_above, check.loss_above, check.nudge)
    assert check.disagreement == 0
