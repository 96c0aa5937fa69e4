"""The fewest strokes that change an answer: against sums that can be worked out, and by leaving strokes out."""

import numpy as np
import pytest

from fcnn import Layer, NetworkSpec, Params, mnist_spec, predict
from fcnn.inside.counterfactual import MOST_STROKES, Counterfactual, change_mind
from fcnn.mnist import Mnist
from fcnn.types import Array
from tests.networks import filled, ready, wide

LINEAR = NetworkSpec((784, 10))


def two_digits(weights: Array, bias: float) -> Params:
    """A network that says 4 where x @ weights > bias, and 9 elsewhere; the other digits are far behind."""
    W, b = np.zeros((784, 10)), np.full(10, -1e4)
    W[:, 4], b[4], b[9] = weights, -bias, 0
    return (Layer(W, b),)


def say(spec: NetworkSpec, params: Params, x: Array) -> int:
    return int(predict(spec, params, x[None])[0].argmax())


def drawn(x: Array, found: Counterfactual, *, without: int | None = None) -> Array:
    after = x.copy()
    for i, stroke in enumerate(found.strokes):
        if i != without:
            after[stroke.pixels] = stroke.is_ink
    return after


def check(spec: NetworkSpec, params: Params, x: Array, target: int, size: int) -> Counterfactual:
    """Everything that holds for a change that was found."""
    found = change_mind(spec, params, x, target, size=size)
    assert found.found
    np.testing.assert_array_equal(found.after, drawn(x, found))
    assert say(spec, params, found.after) == target == found.probabilities.argmax()
    for i in range(len(found.strokes)):
        assert say(spec, params, drawn(x, found, without=i)) != target
    touched = np.concatenate([stroke.pixels for stroke in found.strokes])
    assert len(touched) == len(np.unique(touched)) == size**2 * len(found.strokes)
    np.testing.assert_allclose(found.before + found.added - found.removed, found.after, atol=1e-7)
    return found


@pytest.mark.parametrize("deficit", [0.5, 3.0, 12.0])
def test_in_a_sum_the_fewest_pixels_are_those_that_gain_most(deficit: float) -> None:
    rng = np.random.default_rng(int(deficit))
    weights, x = rng.standard_normal(784), rng.random(784)
    params = two_digits(weights, float(x @ weights) + deficit)
    gains = np.sort(np.maximum((1 - x) * weights, -x * weights))[::-1]
    fewest = int(np.searchsorted(np.cumsum(gains), deficit)) + 1
    assert len(check(LINEAR, params, x, 4, 1).strokes) == fewest


def test_the_best_square_is_found_among_all() -> None:
    weights = np.random.default_rng(5).standard_normal(784)
    x = np.full(784, 0.5)
    squares = {
        (row, column): np.abs(weights.reshape(28, 28)[row : row + 3, column : column + 3].sum()) / 2
        for row in range(26)
        for column in range(26)
    }
    best = max(squares, key=lambda place: squares[place])
    found = check(LINEAR, two_digits(weights, float(x @ weights) + squares[best] * 0.999), x, 4, 3)
    (stroke,) = found.strokes
    assert (stroke.pixels[0] // 28, stroke.pixels[0] % 28) == best
    assert stroke.is_ink == (weights[stroke.pixels].sum() > 0)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_real_digits_are_changed_and_no_stroke_is_needless(size: int, mnist: Mnist) -> None:
    spec, params = ready()
    for x, label in zip(mnist.test.X[:25] / np.float32(255), mnist.test.labels[:25], strict=True):
        check(spec, params, x, (int(label) + 5) % 10, size)


def test_mistakes_turn_with_few_pixels_and_one_is_found_where_one_is_enough(mnist: Mnist) -> None:
    spec, params = ready()
    X, labels = mnist.test.X[:2_000], mnist.test.labels[:2_000]
    wrong = np.flatnonzero(predict(spec, params, X).argmax(axis=1) != labels)[:12]
    counts = []
    for i in wrong:
        x, label = X[i] / np.float32(255), int(labels[i])
        counts.append(len(check(spec, params, x, label, 1).strokes))
        singles = np.tile(x, (2, 784, 1))  # every pixel as paper, and as ink
        singles[0, range(784), range(784)], singles[1, range(784), range(784)] = 0, 1
        one_is_enough = (predict(spec, params, singles.reshape(-1, 784)).argmax(axis=1) == label).any()
        assert (counts[-1] == 1) == one_is_enough
    assert np.median(counts) <= 2


def test_what_is_answered_already_needs_no_stroke(mnist: Mnist) -> None:
    spec, params = ready()
    found = change_mind(spec, params, mnist.test.X[0], say(spec, params, mnist.test.X[0]))
    assert (found.found, len(found.strokes)) == (True, 0)
    assert np.array_equal(found.after, found.before)


def test_ink_is_removed_where_it_speaks_against_the_digit() -> None:
    weights, x = np.zeros(784), np.zeros(784)
    weights[[10, 20]], x[[10, 20]] = -1, 1
    found = check(LINEAR, two_digits(weights, -1.5), x, 4, 1)
    assert np.flatnonzero(found.removed).tolist() == [10]
    assert not found.added.any()


def test_the_search_ends_although_nothing_helps() -> None:
    weights, x = np.full(784, 0.01), np.zeros(784)
    found = change_mind(LINEAR, two_digits(weights, 50), x, 4)
    assert (found.found, len(found.strokes)) == (False, MOST_STROKES)
    assert change_mind(LINEAR, two_digits(weights, 50), x, 4, size=14).found is False
    assert len(change_mind(LINEAR, two_digits(weights, 50), x, 4, size=14).strokes) == 4  # no more squares fit


@pytest.mark.parametrize("value", [0, np.nan, np.inf])
def test_a_silent_network_and_one_that_exploded_cannot_be_talked_round(value: float) -> None:
    spec = mnist_spec((4,))
    found = change_mind(spec, filled(spec, value), np.full(784, 100, np.uint8), 4)
    assert (found.found, found.strokes) == (False, ())
    assert not found.added.any()


def test_the_image_that_was_given_stays_as_it_is() -> None:
    x = np.random.default_rng(0).random(784)
    before = x.copy()
    for target in range(10):
        change_mind(LINEAR, wide(LINEAR), x, target)
    assert np.array_equal(x, before)


@pytest.mark.parametrize(("target", "size"), [(10, 1), (-1, 1), (3, 0), (3, 29)])
def test_only_digits_and_strokes_that_fit(target: int, size: int) -> None:
    with pytest.raises(ValueError, match="got"):
        change_mind(LINEAR, wide(LINEAR), np.zeros(784), target, size=size)
