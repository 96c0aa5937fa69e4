"""Which examples are mistakes, of which kind, and in which order: against six answers checked by hand."""

import numpy as np
import pytest

from fcnn.inside.mistakes import (
    ANY_KIND,
    MISTAKE_ORDERS,
    Kind,
    accuracy_per_digit,
    count_examples,
    count_without_answer,
    find_mistakes,
    sort_examples,
)
from fcnn.metrics import Answers, confusion_matrix

TRUTHS = np.array([4, 4, 9, 7, 4, 2])
SAID = [9, 9, 4, 7, 8, 0]  # only the 7 is right
SURE = [0.6, 0.9, 0.7, 0.99, 0.5, 0.7]
LOSSES = np.array([1.0, 5.0, 2.0, 0.0, 4.0, 2.0])


def answers() -> Answers:
    probabilities = np.zeros((6, 10))
    probabilities[range(6), SAID] = SURE
    return Answers(probabilities, LOSSES)


ALL = [0, 1, 2, 4, 5]
CONFUSION = confusion_matrix(TRUTHS, np.array(SAID))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ANY_KIND, ALL),
        (Kind(true=4), [0, 1, 4]),
        (Kind(said=9), [0, 1]),
        (Kind(4, 9), [0, 1]),
        (Kind(9, 4), [2]),
        (Kind(7, 7), []),
        (Kind(true=7), []),
        (Kind(0, 1), []),
    ],
)
def test_mistakes_of_a_kind(kind: Kind, expected: list[int]) -> None:
    assert find_mistakes(answers(), TRUTHS, kind).tolist() == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("confident", [1, 2, 5, 0, 4]),  # 0.9, 0.7, 0.7, 0.6, 0.5: equal ones stay as they were
        ("unsure", [4, 0, 2, 5, 1]),
        ("loss", [1, 4, 2, 5, 0]),
        ("digit", [5, 4, 1, 0, 2]),  # a 2; the 4s, taken for 8, then for 9, the surer first; a 9
    ],
)
def test_orders(order: str, expected: list[int]) -> None:
    assert sort_examples(np.array(ALL), answers(), TRUTHS, order).tolist() == expected


def test_every_order_has_a_case_above_and_keeps_every_example() -> None:
    assert set(MISTAKE_ORDERS) == {"confident", "unsure", "loss", "digit"}
    for order in MISTAKE_ORDERS:
        assert sorted(sort_examples(np.array(ALL), answers(), TRUTHS, order)) == ALL
        assert sort_examples(find_mistakes(answers(), TRUTHS, Kind(7, 7)), answers(), TRUTHS, order).size == 0


@pytest.mark.parametrize(
    ("kind", "n"), [(ANY_KIND, 5), (Kind(true=4), 3), (Kind(said=9), 2), (Kind(4, 9), 2), (Kind(7, 7), 1)]
)
def test_counting_agrees_with_finding_but_for_right_answers(kind: Kind, n: int) -> None:
    assert count_examples(CONFUSION, kind) == n
    assert kind.is_right or len(find_mistakes(answers(), TRUTHS, kind)) == n


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ANY_KIND, "All mistakes"),
        (Kind(true=4), "4s taken for another digit"),
        (Kind(said=9), "Other digits taken for 9"),
        (Kind(4, 9), "4s taken for 9"),
        (Kind(0, 0), "0s read as 0"),
    ],
)
def test_a_kind_in_words(kind: Kind, words: str) -> None:
    assert kind.words == words


def test_accuracy_of_a_digit_counts_misses_and_false_alarms() -> None:
    accuracy = accuracy_per_digit(CONFUSION)
    assert accuracy[4] == pytest.approx(2 / 6)  # three 4s missed, one 9 called a 4
    assert accuracy[9] == pytest.approx(3 / 6)  # one 9 missed, two 4s called a 9
    assert accuracy[7] == accuracy[1] == 1


def test_an_example_with_any_number_missing_has_no_answer() -> None:
    broken = answers()
    broken.probabilities[1] = np.nan
    broken.probabilities[4, 3] = np.inf
    assert count_without_answer(broken) == 2
    assert count_without_answer(answers()) == 0
