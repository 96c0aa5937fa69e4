"""A drawing or a photo becomes the image that MNIST would hold, whatever its size, place, pen, paper and light."""

from collections.abc import Callable
from itertools import pairwise
from timeit import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from drawings.digits import from_board, from_photo
from fcnn.mnist import Mnist
from fcnn.pixels import as_numbers

Picture = npt.NDArray[Any]
Corners = tuple[tuple[float, float], ...]
SEVEN = ((0.0, 0.0), (0.6, 0.0), (0.2, 1.0))  # (x, y) of the corners, in heights
LYING = ((0.0, 0.2), (1.0, 0.0))


def draw(
    corners: Corners = SEVEN,
    *,
    height: float = 150,
    left: float = 80,
    top: float = 60,
    pen: float = 14,
    side: int = 280,
) -> npt.NDArray[np.bool_]:
    """Draw straight strokes with a round pen, as wide as pen, on a square board."""
    y, x = np.mgrid[:side, :side] + 0.5
    points = np.array(corners) * height + (left, top)
    drawn = np.zeros((side, side), bool)
    for (x0, y0), (x1, y1) in pairwise(points):
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
        near = along.clip(0, 1)
        drawn |= np.hypot(x - x0 - near * (x1 - x0), y - y0 - near * (y1 - y0)) <= pen / 2
    return drawn


def dot(x: float, y: float, pen: float) -> npt.NDArray[np.bool_]:
    """Press the pen once, on a board of 280 x 280."""
    rows, columns = np.mgrid[:280, :280] + 0.5
    return np.asarray(np.hypot(columns - x, rows - y) <= pen / 2)


def image(board: Picture) -> npt.NDArray[np.float32]:
    made = from_board(board)
    assert made is not None
    return made


def likeness(one: Picture, other: Picture) -> float:
    """Return the correlation of two images, the best of those that rounding to a whole pixel could have given."""
    shifts = [np.roll(one, (dy, dx), axis=(0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return max(float(np.corrcoef(shifted.ravel(), other.ravel())[0, 1]) for shifted in shifts)


def extent(made: Picture) -> tuple[int, int]:
    """Return height and width of the ink, in pixels."""
    rows, columns = (np.flatnonzero(made.any(axis=axis)) for axis in (1, 0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def enlarge(x: Picture, times: int = 10) -> Picture:
    return np.kron(x.reshape(28, 28), np.ones((times, times), x.dtype))


def paint(ink: Picture, *, paper: float, strength: float) -> npt.NDArray[np.uint8]:
    """Photograph ink on a paper of some brightness (both 0 to 1), lit from a corner, by a camera with noise."""
    y, x = (np.linspace(-1, 1, n) for n in ink.shape)
    light = 1 - 0.12 * x - 0.1 * y[:, None]
    noise = np.random.default_rng(0).normal(0, 0.02, ink.shape)
    return (255 * ((paper + strength * ink) * light + noise).clip(0, 1)).astype(np.uint8)


def test_a_drawing_becomes_an_image_of_mnist() -> None:
    made = image(draw())
    assert made.shape == (28, 28)
    assert made.dtype == np.float32
    assert made.min() == 0
    assert 0.9 < made.max() <= 1


@pytest.mark.parametrize("board", [np.zeros((280, 280)), np.zeros((28, 28), np.uint8), np.zeros((300, 200), bool)])
def test_an_empty_board_gives_nothing(board: Picture) -> None:
    assert from_board(board) is None


@pytest.mark.parametrize("pen", [1, 2, 5, 18, 32])
def test_dots_of_the_pen_are_no_digit(pen: float) -> None:
    assert from_board(dot(140, 140, pen)) is None
    assert from_board(dot(60, 50, pen) | dot(200, 150, pen)) is None


def test_faint_dust_is_no_digit() -> None:
    assert from_board(0.1 * draw()) is None


def test_a_dot_beside_a_digit_changes_nothing() -> None:
    assert likeness(image(draw() | dot(250, 20, 14)), image(draw())) > 0.99


def test_a_digit_in_several_strokes_keeps_them_all() -> None:
    bars = draw(((0, 0), (0.6, 0)), height=150) | draw(((0, 0.4), (0.6, 0.4)), height=150)
    assert extent(image(bars))[0] > 10


@pytest.mark.parametrize(("left", "top"), [(10, 10), (173, 10), (10, 120), (93, 71)])
def test_the_place_does_not_matter(left: float, top: float) -> None:
    assert likeness(image(draw(left=left, top=top)), image(draw())) > 0.99


@pytest.mark.parametrize("height", [70, 110, 220])
def test_the_size_does_not_matter(height: float) -> None:
    assert likeness(image(draw(height=height, pen=14 * height / 150)), image(draw())) > 0.95


@pytest.mark.parametrize(("pen", "least"), [(3, 0.99), (5, 0.99), (8, 0.99), (20, 0.98), (26, 0.9), (32, 0.85)])
def test_the_pen_hardly_matters(pen: float, least: float) -> None:
    assert likeness(image(draw(pen=pen)), image(draw(pen=14))) > least


def test_a_slanted_line_of_single_pixels_is_a_stroke() -> None:
    assert extent(image(np.eye(28))) == (20, 20)


def test_any_pen_leaves_as_much_ink_as_mnist(mnist: Mnist) -> None:
    sevens = as_numbers(mnist.test.X)[mnist.test.labels == 7].mean(axis=1)
    low, high = np.percentile(sevens, [5, 95])
    inks = [float(image(draw(pen=pen)).mean()) for pen in (5, 10, 20, 32)]
    assert [ink for ink in inks if not low < ink < high] == []


@pytest.mark.parametrize("side", [28, 56, 280, 900])
def test_the_board_may_have_any_size(side: int) -> None:
    scale = side / 280
    board = draw(height=150 * scale, left=80 * scale, top=60 * scale, pen=18 * scale, side=side)
    assert likeness(image(board), image(draw(pen=18))) > 0.9


def test_the_type_of_the_ink_does_not_matter() -> None:
    drawn = draw()
    kinds = [drawn.astype(float), drawn.astype(np.float32), drawn.astype(np.uint8), drawn.astype(np.uint8) * 255]
    assert all(np.array_equal(image(kind), image(drawn)) for kind in kinds)


def test_a_board_is_not_changed() -> None:
    board = draw().astype(np.float32)
    before = board.copy()
    from_board(board)
    assert np.array_equal(board, before)


@pytest.mark.parametrize("corners", [SEVEN, LYING, ((0, 0), (0, 1)), ((0, 0), (1, 1))])
@pytest.mark.parametrize("pen", [5, 14, 30])
def test_the_longer_side_is_20_pixels_and_the_centre_of_mass_is_mnists(corners: Corners, pen: float) -> None:
    made = image(draw(corners, pen=pen))
    assert max(extent(made)) == 20
    y, x = (made.sum(axis=axis) @ np.arange(28) / made.sum() for axis in (1, 0))
    assert y == pytest.approx(14, abs=0.55)
    assert x == pytest.approx(14, abs=0.55)


def test_mnist_has_that_centre_of_mass(mnist: Mnist) -> None:
    images = as_numbers(mnist.test.X[:1000]).reshape(-1, 28, 28)
    y = images.sum(axis=2) @ np.arange(28) / images.sum(axis=(1, 2))
    assert y.mean() == pytest.approx(14, abs=0.05)


def test_the_aspect_is_kept() -> None:
    height, width = extent(image(draw(((0, 0), (0.5, 0), (0.5, 1), (0, 1), (0, 0)), pen=12)))
    assert height == 20
    assert width == pytest.approx(20 * 87 / 162, abs=1.1)  # the outline of the pen, half as wide as high


@pytest.mark.parametrize(("left", "top"), [(-30, 60), (220, 60), (80, -60), (80, 200), (-40, -50)])
@pytest.mark.parametrize("pen", [5, 32])
def test_ink_on_the_border_stays_in_the_image(left: float, top: float, pen: float) -> None:
    made = image(draw(left=left, top=top, pen=pen))
    assert max(extent(made)) == 20


def test_a_digit_heavy_at_one_end_is_moved_only_as_far_as_there_is_room() -> None:
    board = draw(((0, 0), (1, 0)), left=60, top=100, height=150, pen=5)
    board[50:150, 180:240] = True
    made = image(board)
    assert extent(made)[1] == 20
    assert made[:, 0].any()  # its centre of mass would be further to the left
    assert made.sum(axis=0) @ np.arange(28) / made.sum() > 14.5


def test_a_board_takes_less_than_10_ms() -> None:
    board = draw(height=230, left=40, top=30, pen=24)
    assert min(repeat(lambda: from_board(board), number=1, repeat=20)) < 0.010


@pytest.mark.parametrize("board", [np.ones((280, 280)), np.eye(280), np.eye(28), np.indices((90, 90)).sum(axis=0) % 2])
def test_scribbles_do_not_crash(board: Picture) -> None:
    made = from_board(board)
    assert made is None or (made.shape == (28, 28) and np.isfinite(made).all())


def test_images_of_mnist_come_back_as_they_were(mnist: Mnist) -> None:
    likenesses = [likeness(image(enlarge(x)), x) for x in as_numbers(mnist.test.X[:100])]
    assert np.mean(likenesses) > 0.9
    assert np.median(likenesses) > 0.95


@pytest.mark.parametrize("function", [from_board, from_photo])
@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (np.zeros((28, 28, 3)), r"must be \(height, width\), .* got shape \(28, 28, 3\)"),
        (np.zeros(784), r"must be \(height, width\), .* got shape \(784,\)"),
        (np.zeros((280, 27)), r"at least 28 pixels, got shape \(280, 27\)"),
        (np.zeros((0, 0)), r"at least 28 pixels, got shape \(0, 0\)"),
        (np.full((28, 28), np.nan), "must go from 0 to 1 .* got nan to nan"),
        (np.full((28, 28), np.inf), "must go from 0 to 1 .* got inf to inf"),
        (np.full((28, 28), -0.5), "must go from 0 to 1 .* got -0.5"),
        (np.full((28, 28), 255.0), "must go from 0 to 1 .* to 255.0"),
        (np.full((28, 28), 256), "must go from 0 to 1 .* to 256"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    function: Callable[[Picture], object], picture: Picture, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        function(picture)


@pytest.mark.parametrize(("paper", "strength"), [(0.8, -0.6), (0.8, -0.3), (0.1, 0.7), (0.2, 0.3)])
def test_a_photo_gives_the_image_of_the_drawing(paper: float, strength: float) -> None:
    made = from_photo(paint(draw(), paper=paper, strength=strength))
    assert made is not None
    assert likeness(made, image(draw())) > 0.95


def test_a_large_photo_gives_the_image_of_the_drawing() -> None:
    drawn = draw(height=600, left=500, top=400, pen=60, side=1500)
    made = from_photo(paint(drawn, paper=0.8, strength=-0.5))
    assert made is not None
    assert likeness(made, image(drawn)) > 0.95


def test_an_image_of_mnist_may_be_uploaded_as_it_is_or_as_a_negative(mnist: Mnist) -> None:
    pixels = [x.reshape(28, 28) for x in mnist.test.X[:50]]
    pairs = [(from_photo(p), from_photo(255 - p)) for p in pixels]
    assert all(one is not None and other is not None and likeness(one, other) > 0.95 for one, other in pairs)
    made = [(one, as_numbers(p)) for (one, _), p in zip(pairs, pixels, strict=True) if one is not None]
    assert np.mean([likeness(one, original) for one, original in made]) > 0.85


@pytest.mark.parametrize("brightness", [0, 0.1, 0.8, 1])
def test_plain_paper_gives_nothing(brightness: float) -> None:
    assert from_photo(np.full((300, 400), brightness)) is None
    assert from_photo(paint(np.zeros((300, 400)), paper=brightness, strength=0)) is None


def test_noise_gives_nothing() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (200, 200), np.uint8)
    assert from_photo(noise) is None
