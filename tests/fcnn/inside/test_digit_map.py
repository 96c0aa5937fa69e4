"""A map of digits: what the network says to each, how well the kinds are apart, and where one more digit lies."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn import forward, init_params, mnist_spec
from fcnn.initialization import Initialization
from fcnn.inside.digit_map import NO_ANSWER, DigitMap, axes_of, map_along, map_live, share_alike
from fcnn.inside.maps import draw, draw_live, turned_to, values_in
from fcnn.mnist import Mnist
from fcnn.types import Examples
from tests.networks import filled, ready

SPEC = mnist_spec((12, 8), "tanh")
PARAMS = init_params(SPEC, Initialization(), rng=np.random.default_rng(0))


@pytest.fixture(scope="module")
def digits(mnist: Mnist) -> Examples:
    return Examples(mnist.test.X[:300], mnist.test.labels[:300])


def there(drawn: DigitMap | None) -> DigitMap:
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("layer", range(4))
def test_points_are_those_of_maps_and_answers_those_of_a_whole_pass(layer: int, digits: Examples) -> None:
    axes = axes_of(SPEC, PARAMS, digits.X, layer)
    assert axes is not None
    ours = there(map_along(SPEC, PARAMS, digits, layer, axes))
    values = values_in(SPEC, PARAMS, digits.X, layer)
    theirs, live = draw(values, axes), draw_live(values, None)
    assert theirs is not None
    assert live is not None
    assert np.array_equal(ours.points, theirs)
    assert np.array_equal(ours.answers, forward(SPEC, PARAMS, digits.X).a[-1].argmax(axis=1))
    assert np.array_equal(there(map_live(SPEC, PARAMS, digits, layer)).points, live)


@pytest.mark.parametrize("layer", range(4))
def test_a_digit_that_is_no_point_lies_where_it_would_as_one(layer: int, digits: Examples) -> None:
    turned = np.random.default_rng(0).standard_normal((300, 2)).astype(np.float32)
    ours = there(map_live(SPEC, PARAMS, digits, layer, turned))
    places = ours.lens.place(values_in(SPEC, PARAMS, digits.X[40:60], layer))
    assert np.allclose(places, ours.points[40:60], atol=1e-4)


def test_a_live_map_is_turned_to_the_one_before(digits: Examples) -> None:
    first = there(map_live(SPEC, PARAMS, digits, 1)).points
    before = first @ np.array([[0, 1], [-1, 0]], np.float32)
    again = there(map_live(SPEC, PARAMS, digits, 1, before)).points
    assert np.allclose(again, turned_to(first, before), atol=1e-6)
    assert np.allclose(again, before, atol=1e-4)


def test_axes_of_the_end_are_turned_to_what_was_seen_on_the_way(digits: Examples) -> None:
    live = there(map_live(SPEC, PARAMS, digits, 1)).points @ np.array([[0.6, 0.8], [0.8, -0.6]], np.float32)
    axes = axes_of(SPEC, PARAMS, digits.X, 1, live)
    assert axes is not None
    assert np.allclose(there(map_along(SPEC, PARAMS, digits, 1, axes)).points, live, atol=1e-4)


def test_the_share_of_neighbours_alike_is_that_of_a_search_one_by_one() -> None:
    rng = np.random.default_rng(0)
    points, labels = rng.standard_normal((120, 2)).astype(np.float32), rng.integers(0, 3, 120)
    n = 0
    for i, point in enumerate(points):
        others = [(float(((point - other) ** 2).sum()), j) for j, other in enumerate(points) if j != i]
        n += int(labels[min(others)[1]] == labels[i])
    assert share_alike(points, labels) == n / 120


def test_more_points_than_fit_into_one_piece_are_compared_with_all() -> None:
    points = np.repeat(np.arange(700.0), 2)[:, None] * [1, 0]  # pairs, and neighbours one step away
    assert share_alike(points, np.repeat(np.arange(700) % 10, 2)) == 1
    assert share_alike(points, np.tile([0, 1], 700)) == 0


def test_the_ready_network_has_its_kinds_further_apart_the_further_in(digits: Examples) -> None:
    spec, params = ready()
    shares = [there(map_live(spec, params, digits, layer)).alike for layer in range(3)]
    assert shares == sorted(shares)
    assert shares[-1] > shares[0] + 0.1


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_network_that_exploded_has_a_map_of_the_pixels_alone_and_no_answers(value: float, digits: Examples) -> None:
    broken = filled(SPEC, value)
    pixels = there(map_live(SPEC, broken, digits, 0))
    assert np.isfinite(pixels.points).all()
    assert set(pixels.answers.tolist()) == {NO_ANSWER}
    with np.errstate(invalid="ignore", over="ignore"):
        assert map_live(replace(SPEC, activation="relu"), broken, digits, 1) is None
