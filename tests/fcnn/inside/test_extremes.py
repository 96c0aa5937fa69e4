"""The hardest, easiest and least sure digits, against five answers checked by hand."""

import numpy as np
import pytest

from fcnn.inside.extremes import EXTREMES, extreme_digits, lead
from fcnn.metrics import Answers

PROBABILITIES = np.array([[0.9, 0.1, 0.0], [0.4, 0.35, 0.25], [0.5, 0.5, 0.0], [0.2, 0.1, 0.7], [np.nan] * 3])
TRUTHS = [1, 0, 0, 2]
LOSSES = np.append(-np.log(PROBABILITIES[range(4), TRUTHS]), np.nan)
ANSWERS = Answers(PROBABILITIES, LOSSES)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hardest", [0, 1, 2, 3, 4]),  # its truth got 0.1, 0.4, 0.5, 0.7
        ("easiest", [3, 2, 1, 0, 4]),
        ("unsure", [2, 1, 3, 0, 4]),  # 0, 0.05, 0.5, 0.8 ahead
    ],
)
def test_extremes_by_hand(kind: str, expected: list[int]) -> None:
    assert extreme_digits(ANSWERS, kind, 9).tolist() == expected
    assert extreme_digits(ANSWERS, kind, 2).tolist() == expected[:2]


def test_every_extreme_has_a_case_above() -> None:
    assert set(EXTREMES) == {"hardest", "easiest", "unsure"}


def test_the_lead_is_the_largest_less_the_next() -> None:
    rows = np.sort(np.random.default_rng(0).random((50, 10)), axis=1)
    shuffled = np.random.default_rng(1).permuted(rows, axis=1)
    assert np.allclose(lead(Answers(shuffled, LOSSES)), rows[:, -1] - rows[:, -2])
