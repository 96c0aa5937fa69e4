"""When a network answered what, on a made run and on a real one."""

import numpy as np
import pytest

from fcnn import Layer, NetworkSpec, Params, TrainConfig, mnist_spec, predict, train
from fcnn.inside.when import Course, follow
from fcnn.mnist import Mnist
from tests.networks import filled

SPEC = NetworkSpec((1, 10))


def saying(digit: int, z: float = 2.0) -> Params:
    b = np.zeros(10)
    b[digit] = z
    return (Layer(np.zeros((1, 10)), b),)


def course(*digits: int, numbers: tuple[float, ...] = ()) -> Course:
    epochs = [saying(digit) for digit in digits]
    return follow(SPEC, list(zip(numbers or range(len(epochs)), epochs, strict=True)), np.array([1.0]))


def test_the_first_and_the_last_epoch_with_an_answer() -> None:
    found = course(1, 7, 2, 7, 2, numbers=(0, 0.25, 1, 2, 3))
    assert found.answers.tolist() == [1, 7, 2, 7, 2]
    assert (found.first_with(7), found.last_with(7)) == (0.25, 2)
    assert (found.first_with(2), found.last_with(2)) == (1, 3)
    assert (found.first_with(5), found.last_with(5)) == (None, None)


def test_probabilities_of_the_truth_and_of_the_answer() -> None:
    found = course(1, 7)
    high = np.exp(2) / (np.exp(2) + 9)
    np.testing.assert_allclose(found.of(7), [(1 - high) / 9, high])
    np.testing.assert_allclose(found.confidences, [high, high])


def test_a_real_run_is_followed_epoch_by_epoch(mnist: Mnist) -> None:
    spec, config = mnist_spec((16,)), TrainConfig(n_epochs=3, n_train=500, batch_size=50, learning_rate=0.1)
    epochs = [(epoch.number, epoch.params) for epoch in train(spec, mnist.dataset(config), config)]
    found = follow(spec, epochs, mnist.test.X[0])
    assert found.numbers == (0, 1, 2, 3)
    for row, (_, params) in zip(found.probabilities, epochs, strict=True):
        assert np.array_equal(row, predict(spec, params, mnist.test.X[:1])[0])


def test_where_the_network_had_exploded_there_is_no_answer() -> None:
    x = np.ones(1, np.float32)
    found = follow(SPEC, [(0, saying(0)), (1, filled(SPEC, np.nan)), (2, filled(SPEC, np.inf))], x)
    assert found.answers.tolist() == [0, -1, -1]
    assert (found.first_with(0), found.last_with(0)) == (0, 0)
    assert np.isnan(found.of(3)[1:]).all()


def test_of_no_epochs_nothing_is_known() -> None:
    found = follow(SPEC, [], np.ones(1))
    assert (found.numbers, found.answers.tolist(), found.confidences.tolist()) == ((), [], [])
    assert found.first_with(3) is None


def test_an_image_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="X must be"):
        follow(SPEC, [(0, saying(1))], np.ones(2))
