"""Figures against numbers counted by hand."""

from math import log, nan

import numpy as np
import pytest

from fcnn import Initialization, Layer, NetworkSpec, answer, forward, init_params, summarize
from fcnn.losses import cross_entropy
from fcnn.metrics import Answers, answer_in_pieces, confusion_matrix, interval_95, per_digit
from fcnn.types import Examples

SPEC = NetworkSpec((3, 5, 10))
PARAMS = init_params(SPEC, Initialization(), rng=np.random.default_rng(0))


def examples(n: int) -> Examples:
    rng = np.random.default_rng(1)
    return Examples(rng.random((n, 3), dtype=np.float32), rng.integers(0, 10, n))


# Three answers: 2 with 0.7, 0 with 0.5, 1 with 0.6; their true digits are 2, 0 and 2.
THREE = Answers(
    probabilities=np.array([[0.1, 0.2, 0.7], [0.5, 0.3, 0.2], [0.3, 0.6, 0.1]]),
    losses=-np.log([0.7, 0.5, 0.1]),
)
TRUTHS = np.array([2, 0, 2])


def test_the_answer_is_the_most_probable_digit() -> None:
    assert THREE.digits.tolist() == [2, 0, 1]


def test_the_confidence_is_the_probability_of_the_answer() -> None:
    assert THREE.confidences.tolist() == [0.7, 0.5, 0.6]


def test_accuracy_is_the_share_of_right_answers() -> None:
    assert summarize(THREE, TRUTHS).accuracy == pytest.approx(2 / 3)


def test_loss_is_the_mean_in_nats() -> None:
    # -(log 0.7 + log 0.5 + log 0.1) / 3 = -log(0.035) / 3
    assert summarize(THREE, TRUTHS).loss == pytest.approx(-log(0.035) / 3)


def test_a_mean_of_many_losses_keeps_its_digits() -> None:
    # Added up in float32, 60,000 times 0.1 is off in the sixth digit.
    losses = np.full(60_000, 0.1, np.float32)
    many = Answers(np.ones((60_000, 1), np.float32), losses)
    assert summarize(many, np.zeros(60_000, np.uint8)).loss == pytest.approx(float(np.float32(0.1)), rel=1e-12)


@pytest.mark.parametrize("n", [1, 999, 1000, 1001, 2500])
def test_answers_in_pieces_are_those_of_a_single_pass(n: int) -> None:
    asked = examples(n)
    trace = forward(SPEC, PARAMS, asked.X)
    answers = answer(SPEC, PARAMS, asked)
    assert answers.probabilities.shape == (n, 10)
    assert np.allclose(answers.probabilities, trace.a[-1], rtol=1e-6, atol=1e-7)
    assert np.allclose(answers.losses, cross_entropy(trace.z[-1], asked.labels), rtol=1e-6, atol=1e-7)


def test_a_piece_is_at_most_a_thousand_examples() -> None:
    pieces = list(answer_in_pieces(SPEC, PARAMS, examples(2500)))
    assert [len(piece.losses) for piece in pieces] == [1000, 1000, 500]


def test_a_network_that_exploded_answers_nan_without_a_warning() -> None:
    exploded = tuple(Layer(W * np.float32(np.inf), b) for W, b in PARAMS)
    asked = examples(4)
    assert np.isnan(summarize(answer(SPEC, exploded, asked), asked.labels).loss)


def test_the_confusion_matrix_counts_truths_in_rows_and_answers_in_columns() -> None:
    truths = np.array([0, 0, 0, 9, 4], np.uint8)
    answered = np.array([0, 0, 7, 4, 4])
    confusion = confusion_matrix(truths, answered)
    assert confusion.shape == (10, 10)
    assert {(int(t), int(k)): int(confusion[t, k]) for t, k in np.argwhere(confusion)} == {
        (0, 0): 2,
        (0, 7): 1,
        (9, 4): 1,
        (4, 4): 1,
    }


def test_labels_of_one_byte_do_not_overflow_in_the_confusion_matrix() -> None:
    nines = np.full(300, 9, np.uint8)
    assert confusion_matrix(nines, nines)[9, 9] == 300


# Three images of 0: two were answered 0, one 1.  One of 1: answered 0.  None of 2, but one of 3 was answered 2.
CONFUSION = np.array([[2, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]])


def test_precision_is_the_share_of_an_answer_that_was_right() -> None:
    # 0 was answered three times, twice rightly; 1 and 2 once, wrongly; 3 never
    assert per_digit(CONFUSION).precision == pytest.approx([2 / 3, 0, 0, nan], nan_ok=True)


def test_recall_is_the_share_of_a_digit_that_was_found() -> None:
    # two of three 0s were found, not the one 1, nor the one 3; there was no 2
    assert per_digit(CONFUSION).recall == pytest.approx([2 / 3, 0, nan, 0], nan_ok=True)


@pytest.mark.parametrize(
    ("right", "n", "interval"),
    [
        # z = 1.96, z^2 = 3.8416: at 1/2 the centre stays and half the width is z / 2 / sqrt(n + z^2) = 0.98 / 3.72043
        (5, 10, (0.236590, 0.763410)),
        # All right: from 1 / (1 + z^2 / n) = 1 / 1.38416 to 1
        (10, 10, (0.722460, 1)),
        (0, 10, (0, 0.277540)),
        # (0.9 + 0.019208) / 1.038416 = 0.885202, 1.96 / 1.038416 x sqrt(0.0009 + 0.00009604) = 0.059569
        (90, 100, (0.825633, 0.944771)),
    ],
)
def test_the_interval_is_wilsons(right: int, n: int, interval: tuple[float, float]) -> None:
    assert interval_95(right / n, n) == pytest.approx(interval, abs=1e-6)


@pytest.mark.parametrize(("right", "n"), [(0, 1), (0, 5), (5, 5)])
def test_rounding_does_not_carry_the_interval_over_its_ends(right: int, n: int) -> None:
    low, high = interval_95(right / n, n)
    assert 0 <= low < high <= 1
