"""How much a neuron matters: against neurons that are switched off, and those that pass on nothing."""

import numpy as np
import pytest

from fcnn import TrainConfig, forward, mnist_spec, train
from fcnn.inside.importance import importance
from fcnn.inside.switched_off import without
from fcnn.mnist import Mnist
from fcnn.types import Layer
from tests.made_runs import few_data
from tests.networks import wide

SPEC = mnist_spec((12, 8), "tanh")


def test_it_is_the_mean_distance_by_which_the_next_layer_is_off_without_the_neuron(mnist: Mnist) -> None:
    X = mnist.test.X[:1_500]
    params = wide(SPEC)
    for layer in (0, 1):
        z = forward(SPEC, params, X).z[layer + 1]
        found = importance(SPEC, params, layer, X)
        for neuron in range(SPEC.hidden[layer]):
            off = forward(SPEC, without(params, layer, [neuron]), X).z[layer + 1]
            assert found[neuron] == pytest.approx(np.linalg.norm(z - off, axis=1).mean(), rel=1e-4)


def test_a_neuron_that_is_silent_or_not_listened_to_does_not_matter(mnist: Mnist) -> None:
    spec = mnist_spec((5,))
    (W, b), (V, c) = wide(spec)
    W[:, 1], b[1], V[3] = 0, -1, 0
    found = importance(spec, (Layer(W, b), Layer(V, c)), 0, mnist.test.X[:100])
    assert (found > 0).tolist() == [True, False, True, False, True]


def test_a_trained_network_bears_the_loss_of_those_that_matter_least_best(mnist: Mnist) -> None:
    spec, data = mnist_spec((32,)), few_data(mnist, 3_000)
    *_, last = train(spec, data, TrainConfig(0.005, 4, 64, "adam"))
    order = np.argsort(importance(spec, last.params, 0, data.train.X))
    X, labels = mnist.test.X[:2_000], mnist.test.labels[:2_000]

    def accuracy(off: np.typing.NDArray[np.intp]) -> float:
        params = without(last.params, 0, off.tolist())
        return float((forward(spec, params, X).a[-1].argmax(axis=1) == labels).mean())

    assert accuracy(order[:8]) > accuracy(order[-8:]) + 0.1


@pytest.mark.parametrize("layer", [-1, 2])
def test_a_layer_that_is_no_hidden_one_is_refused(layer: int) -> None:
    with pytest.raises(ValueError, match="hidden layers"):
        importance(SPEC, wide(SPEC), layer, np.zeros((1, 784), np.float32))
