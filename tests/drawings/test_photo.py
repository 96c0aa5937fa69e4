"""A photo or scan becomes the image that MNIST would hold, whatever its paper and light."""

import numpy as np
import numpy.typing as npt
import pytest

from drawings.photo import from_photo
from fcnn.mnist import Mnist
from fcnn.pixels import as_numbers
from tests.made_digits import Picture, draw, image, likeness
from tests.made_photos import KNOWN, OTHERS, known_digits, read_photos
from ui import cached


def paint(ink: Picture, *, paper: float, strength: float) -> npt.NDArray[np.uint8]:
    """Photograph ink on a paper of some brightness (both 0 to 1), lit from a corner, by a camera with noise."""
    y, x = (np.linspace(-1, 1, n) for n in ink.shape)
    light = 1 - 0.12 * x - 0.1 * y[:, None]
    noise = np.random.default_rng(0).normal(0, 0.02, ink.shape)
    return (255 * ((paper + strength * ink) * light + noise).clip(0, 1)).astype(np.uint8)


@pytest.mark.parametrize(("paper", "strength"), [(0.8, -0.6), (0.8, -0.3), (0.1, 0.7), (0.2, 0.3)])
def test_a_photo_gives_the_image_of_the_drawing(paper: float, strength: float) -> None:
    made = from_photo(paint(draw(), paper=paper, strength=strength)).image
    assert made is not None
    assert likeness(made, image(draw())) > 0.95


def test_a_large_photo_gives_the_image_of_the_drawing() -> None:
    drawn = draw(height=600, left=500, top=400, pen=60, side=1500)
    made = from_photo(paint(drawn, paper=0.8, strength=-0.5)).image
    assert made is not None
    assert likeness(made, image(drawn)) > 0.95


def test_an_image_of_mnist_may_be_uploaded_as_it_is_or_as_a_negative(mnist: Mnist) -> None:
    pixels = [x.reshape(28, 28) for x in mnist.test.X[:50]]
    pairs = [(from_photo(p).image, from_photo(255 - p).image) for p in pixels]
    assert all(one is not None and other is not None and likeness(one, other) > 0.95 for one, other in pairs)
    made = [(one, as_numbers(p)) for (one, _), p in zip(pairs, pixels, strict=True) if one is not None]
    assert np.mean([likeness(one, original) for one, original in made]) > 0.85


@pytest.mark.parametrize("brightness", [0, 0.1, 0.8, 1])
def test_plain_paper_gives_nothing(brightness: float) -> None:
    for picture in (np.full((300, 400), brightness), paint(np.zeros((300, 400)), paper=brightness, strength=0)):
        reading = from_photo(picture)
        assert reading.image is None
        assert "no digit stands out" in reading.hint


def test_noise_gives_nothing() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (200, 200), np.uint8)
    assert from_photo(noise).image is None


N_A_DIGIT = 1  # pictures of each kind are ten; 'python -m benchmarks.drawings' makes fifty


@pytest.fixture(scope="module")
def known(mnist: Mnist) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.integer]]:
    """Test digits that the ready-made network knows, some of each."""
    return known_digits(mnist, cached.shipped_model("ready"), N_A_DIGIT)


@pytest.mark.parametrize("kind", [*KNOWN, *OTHERS])
def test_a_digit_on_any_paper_is_read_or_refused_with_a_hint(
    kind: str, known: tuple[npt.NDArray[np.float32], npt.NDArray[np.integer]]
) -> None:
    digits, truths = known if kind in KNOWN else (known[0][::3], known[1][::3])
    count = read_photos({**KNOWN, **OTHERS}[kind], digits, truths, cached.shipped_model("ready"))
    assert count.wrong <= 1, count
    if kind in KNOWN:
        assert count.right >= 9, count
    assert all(count.hints)
