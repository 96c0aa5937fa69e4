"""Maps of digits: whose values they show, how large they are, and that they stay calm from one moment to the next."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from fcnn import Epoch, Params, TrainConfig, forward, init_params, mnist_spec, train
from fcnn.initialization import Initialization
from fcnn.inside.maps import N_POINTS, draw, draw_live, draw_moments, rows_of_map, to_size, turned_to, values_in
from fcnn.inside.projection import fit
from fcnn.mnist import Mnist
from fcnn.types import Array
from tests.made_runs import few_data

SPEC = mnist_spec((12, 8))


@pytest.fixture(scope="module")
def epochs(mnist: Mnist) -> list[Epoch]:
    return list(train(SPEC, few_data(mnist, 2_000), TrainConfig(0.003, 5, 100, "adam")))


def drawn(points: Array | None) -> Array:
    assert points is not None
    return points


def apart(one: Array, other: Array) -> float:
    """How far points are apart, as a share of a map's radius, which is 1."""
    return float(np.hypot(*(one - other).T).mean())


def rotated(points: Array, degrees: float) -> Array:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    turned: Array = points @ np.array([[c, s], [-s, c]])
    return turned


def test_a_map_has_2000_of_the_test_digits_spread_over_all() -> None:
    rows = np.arange(10_000)[rows_of_map(10_000)]
    assert len(rows) == N_POINTS
    assert rows.max() > 9_900


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_values_of_a_layer_are_those_of_a_whole_pass(activation: str, mnist: Mnist) -> None:
    spec, X = replace(SPEC, activation=activation), mnist.test.X[:1_500]
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    trace = forward(spec, params, X)
    assert values_in(spec, params, X, 0) is X
    for layer in (1, 2):
        assert np.allclose(values_in(spec, params, X, layer), trace.a[layer], atol=1e-5)
    assert np.allclose(values_in(spec, params, X, 3), trace.z[-1], atol=1e-5)
    with pytest.raises(ValueError, match="layer must be 0 to 3, got 4"):
        values_in(spec, params, X, 4)


def test_a_network_without_hidden_layers_has_a_map_of_its_pixels(mnist: Mnist) -> None:
    spec = mnist_spec(())
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    points = drawn(draw_live(values_in(spec, params, mnist.test.X[:300], 0), None))
    assert points.shape == (300, 2)


def test_moments_are_seen_along_the_axes_of_the_last_from_their_middle_at_one_size(
    epochs: list[Epoch], mnist: Mnist
) -> None:
    X, last = mnist.test.X[:400], epochs[-1].params
    maps = list(map(drawn, draw_moments(SPEC, [epoch.params for epoch in epochs], last, X, 2)))
    axes = fit(values_in(SPEC, last, X, 2))
    assert axes is not None
    for epoch, points in zip(epochs, maps, strict=True):
        a = forward(SPEC, epoch.params, X).a[2]
        flat = (a - a.mean(axis=0)) @ axes.axes
        assert np.allclose(points, flat / np.sqrt((flat**2).sum(axis=1).mean()), atol=1e-4)
        assert np.sqrt((points**2).sum(axis=1).mean()) == pytest.approx(1, rel=1e-4)


def test_axes_of_the_last_moment_move_the_points_less_than_axes_of_each(epochs: list[Epoch], mnist: Mnist) -> None:
    X, moments = mnist.test.X[:400], [epoch.params for epoch in epochs[1:]]
    calm = list(map(drawn, draw_moments(SPEC, moments, moments[-1], X, 2)))
    restless = [drawn(draw_live(values_in(SPEC, params, X, 2), None)) for params in moments]
    moved, moved_alone = (np.mean([apart(one, other) for one, other in pairwise(maps)]) for maps in (calm, restless))
    assert moved < 0.25
    assert moved < moved_alone


def test_live_a_map_is_turned_to_the_one_before(mnist: Mnist) -> None:
    values = mnist.test.X[:300]
    points = drawn(draw_live(values, None))
    for before in (rotated(points, 130), points * np.array([1, -1]), rotated(points * np.array([-1, 1]), -20)):
        assert apart(drawn(draw_live(values, before)), before) < 1e-3


def test_no_other_turn_comes_closer() -> None:
    rng = np.random.default_rng(0)
    before = to_size(rng.standard_normal((50, 2)))
    points = to_size(rotated(before, 77) + 0.3 * rng.standard_normal((50, 2)))
    turned = turned_to(points, before)
    closest = ((turned - before) ** 2).sum()
    for mirror in (np.array([1, 1]), np.array([1, -1])):
        for degrees in range(360):
            assert ((rotated(points * mirror, degrees) - before) ** 2).sum() >= closest - 1e-3


def test_turning_needs_the_same_points() -> None:
    with pytest.raises(ValueError, match=r"must have the shape \(5, 2\), got \(4, 2\)"):
        turned_to(np.ones((5, 2)), np.ones((4, 2)))


def broken(params: Params) -> Params:
    return (params[0]._replace(W=np.full_like(params[0].W, np.inf)), *params[1:])


def test_moments_that_exploded_have_no_map(epochs: list[Epoch], mnist: Mnist) -> None:
    X, good = mnist.test.X[:100], epochs[-1].params
    maps = list(draw_moments(SPEC, [good, broken(good)], good, X, 1))
    assert [points is None for points in maps] == [False, True]
    assert list(draw_moments(SPEC, [good], broken(good), X, 1)) == [None]
    assert draw_live(values_in(SPEC, broken(good), X, 1), None) is None


def test_a_layer_that_is_silent_lies_at_one_place() -> None:
    projection = fit(np.zeros((10, 4), np.float32))
    assert projection is not None
    assert not drawn(draw(np.zeros((10, 4), np.float32), projection)).any()
