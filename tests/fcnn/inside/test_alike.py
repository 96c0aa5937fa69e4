"""The digits that a network finds most alike, against a search in float64 by comparing all with all."""

import tracemalloc

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Examples, Layer, NetworkSpec, Params, forward, mnist_spec
from fcnn.inside.alike import bytes_of_seen, nearest, represent, see
from fcnn.mnist import Mnist
from fcnn.pixels import Pixels
from fcnn.types import Array
from tests.networks import few_digits, filled, ready, wide


def brute_force(a: Array, query: Array) -> Array:
    a, query = a.astype(np.float64), query.astype(np.float64)
    return np.array([row @ query / np.sqrt((row @ row) * (query @ query)) for row in a])


def last_hidden(spec: NetworkSpec, params: Params, X: Pixels) -> Array:
    return forward(spec, params, X).a[-2]


def test_the_neighbours_are_those_of_a_search_by_hand(mnist: Mnist) -> None:
    (spec, params), digits = ready(), few_digits(mnist, 2_500)  # more than a piece
    seen = see(spec, params, digits)
    for x in mnist.test.X[:5]:
        cosines = brute_force(last_hidden(spec, params, digits.X), last_hidden(spec, params, x[None])[0])
        found = nearest(seen, spec, params, x)
        np.testing.assert_allclose(found.cosines, cosines[found.indices], atol=2e-3)  # what float16 costs
        np.testing.assert_allclose(cosines[found.indices], np.sort(cosines)[:-9:-1], atol=2e-3)
        assert np.array_equal(found.labels, digits.labels[found.indices])


def test_the_neighbours_among_one_digit(mnist: Mnist) -> None:
    (spec, params), digits = ready(), few_digits(mnist, 500)
    seen = see(spec, params, digits)
    cosines = brute_force(last_hidden(spec, params, digits.X), last_hidden(spec, params, mnist.test.X[:1])[0])
    threes = np.flatnonzero(digits.labels == 3)
    found = nearest(seen, spec, params, mnist.test.X[0], 4, digit=3)
    np.testing.assert_allclose(cosines[found.indices], np.sort(cosines[threes])[:-5:-1], atol=2e-3)
    assert found.labels.tolist() == [3] * 4


def test_without_a_hidden_layer_pixels_are_compared(mnist: Mnist) -> None:
    spec, digits = mnist_spec(()), few_digits(mnist, 1_500)
    seen = see(spec, wide(spec), digits)
    cosines = brute_force(digits.X, mnist.test.X[3])
    found = nearest(seen, spec, wide(spec), mnist.test.X[3])
    assert found.indices.tolist() == np.argsort(-cosines)[:8].tolist()
    np.testing.assert_allclose(found.cosines, cosines[found.indices], atol=1e-5)
    assert np.shares_memory(seen.rows, digits.X)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_image_that_it_has_seen_is_most_like_itself(activation: str, mnist: Mnist) -> None:
    spec, digits = mnist_spec((40, 20), activation), few_digits(mnist, 50)
    params = wide(spec)
    found = nearest(see(spec, params, digits), spec, params, digits.X[17], 1)
    assert found.indices.tolist() == [17]
    assert found.cosines[0] == pytest.approx(1, abs=2e-3)


def test_what_is_compared_is_what_the_last_hidden_layer_passes_on() -> None:
    for activation in ACTIVATIONS:
        spec, X = NetworkSpec((3, 5, 4, 10), activation), np.random.default_rng(0).random((6, 3))
        assert np.array_equal(represent(spec, wide(spec), X), last_hidden(spec, wide(spec), X))


@pytest.mark.parametrize("hidden", [(300,), ()])
def test_the_bytes_are_those_that_it_takes_and_not_many_more_on_the_way(hidden: tuple[int, ...]) -> None:
    spec, X = mnist_spec(hidden), np.ones((8_000, 784), np.uint8)
    params, examples = filled(spec, 0.1), Examples(X, np.zeros(8_000, np.uint8))
    tracemalloc.start()
    seen = see(spec, params, examples)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen.n_bytes == bytes_of_seen(spec, 8_000) == seen.scales.nbytes + (seen.rows.nbytes if hidden else 0)
    assert kept == pytest.approx(seen.n_bytes, abs=20_000)
    assert peak - kept < 8e6  # a piece as float32, and what it becomes


def test_strength_does_not_matter_and_float16_does_not_overflow() -> None:
    spec = NetworkSpec((2, 2, 10))
    params = Layer(np.eye(2) * 1e6, np.zeros(2)), Layer(np.zeros((2, 10)), np.zeros(10))
    digits = Examples(np.array([[1.0, 1], [0.2, 0.1], [1, 0]]), np.array([4, 5, 6]))
    found = nearest(see(spec, params, digits), spec, params, np.array([1.0, 0.5]))
    assert found.labels.tolist() == [5, 4, 6]
    np.testing.assert_allclose(found.cosines, [1, 3 / 10**0.5, 2 / 5**0.5], atol=1e-3)


def test_what_silences_all_neurons_is_like_nothing() -> None:
    spec = NetworkSpec((2, 2, 10))
    params = Layer(np.eye(2), np.zeros(2)), Layer(np.zeros((2, 10)), np.zeros(10))
    digits = Examples(np.array([[-1.0, -1], [1, 0], [1, 0]]), np.array([1, 2, 3]))
    seen = see(spec, params, digits)
    assert nearest(seen, spec, params, np.array([1.0, 1])).labels.tolist() == [2, 3]
    assert nearest(seen, spec, params, np.array([-1.0, -2])).labels.size == 0
    assert nearest(seen, spec, params, np.array([1.0, 1]), digit=9).indices.size == 0


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_for_a_network_that_exploded_nothing_is_alike(value: float, mnist: Mnist) -> None:
    spec, digits = mnist_spec((5,)), few_digits(mnist, 20)
    params = filled(spec, value)
    assert nearest(see(spec, params, digits), spec, params, mnist.test.X[0]).indices.size == 0
