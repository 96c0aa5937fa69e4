"""Principal components against scikit-learn's, on made values and on digits."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from fcnn.inside.projection import Projection, fit
from fcnn.mnist import Mnist
from fcnn.pixels import as_numbers


def fitted(X: np.ndarray[tuple[int, ...], np.dtype[np.float32]], n: int = 2) -> Projection:
    projection = fit(X, n)
    assert projection is not None
    return projection


def made(n: int, d: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    rng = np.random.default_rng(0)
    return (rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) + 3).astype(np.float32)


@pytest.mark.parametrize(("n", "d"), [(50, 6), (6, 50), (3, 2)])
def test_components_places_and_shares_are_those_of_sklearn(n: int, d: int) -> None:
    X, theirs = made(n, d), PCA(2, svd_solver="full")
    their_places = theirs.fit_transform(X.astype(np.float64))
    ours = fitted(X)
    assert np.allclose(ours.shares, theirs.explained_variance_ratio_, atol=1e-5)
    for i in range(2):
        sign = np.sign(theirs.components_[i] @ ours.axes[:, i])
        assert np.allclose(sign * ours.axes[:, i], theirs.components_[i], atol=1e-3)
        assert np.allclose(sign * ours.project(X)[:, i], their_places[:, i], atol=2e-3 * np.abs(their_places).max())


def test_the_pixels_of_2000_digits(mnist: Mnist) -> None:
    X = mnist.test.X[::5]
    ours, theirs = fitted(X), PCA(2, svd_solver="covariance_eigh").fit(as_numbers(X).astype(np.float64))
    assert np.allclose(ours.shares, theirs.explained_variance_ratio_, rtol=1e-4)
    assert np.allclose(np.abs((ours.axes * theirs.components_.T).sum(axis=0)), 1, atol=1e-4)


def test_the_largest_number_of_an_axis_is_positive() -> None:
    for seed in range(5):
        X = np.random.default_rng(seed).standard_normal((30, 4)).astype(np.float32)
        for axis in fitted(X).axes.T:
            assert axis[np.abs(axis).argmax()] > 0
        assert np.array_equal(fitted(-X).axes.round(4), fitted(X).axes.round(4))


def test_one_neuron_has_one_axis() -> None:
    X = np.arange(5, dtype=np.float32)[:, None]
    ours = fitted(X)
    assert ours.axes.tolist() == [[1, 0]]
    assert ours.shares.tolist() == [1, 0]
    assert ours.project(X).tolist() == [[-2, 0], [-1, 0], [0, 0], [1, 0], [2, 0]]


def test_values_that_are_all_the_same_lie_at_one_place() -> None:
    X = np.full((4, 3), 0.3, np.float32)
    assert fitted(X).shares.tolist() == [0, 0]
    assert not fitted(X).project(X).any()


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 1e30, -3e38])
@pytest.mark.parametrize("width", [3, 50])
def test_values_that_are_not_finite_or_beyond_all_bounds_have_no_components(broken: float, width: int) -> None:
    X = made(5, width)
    X[2, 1] = broken
    assert fit(X) is None


def test_what_grows_beyond_all_bounds_has_no_place_on_axes_that_were_found_before() -> None:
    X = made(5, 3)
    axes = fitted(X)
    assert not np.isfinite(axes.project(np.full((1, 3), 3e38, np.float32))).all()


def test_a_few_examples_of_many_values_have_no_more_axes_than_tell_them_apart() -> None:
    X = made(6, 50)
    ours = fitted(X, 20)
    assert ours.shares.sum() == pytest.approx(1)
    assert np.allclose(ours.axes[:, :5].T @ ours.axes[:, :5], np.eye(5), atol=1e-4)
    assert not ours.axes[:, 5:].any()
    assert fitted(np.full((3, 9), 0.3, np.float32)).shares.tolist() == [0, 0]


def test_the_first_axes_of_a_wide_layer_are_those_of_all_of_them(mnist: Mnist) -> None:
    X = as_numbers(mnist.test.X[::5])
    wide = np.maximum((X - X.mean(axis=0)) @ np.random.default_rng(0).standard_normal((784, 600)), 0).astype(np.float32)
    few, all_of_them = fitted(wide, 2), fitted(wide, 20)
    assert np.allclose(np.abs((few.axes * all_of_them.axes[:, :2]).sum(axis=0)), 1, atol=1e-5)
    assert np.allclose(few.shares, all_of_them.shares[:2], rtol=1e-4)


def test_axes_that_no_variance_tells_apart_are_found_all_the_same() -> None:
    X = np.eye(400, dtype=np.float32)  # as long in every direction
    ours = fitted(X)
    assert np.allclose(ours.axes.T @ ours.axes, np.eye(2), atol=1e-4)
    assert np.allclose(ours.shares, 1 / 399, rtol=1e-3)
