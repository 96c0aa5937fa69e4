"""Accuracy over strength: of the networks and the digits at each strength, on as many digits as a second allows."""

from functools import partial

import numpy as np
import pytest

from fcnn import Params, TrainConfig, answer, mnist_spec, summarize, train
from fcnn.inside.endurance import damaged, digits_for, worsened
from fcnn.inside.surgery import prune, round_to_bits
from fcnn.inside.worse import WAYS, worsen
from fcnn.mnist import Mnist
from fcnn.types import Examples
from tests.made_runs import few_data

SPEC = mnist_spec((16,))


@pytest.fixture(scope="module")
def params(mnist: Mnist) -> Params:
    *_, last = train(SPEC, few_data(mnist, 3_000), TrainConfig(0.005, 4, 64, "adam"))
    return last.params


@pytest.fixture(scope="module")
def digits(mnist: Mnist) -> Examples:
    return Examples(mnist.test.X[:1_500], mnist.test.labels[:1_500])


def test_figures_are_those_of_the_damaged_networks(params: Params, digits: Examples) -> None:
    shares = (0.0, 0.5, 0.9, 0.98)
    figures = list(damaged(SPEC, partial(prune, params), shares, digits))
    assert figures == [summarize(answer(SPEC, prune(params, share), digits), digits.labels) for share in shares]
    assert figures[0].accuracy > 0.75
    assert figures[0].accuracy > figures[-1].accuracy + 0.2
    eight, one = damaged(SPEC, lambda bits: round_to_bits(params, int(bits)), (8, 1), digits)
    assert eight.accuracy == pytest.approx(figures[0].accuracy, abs=0.01)
    assert one.accuracy < eight.accuracy


@pytest.mark.parametrize("way", WAYS)
def test_figures_are_those_of_worse_digits(way: str, params: Params, digits: Examples) -> None:
    strength = WAYS[way].strengths[-1]
    good, bad = worsened(SPEC, params, way, (0, strength), digits)
    worse = Examples(worsen(way, digits.X, strength, rng=np.random.default_rng(0)), digits.labels)
    expected = summarize(answer(SPEC, params, worse), digits.labels)
    assert bad.accuracy == pytest.approx(expected.accuracy, abs=2e-3)
    assert good == summarize(answer(SPEC, params, digits), digits.labels)
    assert bad.accuracy < good.accuracy - 0.1


def test_noise_is_the_same_each_time_and_another_with_another_seed(params: Params, digits: Examples) -> None:
    (one,), (again,), (other,) = (worsened(SPEC, params, "noise", (0.5,), digits, seed=seed) for seed in (0, 0, 1))
    assert one == again != other


@pytest.mark.parametrize(
    ("hidden", "worse", "n"),
    [((128,), False, 10_000), ((128,), True, 5_000), ((800, 800), False, 2_000), ((1024,) * 5, True, 500)],
)
def test_wide_networks_are_measured_on_fewer_digits_spread_over_all(
    hidden: tuple[int, ...], worse: bool, n: int, mnist: Mnist
) -> None:
    digits = digits_for(mnist_spec(hidden), 11, mnist.test, worse=worse)
    assert len(digits.X) == len(digits.labels) == n
    assert np.array_equal(digits.X[-1], mnist.test.X[:: 10_000 // n - (1 - 10_000 // n % 2)][n - 1])
