"""McNemar's test, against the sum as it is defined and against SciPy."""

from math import comb

import numpy as np
import pytest
from scipy.stats import binomtest

from runs.comparison.mcnemar import compare, exact_p

LABELS = np.array([0, 1, 2, 3, 4, 5], np.uint8)


def test_each_network_reads_some_digits_alone() -> None:
    a = np.array([0, 1, 2, 9, 9, 9], np.uint8)
    b = np.array([0, 9, 9, 3, 9, 8], np.uint8)
    pair = compare(a, b, LABELS)
    assert pair.only_a.tolist() == [1, 2]
    assert pair.only_b.tolist() == [3]
    assert pair.p == 1.0
    assert pair.n == 6


def test_answers_to_other_digits_are_refused() -> None:
    with pytest.raises(ValueError, match="same digits"):
        compare(LABELS[:5], LABELS, LABELS)


@pytest.mark.parametrize("b", [0, 1, 2, 5, 9])
@pytest.mark.parametrize("c", [0, 1, 3, 5, 12])
def test_p_is_twice_the_tail_counted_coin_by_coin(b: int, c: int) -> None:
    tail = sum(comb(b + c, k) for k in range(min(b, c) + 1)) / 2 ** (b + c)
    assert exact_p(b, c) == pytest.approx(min(1, 2 * tail), rel=1e-12)


@pytest.mark.parametrize(("b", "c"), [(34, 61), (61, 34), (4_990, 5_010), (100, 400), (0, 40), (9_000, 1_000)])
def test_p_is_that_of_scipy_for_large_numbers_too(b: int, c: int) -> None:
    assert exact_p(b, c) == pytest.approx(binomtest(b, b + c).pvalue, rel=1e-9, abs=1e-300)
