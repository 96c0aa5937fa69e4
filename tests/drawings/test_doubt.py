"""How far to trust an answer: digits are believed, scribbles are not, and several digits are told apart from one."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from drawings.board import from_board
from drawings.doubt import Instruments, doubt
from drawings.several import holds_several
from fcnn.mnist import Mnist
from fcnn.network import predict
from tests.made_scribbles import FROM_DIGITS, KINDS, from_digits, scribbles
from tests.pen_boards import load_drawings
from ui import cached

N = 30  # of each kind
SURE = 0.9


@pytest.fixture(scope="module")
def instruments() -> Instruments:
    return cached.instruments_of_doubt()


@pytest.fixture(scope="module")
def drawn() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    boards, labels, _ = load_drawings()
    return boards, labels


def doubted(instruments: Instruments, boards: list[npt.NDArray[np.uint8]]) -> tuple[npt.NDArray[np.bool_], float]:
    """Return which boards are doubted, and the share of all that the network answers surely and without doubt."""
    images = {i: image.ravel() for i, board in enumerate(boards) if (image := from_board(board)) is not None}
    there, X = list(images), np.stack(list(images.values()))
    unlike = np.concatenate([doubt(instruments, X[i : i + 250]).unlike for i in range(0, len(X), 250)])
    several = np.array([holds_several(boards[i]) for i in there])
    model = cached.shipped_model("ready")
    sure = predict(model.spec, model.params[-1], X).max(axis=1) >= SURE
    return unlike | several, float((sure & ~unlike & ~several).sum()) / len(boards)


def test_at_most_15_of_100_scribbles_are_answered_surely(
    instruments: Instruments, drawn: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
) -> None:
    shares = {kind: doubted(instruments, scribbles(kind, N, seed=77))[1] for kind in KINDS}
    shares |= {kind: doubted(instruments, from_digits(kind, *drawn, N, seed=77))[1] for kind in FROM_DIGITS}
    assert np.mean(list(shares.values())) <= 0.15, shares


def test_hardly_a_drawing_is_doubted(
    instruments: Instruments, drawn: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
) -> None:
    assert doubted(instruments, [255 * board for board in drawn[0]])[0].mean() <= 0.023


def test_one_test_digit_in_a_hundred_is_doubted_at_most(instruments: Instruments, mnist: Mnist) -> None:
    unlike = [doubt(instruments, mnist.test.X[i : i + 250]).unlike for i in range(0, 10_000, 250)]
    assert np.concatenate(unlike).mean() <= 0.01


def test_the_nearest_digits_of_a_digit_are_of_its_kind_and_the_first_is_itself(
    instruments: Instruments, mnist: Mnist
) -> None:
    nearest = doubt(instruments, mnist.all_train.X[:50]).nearest
    assert nearest.rows[:, 0].tolist() == list(range(50))
    assert (nearest.labels == mnist.all_train.labels[:50, None]).mean() > 0.9


@pytest.mark.parametrize("kind", ["smiley", "paired"])
def test_several_things_are_told_apart_from_one(
    kind: str, drawn: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
) -> None:
    boards = scribbles(kind, N, seed=5) if kind in KINDS else from_digits(kind, *drawn, N, seed=5)
    assert np.mean([holds_several(board) for board in boards]) > 0.6


def test_a_digit_in_two_strokes_is_one(drawn: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]) -> None:
    assert np.mean([holds_several(board) for board in drawn[0]]) < 0.005


@pytest.mark.parametrize("make", [np.zeros, np.ones])
def test_a_plain_board_holds_no_several(make: Callable[[tuple[int, int]], npt.NDArray[np.float64]]) -> None:
    assert not holds_several(make((100, 100)))
