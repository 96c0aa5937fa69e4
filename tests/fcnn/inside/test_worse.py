"""Digits made worse, against SciPy's image functions and by hand."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import ndimage

from fcnn.inside.worse import WAYS, worsen
from fcnn.mnist import Mnist
from fcnn.pixels import as_images, as_numbers
from fcnn.types import Array

each_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture(scope="module")
def digits(mnist: Mnist) -> Array:
    return as_numbers(mnist.test.X[:40])


def made_worse(way: str, X: Array, strength: float) -> Array:
    return worsen(way, X, strength, rng=np.random.default_rng(0))


@each_way
def test_at_strength_0_digits_stay_as_they_are(way: str, digits: Array) -> None:
    assert 0 in WAYS[way].strengths
    assert np.allclose(made_worse(way, digits, 0), digits, atol=1e-6)


@each_way
def test_pixels_stay_between_paper_and_ink_and_bytes_are_read_like_numbers(way: str, mnist: Mnist) -> None:
    before = mnist.test.X[:40].copy()
    for strength in WAYS[way].strengths:
        worse = made_worse(way, mnist.test.X[:40], strength)
        assert worse.shape == (40, 784)
        assert worse.dtype == np.float32
        assert worse.min() >= -1e-6
        assert worse.max() <= 1 + 1e-6
        assert np.array_equal(worse, made_worse(way, as_numbers(mnist.test.X[:40]), strength))
    assert np.array_equal(mnist.test.X[:40], before)


@each_way
def test_digits_go_further_from_what_they_were_with_the_strength(way: str, digits: Array) -> None:
    rising = [strength for strength in WAYS[way].strengths if strength >= 0]
    away = [float(np.abs(made_worse(way, digits, strength) - digits).mean()) for strength in rising]
    assert all(one < other for one, other in pairwise(away)) or way in ("turned", "shifted")
    assert all(distance > 0.01 for distance in away[1:])


@each_way
def test_strengths_rise_and_others_are_refused(way: str, digits: Array) -> None:
    strengths = WAYS[way].strengths
    assert list(strengths) == sorted(set(strengths))
    for strength in (strengths[-1] + 0.1, strengths[0] - 0.1, np.nan):
        with pytest.raises(ValueError, match="must be"):
            made_worse(way, digits, strength)


def test_an_unknown_way_is_refused(digits: Array) -> None:
    with pytest.raises(ValueError, match="unknown way 'burnt'"):
        made_worse("burnt", digits, 0)


@pytest.mark.parametrize("degrees", [-90, -33, 15, 45, 90])
def test_turning_is_that_of_scipy(degrees: float, digits: Array) -> None:
    # Theirs turns the other way, and beyond the edge it mixes in paper as ours does.
    theirs = ndimage.rotate(as_images(digits), -degrees, axes=(1, 2), reshape=False, order=1, mode="grid-constant")
    assert np.allclose(as_images(made_worse("turned", digits, degrees)), theirs, atol=1e-4)


def test_a_quarter_turn_to_the_right() -> None:
    image = np.zeros((28, 28), np.float32)
    image[0, 5] = 1  # at the top, left of the middle: then at the right, above the middle
    assert np.argwhere(as_images(made_worse("turned", image.reshape(1, -1), 90))[0] > 0.5).tolist() == [[5, 27]]


@pytest.mark.parametrize(("pixels", "width"), [(3, 1), (2.5, 2)])
def test_every_fourth_digit_is_shifted_to_the_same_side(pixels: float, width: int) -> None:
    image = np.zeros((8, 28, 28), np.float32)
    image[:, 14, 14] = 1
    shifted = as_images(made_worse("shifted", image.reshape(8, -1), pixels))
    centres = [tuple(np.round(ndimage.center_of_mass(one), 3)) for one in shifted]
    sides = [(14, 14 + pixels), (14, 14 - pixels), (14 + pixels, 14), (14 - pixels, 14)]
    assert centres == [*sides, *sides]
    assert [np.count_nonzero(one) for one in shifted] == [width] * 8


@pytest.mark.parametrize("pixels", [1, 2, 3])
def test_thicker_and_thinner_strokes_are_those_of_scipy(pixels: int, digits: Array) -> None:
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], bool)
    for image, thick, thin in zip(
        as_images(digits),
        *(as_images(made_worse("strokes", digits, s)) for s in (pixels, -min(pixels, 2))),
        strict=True,
    ):
        dilated = eroded = image
        for _ in range(pixels):
            dilated = ndimage.grey_dilation(dilated, footprint=cross, mode="constant")
        for _ in range(min(pixels, 2)):
            eroded = ndimage.grey_erosion(eroded, footprint=cross, mode="constant")
        assert np.allclose(thick, dilated)
        assert np.allclose(thin, eroded)


def test_half_a_pixel_is_half_way(digits: Array) -> None:
    assert np.allclose(made_worse("strokes", digits, 0.5), (digits + made_worse("strokes", digits, 1)) / 2, atol=1e-6)
    two, three = made_worse("strokes", digits, 2), made_worse("strokes", digits, 3)
    assert np.allclose(made_worse("strokes", digits, 2.5), (two + three) / 2, atol=1e-6)


def test_noise_is_as_strong_as_it_says_and_the_same_for_a_seed() -> None:
    grey = np.full((200, 784), 0.5, np.float32)
    assert float(made_worse("noise", grey, 0.1).std()) == pytest.approx(0.1, rel=0.01)
    assert np.array_equal(made_worse("noise", grey, 0.3), made_worse("noise", grey, 0.3))


def test_ink_and_paper_change_over(digits: Array) -> None:
    assert np.allclose(made_worse("inverted", digits, 1), 1 - digits)
    assert np.allclose(made_worse("inverted", digits, 0.5), 0.5)
