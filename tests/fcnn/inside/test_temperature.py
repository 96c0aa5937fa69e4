"""The temperature is the one with the lowest loss: against SciPy's search, and on cases whose temperature is known."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from fcnn import Examples, answer, mnist_spec
from fcnn.initialization import Initialization, init_params
from fcnn.inside.temperature import COLDEST, HOTTEST, at_temperature, fit_temperature, scores
from fcnn.losses import softmax
from fcnn.mnist import Mnist
from fcnn.types import Array, Labels

RNG = np.random.default_rng(0)


def drawn_from(z: Array) -> Labels:
    """Return labels that come as often as softmax(z) says."""
    labels: Labels = (RNG.random((len(z), 1)) > softmax(z).cumsum(axis=1)).sum(axis=1)
    return labels


def loss(z: Array, labels: Labels, temperature: float) -> float:
    return float(-np.log(softmax(z / temperature)[np.arange(len(z)), labels]).mean())


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_a_network_that_is_too_sure_by_a_factor_gets_that_factor_back(true: float) -> None:
    z = RNG.standard_normal((20_000, 10)) * 2
    labels = drawn_from(z)
    fitted = fit_temperature(z * true, labels)
    assert fitted is not None
    assert fitted.temperature == pytest.approx(true, rel=0.03)
    best = minimize_scalar(lambda t: loss(z * true, labels, t), bounds=(0.05, 20), method="bounded")
    assert fitted.temperature == pytest.approx(best.x, rel=1e-3)
    assert fitted.loss_after == pytest.approx(best.fun, abs=1e-6)
    assert fitted.loss_before == pytest.approx(loss(z * true, labels, 1.0))
    assert fitted.loss_after <= fitted.loss_before


@pytest.mark.parametrize(("labels", "end"), [([0, 1], COLDEST), ([1, 0], HOTTEST)])
def test_answers_that_are_all_right_or_all_wrong_lead_to_the_ends(labels: list[int], end: float) -> None:
    fitted = fit_temperature(np.array([[0.2, 0.0], [0.0, 0.2]]), np.array(labels))
    assert fitted is not None
    assert fitted.temperature == pytest.approx(end)


def test_a_temperature_changes_no_answer() -> None:
    z = RNG.standard_normal((200, 10)).astype(np.float32)
    for temperature in (0.3, 1.0, 4.0):
        p = at_temperature(z, temperature)
        assert p.dtype == np.float32
        assert np.array_equal(p.argmax(axis=1), z.argmax(axis=1))
    assert (at_temperature(z, 4.0).max(axis=1) < at_temperature(z, 1.0).max(axis=1)).all()


def test_scores_are_what_the_answers_come_from(mnist: Mnist) -> None:
    spec = mnist_spec((8,))
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    few = Examples(mnist.test.X[:1_200], mnist.test.labels[:1_200])
    assert np.allclose(at_temperature(scores(spec, params, few.X), 1.0), answer(spec, params, few).probabilities)


def test_scores_that_are_not_finite_have_no_temperature() -> None:
    assert fit_temperature(np.array([[np.nan, 1.0]]), np.array([0])) is None
