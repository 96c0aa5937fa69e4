"""Reliability and coverage against scikit-learn, against cases made to be calibrated, and by brute force."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from fcnn.inside.calibration import coverage, reliability

RNG = np.random.default_rng(0)
SURE = RNG.random(5_000)
RIGHT = RNG.random(5_000) < SURE**2  # surer than it should be


@pytest.mark.parametrize("n_bins", [1, 5, 10, 15])
def test_bins_are_those_of_sklearn(n_bins: int) -> None:
    accuracy, confidence = calibration_curve(RIGHT, SURE, n_bins=n_bins)
    ours = reliability(SURE, RIGHT, n_bins)
    assert np.allclose(ours.accuracy, accuracy)
    assert np.allclose(ours.confidence, confidence)
    assert ours.counts.tolist() == np.histogram(SURE, n_bins, (0, 1))[0].tolist()
    assert ours.error == pytest.approx(float((np.abs(accuracy - confidence) * ours.counts).sum() / 5_000))
    assert ours.worst == pytest.approx(np.abs(accuracy - confidence).max())


def test_a_network_that_is_as_often_right_as_it_is_sure_has_hardly_an_error() -> None:
    sure = RNG.random(200_000)
    assert reliability(sure, RNG.random(200_000) < sure).error < 0.01
    # E |c - c^2| = 1/2 - 1/3
    assert reliability(SURE, RIGHT).error == pytest.approx(1 / 6, abs=0.02)


def test_by_hand() -> None:
    ours = reliability(np.array([0.55, 0.6, 0.95, 0.95, 1.0]), np.array([True, False, True, True, False]))
    # 0.6 is on an edge, and belongs to the bin below: 0.575 sure and half of them right; then 0.9667 and 2/3.
    assert ours.counts.tolist() == [0, 0, 0, 0, 0, 2, 0, 0, 0, 3]
    assert ours.confidence[[5, 9]] == pytest.approx([0.575, 2.9 / 3])
    assert ours.accuracy[[5, 9]] == pytest.approx([0.5, 2 / 3])
    assert np.isnan(ours.accuracy[[0, 4, 6]]).all()
    assert ours.error == pytest.approx((2 * 0.075 + 3 * 0.3) / 5)
    assert ours.worst == pytest.approx(0.3)


def test_coverage_by_brute_force() -> None:
    found = coverage(SURE, RIGHT, 21)
    assert len(found.thresholds) == 21
    for threshold, share, accuracy in zip(*found, strict=True):
        believed = threshold <= SURE
        assert share == pytest.approx(believed.mean())
        assert accuracy == pytest.approx(RIGHT[believed].mean())
    assert found.coverage[0] == 1
    assert np.allclose(np.diff(found.coverage), -0.05, atol=1e-3)


def test_answers_that_are_equally_sure_are_believed_together() -> None:
    found = coverage(np.array([0.5, 0.9, 0.9, 0.9]), np.array([False, True, True, False]))
    assert found.thresholds.tolist() == [0.5, 0.9]
    assert found.coverage.tolist() == [1, 0.75]
    assert found.accuracy == pytest.approx([0.5, 2 / 3])


def test_answers_that_are_no_numbers_are_left_out() -> None:
    sure, right = np.array([0.4, np.nan, 0.8]), np.array([True, True, False])
    assert reliability(sure, right).counts.sum() == 2
    assert coverage(sure, right).coverage.tolist() == [1, 0.5]
    for look in (reliability, coverage):
        with pytest.raises(ValueError, match="no answers"):
            look(np.array([np.nan]), np.array([True]))
        with pytest.raises(ValueError, match="must be 1 or more"):
            look(sure, right, 0)
