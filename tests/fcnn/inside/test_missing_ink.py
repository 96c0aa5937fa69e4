"""Ink that is not there: against sums worked out by hand, and against the change of the score."""

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Examples, Layer, NetworkSpec, forward
from fcnn.inside.missing_ink import against_typical, typical_images
from fcnn.inside.path import along_path
from fcnn.inside.score import Pair
from fcnn.mnist import Mnist
from tests.networks import few_digits, filled, ready, wide

PAIR = Pair(3, 8)


def test_missing_and_extra_ink_of_three_pixels_without_a_hidden_layer() -> None:
    W = np.zeros((3, 10))
    W[:, 3], W[:, 8] = (1, 2, 0), (-1, 0, 4)  # differences of the weights: 2, 2, -4
    typical, x = np.array([1.0, 0.5, 0.5]), np.array([0.0, 0.5, 1.0])
    found = against_typical(NetworkSpec((3, 10)), (Layer(W, np.full(10, 7.0)),), x, typical, PAIR)
    assert found.missing.tolist() == [-2, 0, 0]  # a whole pixel of ink, which would have spoken for 3
    assert found.extra.tolist() == [0, 0, -2]
    assert (found.path.start, found.path.end, found.path.gap) == (1, -3, 0)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_what_is_missing_and_what_is_extra_lead_from_the_typical_image_to_this_one(activation: str) -> None:
    spec, rng = NetworkSpec((30, 20, 15, 10), activation), np.random.default_rng(2)
    params, typical = wide(spec), rng.random(30)
    for x in rng.random((20, 30)).round():
        found = against_typical(spec, params, x, typical, PAIR)
        z = forward(spec, params, np.stack((typical, x))).z[-1]
        change = float((z[1, 3] - z[1, 8]) - (z[0, 3] - z[0, 8]))
        assert abs(found.missing.sum() + found.extra.sum() - change) <= 0.01 * max(abs(change), 0.5)
        assert not found.missing[x > typical].any()
        assert not found.extra[x < typical].any()


def test_real_mistakes_are_led_back_to_one_percent_although_relu_has_kinks(mnist: Mnist) -> None:
    spec, params = ready()
    typical = typical_images(few_digits(mnist, 5_000))
    for x, label in zip(mnist.test.X[:100], mnist.test.labels[:100], strict=True):
        pair = Pair(int(label), (int(label) + 1) % 10)
        assert against_typical(spec, params, x, typical[pair.other], pair).path.gap_share < 0.01


def test_the_way_back_is_the_same_with_the_signs_changed() -> None:
    spec, (start, end) = NetworkSpec((6, 7, 10), "tanh"), np.random.default_rng(3).random((2, 6))
    there, back = (along_path(spec, wide(spec), *ends, PAIR) for ends in ((start, end), (end, start)))
    np.testing.assert_allclose(there.parts, -back.parts)


def test_the_typical_image_is_the_mean_of_its_kind(mnist: Mnist) -> None:
    digits = few_digits(mnist, 2_500)  # more than a piece
    expected = [digits.X[digits.labels == digit].astype(float).mean(axis=0) / 255 for digit in range(10)]
    found = typical_images(digits)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert found.dtype == np.float32


def test_a_digit_that_is_not_there_has_no_typical_image() -> None:
    found = typical_images(Examples(np.full((2, 4), 255, np.uint8), np.array([1, 1])))
    assert found[1].tolist() == [1] * 4
    assert np.isnan(np.delete(found, 1, axis=0)).all()


def test_a_network_that_exploded_is_compared_without_a_warning() -> None:
    spec = NetworkSpec((4, 3, 10))
    found = against_typical(spec, filled(spec, np.inf), np.ones(4, np.float32), np.zeros(4, np.float32), PAIR)
    assert np.isnan(found.path.gap)
