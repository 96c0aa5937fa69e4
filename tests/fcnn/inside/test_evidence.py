"""What each pixel says: sums that add up, central differences, and an integral by many small steps."""

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Layer, NetworkSpec, Params, TrainConfig, forward, mnist_spec, train
from fcnn.inside import path
from fcnn.inside.evidence import Evidence, find_evidence, is_exact
from fcnn.inside.path import N_NODES, along_path
from fcnn.inside.score import Pair
from fcnn.mnist import Mnist
from fcnn.types import Array
from tests.networks import filled, ready, wide

PAIR, EPS = Pair(3, 8), 1e-6
X = np.array([0.9, 0, 0.4, 0.7, 0.2])
EXACT, CURVED = ("relu", "leaky_relu"), ("tanh", "sigmoid")


def ahead(spec: NetworkSpec, params: Params, x: Array) -> float:
    z = forward(spec, params, x[None]).z[-1][0]
    return float(z[3] - z[8])


def slopes(spec: NetworkSpec, params: Params, x: Array) -> Array:
    steps = EPS * np.eye(len(x))
    return np.array([(ahead(spec, params, x + step) - ahead(spec, params, x - step)) / (2 * EPS) for step in steps])


def total(evidence: Evidence) -> float:
    return float(evidence.parts.sum()) + evidence.biases


@pytest.mark.parametrize("hidden", [(), (6,), (6, 7, 8, 5, 4)])
@pytest.mark.parametrize("activation", EXACT)
def test_the_exact_parts_are_pixel_times_slope_and_add_up(activation: str, hidden: tuple[int, ...]) -> None:
    spec = NetworkSpec((5, *hidden, 10), activation)
    params = wide(spec)
    evidence = find_evidence(spec, params, X, PAIR)
    assert evidence.method == "exact"
    np.testing.assert_allclose(evidence.parts, X * slopes(spec, params, X), rtol=1e-5, atol=1e-8)
    assert evidence.difference == ahead(spec, params, X)
    assert total(evidence) == pytest.approx(evidence.difference, abs=1e-13)
    assert abs(evidence.gap) < 1e-13


def test_the_share_of_the_biases_is_what_the_score_follows_when_all_of_them_grow() -> None:
    spec = NetworkSpec((5, 6, 7, 10))
    params = wide(spec)
    more, less = (tuple(Layer(W, b * (1 + step)) for W, b in params) for step in (EPS, -EPS))
    slope = (ahead(spec, more, X) - ahead(spec, less, X)) / (2 * EPS)
    assert find_evidence(spec, params, X, PAIR).biases == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("activation", CURVED)
def test_the_parts_of_a_curved_network_are_the_integral_from_a_blank_page(activation: str) -> None:
    spec = NetworkSpec((5, 6, 7, 10), activation)
    params, n = wide(spec, times=2), 400
    evidence = find_evidence(spec, params, X, PAIR)
    middles = (np.arange(n) + 0.5) / n
    mean = np.mean([slopes(spec, params, share * X) for share in middles], axis=0)
    np.testing.assert_allclose(evidence.parts, X * mean, rtol=1e-3, atol=1e-5)
    assert evidence.biases == pytest.approx(ahead(spec, params, 0 * X))
    assert (evidence.method, evidence.n_nodes) == ("integrated", N_NODES)


def test_a_network_without_a_hidden_layer_is_a_sum_whatever_its_activation_is_called() -> None:
    assert [name for name in ACTIVATIONS if is_exact(mnist_spec((8,), name))] == list(EXACT)
    assert all(is_exact(mnist_spec((), name)) for name in ACTIVATIONS)


@pytest.mark.parametrize(("hidden", "activation"), [((64,) * 5, "tanh"), ((128, 64, 32), "sigmoid")])
def test_integrals_are_complete_to_one_percent_in_networks_that_have_learned(
    hidden: tuple[int, ...], activation: str, mnist: Mnist
) -> None:
    spec = mnist_spec(hidden, activation)
    config = TrainConfig(n_epochs=3, optimizer="adam", learning_rate=0.003, batch_size=64, n_train=2_000)
    *_, last = train(spec, mnist.dataset(config), config)
    for x, label in zip(mnist.test.X[:100], mnist.test.labels[:100], strict=True):
        evidence = find_evidence(spec, last.params, x, Pair((int(label) + 1) % 10, int(label)))
        assert evidence.gap_share < 0.01
        assert abs(evidence.difference - total(evidence)) <= 0.01 * max(abs(evidence.difference), 0.5)


def test_the_network_that_comes_with_the_app_adds_up_in_float32(mnist: Mnist) -> None:
    spec, params = ready()
    for x in mnist.test.X[:100]:
        evidence = find_evidence(spec, params, x, PAIR)
        assert total(evidence) == pytest.approx(evidence.difference, abs=5e-5)
        assert not evidence.parts[x == 0].any()
        speaking = evidence.speaks_for + evidence.speaks_against
        assert speaking == pytest.approx(evidence.parts.sum(), abs=5e-5)
        assert evidence.speaks_for > 0 > evidence.speaks_against


def test_the_other_way_round_all_signs_change() -> None:
    spec = NetworkSpec((5, 6, 10))
    one, other = (find_evidence(spec, wide(spec), X, pair) for pair in (PAIR, Pair(8, 3)))
    np.testing.assert_allclose(one.parts, -other.parts)
    assert one.biases == pytest.approx(-other.biases)


def test_a_steep_network_is_integrated_in_more_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = NetworkSpec((5, 6, 7, 10), "tanh")
    params = wide(spec, times=60)
    found = along_path(spec, params, 0 * X, X, PAIR)
    assert found.n_nodes > N_NODES
    monkeypatch.setattr(path, "MOST_STRETCHES", 1)
    assert along_path(spec, params, 0 * X, X, PAIR).gap_share > max(0.01, found.gap_share)


def test_a_gap_is_said_as_a_share_of_the_difference_or_of_half_a_unit() -> None:
    evidence = Evidence(PAIR, np.array([2.0, -0.5]), 0.3, 2.0, "exact")
    assert evidence.gap == pytest.approx(0.2)
    assert evidence.gap_share == pytest.approx(0.1)
    assert Evidence(PAIR, np.array([0.05]), 0, 0.1, "exact").gap_share == pytest.approx(0.1)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_network_that_exploded_says_nothing_and_warns_of_nothing(value: float, activation: str) -> None:
    spec = mnist_spec((4, 4), activation)
    evidence = find_evidence(spec, filled(spec, value), np.full(784, 9, np.uint8), PAIR)
    assert np.isnan(evidence.difference)


def test_an_image_of_another_size_is_refused() -> None:
    for activation in ("relu", "tanh"):
        spec = NetworkSpec((5, 6, 10), activation)
        with pytest.raises(ValueError, match=r"X must be \(N, 5\)"):
            find_evidence(spec, wide(spec), X[:4], PAIR)
