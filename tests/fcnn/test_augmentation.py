"""Images that vary: each kind of change does what its name says, by as much as it says, and nothing else."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from fcnn import Dataset, TrainConfig, train
from fcnn.augmentation import NOTHING, Augmentation, augment
from fcnn.engine.by_ink import ByInk
from fcnn.mnist import Mnist
from fcnn.network import NetworkSpec
from fcnn.pixels import as_numbers
from fcnn.types import Array, Examples

EVERYTHING = Augmentation(shift_px=1, rotation_deg=15, scale=0.15, elastic_px=1.4, noise=0.1)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def blobs(n: int, x: float, y: float, width: float = 2.0) -> Array:
    """Return n images (n, 784) of one round spot whose middle is at pixel (x, y)."""
    rows, columns = np.mgrid[:28, :28]
    spot = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * width**2))
    return np.repeat(spot.reshape(1, -1), n, axis=0).astype(np.float32)


def middles(X: Array) -> Array:
    """Return the centre of mass of each image, as (x, y) from the middle of the image, of shape (n, 2)."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    places = np.stack([columns.ravel(), rows.ravel()], axis=1)
    middles: Array = X @ places / X.sum(axis=1, keepdims=True)
    return middles


def correlation(a: Array, b: Array) -> float:
    a, b = a.ravel() - a.mean(), b.ravel() - b.mean()
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def spread(X: Array) -> Array:
    """Return how far from its centre of mass the ink of each image is, root mean square, in pixels."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    squares = (rows**2 + columns**2).ravel()
    distances: Array = np.sqrt(X @ squares / X.sum(axis=1) - (middles(X) ** 2).sum(axis=1))
    return distances


def test_nothing_changes_nothing(mnist: Mnist) -> None:
    X = as_numbers(mnist.test.X[:100])
    assert np.array_equal(augment(X, NOTHING, rng=rng()), X)
    assert not NOTHING.is_on


@pytest.mark.parametrize("n", [0, 1, 63, 64, 65, 200])
def test_every_image_of_a_batch_of_any_size_is_changed(mnist: Mnist, n: int) -> None:
    X = as_numbers(mnist.test.X[:n])
    new = augment(X, EVERYTHING, rng=rng())
    assert new.shape == X.shape
    assert new.dtype == np.float32
    assert (np.abs(new - X).max(axis=1) > 0.2).all()


def test_the_images_that_were_given_stay_as_they_are(mnist: Mnist) -> None:
    X = as_numbers(mnist.test.X[:70])
    before = X.copy()
    augment(X, EVERYTHING, rng=rng())
    assert np.array_equal(X, before)


def test_pixels_stay_between_paper_and_ink(mnist: Mnist) -> None:
    strong = Augmentation(shift_px=8, rotation_deg=180, scale=0.9, elastic_px=8, noise=1)
    new = augment(as_numbers(mnist.test.X[:500]), strong, rng=rng())
    assert (new.min(), new.max()) == (0, 1)


def test_a_shift_moves_evenly_up_to_its_limit_along_both_axes() -> None:
    moved = middles(augment(blobs(2000, 13.5, 13.5), Augmentation(shift_px=3), rng=rng()))
    assert np.abs(moved).max() < 3.01
    assert np.allclose(np.abs(moved).max(axis=0), 3, atol=0.1)
    assert np.allclose(moved.std(axis=0), 3 / np.sqrt(3), atol=0.1)
    assert abs(correlation(moved[:, 0], moved[:, 1])) < 0.1


def test_a_rotation_turns_around_the_middle_both_ways() -> None:
    turned = middles(augment(blobs(2000, 21.5, 13.5), Augmentation(rotation_deg=30), rng=rng()))
    angles = np.rad2deg(np.arctan2(turned[:, 1], turned[:, 0]))
    assert np.allclose(np.hypot(*turned.T), 8, atol=0.1)
    assert np.allclose([angles.min(), angles.max()], [-30, 30], atol=1)


def test_a_scale_makes_larger_and_smaller() -> None:
    sizes = spread(augment(blobs(2000, 13.5, 13.5), Augmentation(scale=0.2), rng=rng())) / spread(blobs(1, 13.5, 13.5))
    assert np.allclose([sizes.min(), sizes.max()], [0.8, 1.2], atol=0.03)


@pytest.mark.parametrize("blur", [3.0, 4.0, 8.0])
def test_an_elastic_distortion_moves_pixels_by_so_many_pixels(blur: float) -> None:
    bend = Augmentation(elastic_px=1.5, elastic_blur_px=blur)
    places = [(x, y) for x in (6, 13, 21) for y in (6, 13, 21)]
    moved = [middles(augment(blobs(400, x, y, 0.8), bend, rng=rng())) - middles(blobs(1, x, y, 0.8)) for x, y in places]
    assert np.sqrt(np.mean(np.square(moved))) == pytest.approx(1.5, rel=0.15)


def together(distance: int, blur: float) -> float:
    """Return how alike two spots move that are so many pixels apart: 1 as one, 0 independently."""
    spots = blobs(1500, 13 - distance / 2, 13.5, 0.8), blobs(1500, 13 + distance / 2, 13.5, 0.8)
    bend = Augmentation(elastic_px=1, elastic_blur_px=blur)
    moved = [middles(augment(spot, bend, rng=rng()))[:, 0] for spot in spots]  # the same seed bends both alike
    return correlation(*moved)


def test_neighbours_bend_alike_and_the_blur_says_how_far() -> None:
    # Noise blurred with a Gaussian of width s correlates over a distance d as exp(-d^2 / 4 s^2).
    assert together(4, 4.0) == pytest.approx(np.exp(-(4**2) / (4 * 4**2)), abs=0.12)
    assert together(12, 4.0) < 0.3
    assert together(12, 10.0) > together(12, 4.0) + 0.3


def test_images_of_a_batch_bend_independently() -> None:
    moved = middles(augment(blobs(2000, 13.5, 13.5), Augmentation(elastic_px=1), rng=rng()))[:, 0]
    assert abs(correlation(moved[:-1], moved[1:])) < 0.1


def test_noise_is_added_to_every_pixel_by_itself() -> None:
    grey = np.full((200, 784), 0.5, np.float32)
    noise = augment(grey, Augmentation(noise=0.1), rng=rng()) - grey
    assert noise.std() == pytest.approx(0.1, rel=0.02)
    assert abs(correlation(noise[:, :-1], noise[:, 1:])) < 0.02


def test_the_same_seed_gives_the_same_images(mnist: Mnist) -> None:
    X = as_numbers(mnist.test.X[:10])
    assert np.array_equal(augment(X, EVERYTHING, rng=rng()), augment(X, EVERYTHING, rng=rng()))
    assert not np.array_equal(augment(X, EVERYTHING, rng=rng()), augment(X, EVERYTHING, rng=np.random.default_rng(1)))


@pytest.mark.parametrize(
    ("name", "value"),
    [("shift_px", -1), ("rotation_deg", 181), ("scale", 1), ("elastic_px", 9), ("elastic_blur_px", 1), ("noise", 2)],
)
def test_a_value_out_of_range_is_named(name: str, value: float) -> None:
    wrong: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=f"{name} must be between .* got {value}"):
        replace(NOTHING, **wrong)


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="noise must be between 0 and 1, got nan"):
        Augmentation(noise=float("nan"))


def tiny(n: int = 300) -> Dataset:
    X = np.random.default_rng(1).integers(0, 256, (n, 784), dtype=np.uint8)
    labels = (X[:, 400] > 127).astype(np.int64)
    pixels = np.r_[0:784:2, 1:784:2]
    even = ByInk(pixels, np.ascontiguousarray(X[:, ::2]), np.full(n, 392))
    return Dataset(Examples(X, labels), None, Examples(X, labels), even)


def test_a_run_learns_from_varied_images_and_from_all_their_pixels() -> None:
    *_, plain = train(NetworkSpec((784, 8, 2)), tiny(), TrainConfig(n_epochs=2, batch_size=50))
    start, *_, varied = train(
        NetworkSpec((784, 8, 2)), tiny(), TrainConfig(n_epochs=2, batch_size=50, augmentation=EVERYTHING)
    )
    assert np.array_equal(plain.params[0].W[1::2], start.params[0].W[1::2])  # taken for blank, so they rest
    assert (varied.params[0].W != start.params[0].W).any(axis=1).all()


def test_the_untrained_network_and_the_figures_know_nothing_of_it() -> None:
    first, *_ = train(NetworkSpec((784, 8, 2)), tiny(), TrainConfig(n_epochs=1))
    varied, *_ = train(NetworkSpec((784, 8, 2)), tiny(), TrainConfig(n_epochs=1, augmentation=EVERYTHING))
    assert first.train == varied.train
