"""Histograms of weights, silent units, and pictures of what units further up look for."""

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Layer, NetworkSpec, Params, forward
from fcnn.inside.layers import picture_limit, pictures_of, pictures_through, silent_shares, weight_histograms
from fcnn.types import Array
from tests.fcnn.inside.one_updates import BATCH, start

SPEC = NetworkSpec((5, 4, 6, 3), "relu")
PARAMS = start(SPEC)


def one_layer(W: Array) -> Params:
    return (Layer(W.astype(np.float32), np.zeros(W.shape[1], np.float32)),)


def test_every_weight_is_counted_once_in_the_same_bins() -> None:
    rng = np.random.default_rng(0)
    now, start = one_layer(rng.normal(0, 0.3, (100, 20))), one_layer(rng.normal(0, 0.1, (100, 20)))
    (histogram,) = weight_histograms(now, start, 30)
    for counts, (W, _) in ((histogram.now, now[0]), (histogram.start, start[0])):
        assert counts.sum() == 2_000
        assert counts.tolist() == np.histogram(W, histogram.edges)[0].tolist()
    assert histogram.edges[0] == -histogram.edges[-1] == pytest.approx(-np.abs(now[0].W).max())
    assert histogram.n_beyond == 0


def test_a_stray_weight_is_counted_in_the_outer_bin_and_does_not_squeeze_the_others() -> None:
    W = np.random.default_rng(0).normal(0, 0.1, (100, 20))
    before = one_layer(W)
    W[3, 4] = 1_000.0
    (histogram,) = weight_histograms(one_layer(np.where(W > 999, 5.0, W)), before)
    assert histogram.edges[-1] < 1.2
    assert histogram.n_beyond == 1
    assert histogram.now[-1] == 1
    assert histogram.now.sum() == 2_000


def test_weights_that_are_no_numbers_are_left_out() -> None:
    broken = np.full((3, 2), np.nan)
    (histogram,) = weight_histograms(one_layer(broken), one_layer(np.ones((3, 2))))
    assert histogram.now.sum() == 0
    assert histogram.start.sum() == 6
    (histogram,) = weight_histograms(one_layer(broken), one_layer(broken))
    assert histogram.edges[[0, -1]].tolist() == [-1, 1]


def test_weights_at_the_end_of_what_float32_holds_are_counted() -> None:
    huge = np.array([[3e38, -3e38], [0, 1]])
    (histogram,) = weight_histograms(one_layer(huge), one_layer(huge), 3)
    assert histogram.now.tolist() == [1, 2, 1]


def test_a_histogram_needs_two_moments_of_one_network() -> None:
    assert len(weight_histograms(PARAMS, PARAMS)) == 3
    with pytest.raises(ValueError, match="of one network"):
        weight_histograms(PARAMS, PARAMS[:2])


def test_units_that_say_nothing_to_any_image_are_silent() -> None:
    (W, b), *later = PARAMS
    b = b.copy()
    b[[0, 2]] = -100
    params = (Layer(W, b), *later)
    a = forward(SPEC, params, BATCH.X).a
    silent = silent_shares(SPEC, params, BATCH.X)
    assert silent == tuple(float((layer.max(axis=0) == 0).mean()) for layer in a[1:-1])
    assert silent[0] >= 0.5


def test_the_first_layer_is_its_weights_and_the_last_its_outgoing_weights_seen_from_the_pixels() -> None:
    pictures = [pictures_through(PARAMS, layer) for layer in range(3)]
    assert pictures[0] is not None
    assert pictures[2] is not None
    assert np.array_equal(pictures[0], PARAMS[0].W)
    assert np.allclose(pictures[2], PARAMS[0].W @ outgoing_of_all(PARAMS), atol=1e-5)


def outgoing_of_all(params: Params) -> Array:
    support: Array = np.eye(3)
    for W, _ in reversed(params[1:]):
        support = W @ support
    return support


def test_it_is_the_sum_of_the_pictures_below_weighted() -> None:
    found = pictures_through(PARAMS, 1)
    assert found is not None
    for unit in range(6):
        by_hand = sum(PARAMS[1].W[below, unit] * PARAMS[0].W[:, below] for below in range(4))
        assert np.allclose(found[:, unit], by_hand, atol=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_it_is_how_a_unit_changes_with_the_pixels_only_where_all_units_below_pass_everything_on(
    activation: str,
) -> None:
    # All biases so large that ReLU and its leaky sister pass everything on: then it is the slope of z by each pixel.
    spec = NetworkSpec(SPEC.sizes, activation)
    open_wide = tuple(Layer(W, b + 50) for W, b in PARAMS)
    X = BATCH.X[:1].astype(np.float64)
    slopes = np.array(
        [
            (forward(spec, open_wide, X + step).z[1] - forward(spec, open_wide, X - step).z[1])[0] / 2e-3
            for step in 1e-3 * np.eye(5)
        ]
    )
    found = pictures_through(open_wide, 1)
    assert found is not None
    assert np.allclose(found, slopes, atol=1e-3) is (activation in ("relu", "leaky_relu"))


def test_weights_that_exploded_have_no_pictures_and_layers_that_are_not_there_are_refused() -> None:
    (W, b), *later = PARAMS
    broken = (Layer(np.full_like(W, np.inf), b), *later)
    assert pictures_through(broken, 1) is None
    with pytest.raises(ValueError, match="layer must be 0 to 2, got 3"):
        pictures_through(PARAMS, 3)


def test_the_pictures_of_some_units_are_those_among_all() -> None:
    whole, some = pictures_through(PARAMS, 1), pictures_of(PARAMS, 1, np.array([4, 1]))
    assert whole is not None
    assert some is not None
    assert np.allclose(some, whole[:, [4, 1]], atol=1e-6)


def test_the_limit_of_pictures_is_that_of_the_strongest_epoch_that_has_not_exploded() -> None:
    double = (Layer(2 * PARAMS[0].W, PARAMS[0].b), *PARAMS[1:])
    broken = (Layer(np.full_like(PARAMS[0].W, np.nan), PARAMS[0].b), *PARAMS[1:])
    pictures = pictures_through(double, 1)
    assert pictures is not None
    assert picture_limit([PARAMS, double, broken], 1) == pytest.approx(4 * np.sqrt((pictures**2).mean()), rel=1e-5)
    assert picture_limit([broken], 1) == 0
