"""A drawing becomes the image that MNIST would hold, whatever its size, place and pen."""

from collections.abc import Callable
from timeit import repeat

import numpy as np
import pytest

from drawings.board import from_board
from drawings.photo import from_photo
from fcnn.mnist import Mnist
from fcnn.pixels import as_numbers
from tests.made_digits import LYING, SEVEN, Corners, Picture, dot, draw, enlarge, extent, image, likeness


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


@pytest.mark.no_cover  # counting lines takes time
def test_many_dots_take_no_longer_than_a_digit() -> None:
    dotted = np.zeros((199, 199), np.uint8)
    dotted[::2, ::2] = 255
    assert min(repeat(lambda: from_board(dotted), number=1, repeat=3)) < 0.1
    assert from_board(dotted) is None


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


@pytest.mark.no_cover  # counting lines takes time
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
