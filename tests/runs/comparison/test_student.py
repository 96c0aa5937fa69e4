"""Student's t, against SciPy."""

import numpy as np
import pytest
from scipy import stats

from runs.comparison.student import single_p, spread, two_sided, welch_p

STEP = 1e-4


@pytest.mark.parametrize("freedom", [1, 1.7, 4, 30, 500])
@pytest.mark.parametrize("t", [0.0, 0.3, -1.5, 4.0, 60.0])
def test_the_tails_are_those_of_scipy(t: float, freedom: float) -> None:
    assert two_sided(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-9)


def test_two_groups_are_compared_as_scipy_does() -> None:
    a, b = np.array([0.971, 0.973, 0.969, 0.974]), np.array([0.976, 0.975, 0.979])
    wanted = stats.ttest_ind(a, b, equal_var=False).pvalue
    assert welch_p(spread(a, STEP), spread(b, STEP)) == pytest.approx(wanted, rel=1e-9)


def test_one_more_measurement_is_judged_by_the_spread_of_the_others() -> None:
    group = np.array([0.971, 0.973, 0.969, 0.974])
    t = (0.99 - group.mean()) / (group.std(ddof=1) * np.sqrt(1 + 1 / 4))
    assert single_p(0.99, spread(group, STEP)) == pytest.approx(2 * stats.t.sf(t, 3), rel=1e-9)


def test_equal_measurements_prove_nothing() -> None:
    same, one_digit_more = spread(np.full(2, 0.98), STEP), spread(np.full(2, 0.9801), STEP)
    assert welch_p(same, same) == 1
    assert 0.05 < welch_p(same, one_digit_more) < 1
