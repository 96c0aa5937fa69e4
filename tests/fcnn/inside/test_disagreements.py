"""Where two networks disagree, and who is right, against six pairs of answers checked by hand."""

import numpy as np
import pytest

from fcnn.inside.disagreements import (
    DISAGREEMENT_ORDERS,
    Counts,
    Who,
    count_disagreements,
    distances,
    find_disagreements,
    sort_disagreements,
)
from fcnn.metrics import Answers

TRUTHS = np.array([3, 3, 1, 5, 2, 0])
ONE, OTHER = [3, 8, 1, 6, 2, 4], [3, 3, 7, 9, 0, 4]  # both right; other; one; neither; one; both wrong alike
SURE_ONE, SURE_OTHER = [0.9, 0.6, 0.8, 0.5, 0.7, 0.9], [0.9, 0.9, 0.5, 0.8, 0.9, 0.6]


def answers(said: list[int], sure: list[float]) -> Answers:
    probabilities = np.zeros((6, 10))
    probabilities[range(6), said] = sure
    return Answers(probabilities, np.zeros(6))


one, other = answers(ONE, SURE_ONE), answers(OTHER, SURE_OTHER)


@pytest.mark.parametrize(
    ("who", "expected"), [("any", [1, 2, 3, 4]), ("one", [2, 4]), ("other", [1]), ("neither", [3])]
)
def test_disagreements_by_who_is_right(who: Who, expected: list[int]) -> None:
    assert find_disagreements(one, other, TRUTHS, who).tolist() == expected


def test_counting_agrees_with_finding() -> None:
    assert count_disagreements(one, other, TRUTHS) == Counts(one=2, other=1, neither=1)
    assert sum(count_disagreements(one, other, TRUTHS)) == len(find_disagreements(one, other, TRUTHS))
    assert count_disagreements(other, one, TRUTHS) == Counts(one=1, other=2, neither=1)


def test_how_far_they_are_apart() -> None:
    # Both say 3 by 0.9: 0. Then (0.6 + 0.9) / 2 and so on; both say 4, by 0.9 and 0.6: 0.15.
    assert distances(one, other) == pytest.approx([0, 0.75, 0.65, 0.65, 0.8, 0.15])


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("apart", [4, 1, 2, 3]),
        ("sure", [4, 1, 2, 3]),  # the less sure of the two: 0.7, 0.6, 0.5, 0.5
        ("digit", [2, 4, 1, 3]),
    ],
)
def test_orders(order: str, expected: list[int]) -> None:
    found = find_disagreements(one, other, TRUTHS)
    assert sort_disagreements(found, one, other, TRUTHS, order).tolist() == expected


def test_every_order_has_a_case_above() -> None:
    assert set(DISAGREEMENT_ORDERS) == {"apart", "sure", "digit"}


def test_a_network_agrees_with_itself() -> None:
    assert find_disagreements(one, one, TRUTHS).size == 0
    assert count_disagreements(one, one, TRUTHS) == Counts(0, 0, 0)
