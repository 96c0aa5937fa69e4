"""Which neurons matter most, and what happens without them: by hand, by sums, and by switching them off."""

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Layer, NetworkSpec, Params, forward, predict
from fcnn.inside.ranking import rank_neurons
from fcnn.inside.score import Pair
from fcnn.inside.switched_off import without
from fcnn.mnist import Mnist
from tests.networks import arrays, filled, ready, wide

PAIR = Pair(7, 1)
X = np.array([1.0, 2.0])
SPEC = NetworkSpec((2, 4, 10))


def four_neurons() -> Params:
    """With X, ReLU passes on 3, 10, 0, 8; for 7 and against 1 they add 3 x 2, 10 x (5 - 5), 0 x 100 and 8 x (0 - 1)."""
    W = np.array([[1.0, 2, -1, 4], [1, 3, -1, 2]])
    out = np.zeros((4, 10))
    out[0, 7], out[1], out[2, 7], out[3, 1] = 2, 5, 100, 1
    last = np.zeros(10)
    last[7] = 0.25
    return Layer(W, np.array([0, 2, 0.5, 0])), Layer(out, last)


def ahead(spec: NetworkSpec, params: Params) -> float:
    z = forward(spec, params, X[None]).z[-1][0]
    return float(z[7] - z[1])


def test_four_neurons_by_hand() -> None:
    (layer,) = rank_neurons(SPEC, four_neurons(), X, PAIR)
    assert layer.a.tolist() == [3, 10, 0, 8]
    assert layer.evidence.parts.tolist() == [6, 0, 0, -8]
    assert layer.ranked.tolist() == [3, 0, 1, 2]
    assert (layer.evidence.biases, layer.evidence.difference) == (0.25, -1.75)


def test_the_top_and_what_the_others_add_up_to() -> None:
    (layer,) = rank_neurons(SPEC, four_neurons(), X, PAIR)
    assert (layer.top(1).tolist(), layer.others(1)) == ([3], (3, 6))
    assert (layer.top(9).tolist(), layer.others(9)) == ([3, 0, 1, 2], (0, 0))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_parts_of_each_layer_and_the_biases_above_it_add_up_to_the_difference(activation: str) -> None:
    spec = NetworkSpec((2, 5, 6, 7, 10), activation)
    layers = rank_neurons(spec, wide(spec), X, PAIR)
    assert [len(layer.ranked) for layer in layers] == [5, 6, 7]
    for layer in layers:
        sizes = np.abs(layer.evidence.parts[layer.ranked])
        assert (np.diff(sizes) <= 0).all()
        shown, (_, others) = layer.evidence.parts[layer.top(3)].sum(), layer.others(3)
        assert shown + others + layer.evidence.biases == pytest.approx(ahead(spec, wide(spec)), rel=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_part_in_the_last_hidden_layer_is_what_the_difference_loses_without_the_neuron(activation: str) -> None:
    spec = NetworkSpec((2, 5, 6, 10), activation)
    params = wide(spec)
    layer = rank_neurons(spec, params, X, PAIR)[-1]
    lost = [ahead(spec, params) - ahead(spec, without(params, 1, [neuron])) for neuron in range(6)]
    np.testing.assert_allclose(layer.evidence.parts, lost, rtol=1e-9, atol=1e-12)
    assert layer.evidence.method == "exact"


def test_without_the_neurons_that_speak_for_it_an_answer_falls(mnist: Mnist) -> None:
    spec, params = ready()
    x, label = mnist.test.X[0], int(mnist.test.labels[0])
    (layer,) = rank_neurons(spec, params, x, Pair(label, 3))
    top = layer.top(20)
    off = without(params, 0, top[layer.evidence.parts[top] > 0])
    assert predict(spec, params, x[None])[0, label] > 0.99
    assert predict(spec, off, x[None])[0, label] < 0.5


def test_without_a_hidden_layer_nothing_is_ranked() -> None:
    spec = NetworkSpec((2, 10))
    assert rank_neurons(spec, wide(spec), X, PAIR) == ()


@pytest.mark.parametrize("layer", [0, 1])
def test_a_neuron_that_is_off_passes_on_0_and_all_else_stays(layer: int) -> None:
    spec = NetworkSpec((2, 5, 6, 10), "sigmoid")
    params = wide(spec)
    before = [array.copy() for array in arrays(params)]
    off = without(params, layer, [1, 3, 3])
    a = forward(spec, params, X[None]).a[layer + 1].copy()
    a[:, [1, 3]] = 0
    above = NetworkSpec(spec.sizes[layer + 1 :], "sigmoid")
    expected = forward(above, params[layer + 1 :], a).a[-1]
    np.testing.assert_allclose(predict(spec, off, X[None]), expected)
    assert all(map(np.array_equal, arrays(params), before))


def test_switching_off_shares_all_arrays_but_one() -> None:
    params = wide(NetworkSpec((2, 5, 6, 10)))
    pairs = zip(arrays(without(params, 0, [2])), arrays(params), strict=True)
    assert [one is other for one, other in pairs] == [True, True, False, True, True, True]


def test_neurons_of_two_layers_are_off_and_none_is() -> None:
    spec = NetworkSpec((2, 5, 6, 10))
    params = wide(spec)
    both = without(without(params, 0, range(5)), 1, range(6))
    np.testing.assert_allclose(forward(spec, both, X[None]).z[-1][0], params[-1].b)
    assert np.array_equal(predict(spec, without(params, 1, ()), X[None]), predict(spec, params, X[None]))


@pytest.mark.parametrize(("layer", "neurons"), [(2, [0]), (-1, [0]), (0, [5]), (1, [-1])])
def test_what_is_not_there_cannot_be_switched_off(layer: int, neurons: list[int]) -> None:
    with pytest.raises(ValueError, match="got"):
        without(wide(NetworkSpec((2, 5, 6, 10))), layer, neurons)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_network_that_exploded_is_ranked_without_a_warning(value: float) -> None:
    spec = NetworkSpec((2, 3, 4, 10))
    layers = rank_neurons(spec, filled(spec, value), X.astype(np.float32), PAIR)
    assert [sorted(layer.ranked.tolist()) for layer in layers] == [[0, 1, 2], [0, 1, 2, 3]]
