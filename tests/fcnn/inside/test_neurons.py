"""The neurons of the first layer, on networks small enough to work out by hand."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from fcnn.activations import ACTIVATIONS
from fcnn.initialization import Initialization, init_params
from fcnn.inside import neurons, responses
from fcnn.inside.neurons import NEURON_ORDERS, Neurons
from fcnn.inside.responses import Response
from fcnn.network import NetworkSpec, forward, mnist_spec
from fcnn.types import Array, Examples, Layer, Params

X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
SPEC = NetworkSpec((2, 3, 10))


def params(spec: NetworkSpec = SPEC, value: float = 0.0) -> Params:
    return tuple(Layer(np.full((n_in, n_out), value), np.zeros(n_out)) for n_in, n_out in pairwise(spec.sizes))


def three_neurons() -> Params:
    """Weights (3, 4), (0, 0) and (-1, -1), which speak for 7, for 2 and for 2."""
    out = np.zeros((3, 10))
    out[0, 7], out[1, 2], out[2, 2], out[2, 9] = 1, 5, 6, -8
    return Layer(np.array([[3.0, 0, -1], [4, 0, -1]]), np.array([0.5, 0, 1])), Layer(out, np.zeros(10))


def some(norms: list[float], digits: list[int], support: list[float], activity: list[float]) -> Neurons:
    outgoing = np.full((len(norms), 10), -1.0)
    outgoing[range(len(norms)), digits] = support
    return Neurons(np.array(norms), outgoing, np.array(activity))


def random_params(spec: NetworkSpec) -> Params:
    rng = np.random.default_rng(0)
    return init_params(spec, Initialization(bias_width=0.1), rng=rng)


def test_norm_digit_and_activity_of_three_neurons() -> None:
    found = neurons.describe(SPEC, three_neurons(), X)
    assert found.norms.tolist() == [5, 0, pytest.approx(2**0.5)]
    assert found.digits.tolist() == [7, 2, 2]
    # By hand: relu of 3.5, 4.5, 7.5; of 0, 0, 0; of 0, 0, -1.
    assert found.activity.tolist() == [pytest.approx(15.5 / 3), 0, 0]


def test_a_neuron_that_swings_both_ways_is_active() -> None:
    spec = NetworkSpec((2, 3, 10), "tanh")
    assert neurons.describe(spec, three_neurons(), -X).activity[0] > 0.9


def test_each_order_sorts_by_what_it_says() -> None:
    four = some(norms=[1, 4, 2, 3], digits=[7, 0, 7, 1], support=[1, 1, 3, 1], activity=[5, 1, 9, 7])
    assert {order: neurons.sort_neurons(four, order).tolist() for order in NEURON_ORDERS} == {
        "norm": [1, 3, 2, 0],
        "digit": [1, 3, 2, 0],
        "active": [2, 3, 0, 1],
        "stored": [0, 1, 2, 3],
    }


def test_equal_neurons_stay_as_stored_and_those_without_a_number_go_last() -> None:
    four = some(norms=[np.nan, 1, 2, 1], digits=[3] * 4, support=[2] * 4, activity=[1, 1, np.nan, 1])
    assert neurons.sort_neurons(four, "norm").tolist() == [2, 1, 3, 0]
    assert neurons.sort_neurons(four, "active").tolist() == [0, 1, 3, 2]
    assert neurons.sort_neurons(four, "digit").tolist() == [0, 1, 2, 3]


def test_outgoing_weights_of_one_hidden_layer_are_its_weights_to_the_outputs() -> None:
    assert np.array_equal(neurons.outgoing(three_neurons()), three_neurons()[1].W)


def test_outgoing_weights_of_a_deeper_network_are_what_a_linear_one_would_pass_on() -> None:
    layers = random_params(NetworkSpec((2, 3, 4, 5, 10)))
    expected = layers[1].W @ layers[2].W @ layers[3].W
    np.testing.assert_allclose(neurons.outgoing(layers), expected, rtol=1e-5, atol=1e-6)


def test_a_template_supports_its_own_digit() -> None:
    found = neurons.describe(NetworkSpec((2, 10)), params(NetworkSpec((2, 10))), X)
    assert found.digits.tolist() == list(range(10))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_response_of_a_neuron_is_what_the_whole_network_computes(activation: str) -> None:
    spec = NetworkSpec((2, 3, 4, 10), activation)
    trace = forward(spec, random_params(spec), X)
    for neuron in range(3):
        response = responses.respond(spec, random_params(spec), X, neuron)
        np.testing.assert_allclose(response.z, trace.z[0][:, neuron], rtol=1e-6)
        np.testing.assert_allclose(response.a, trace.a[1][:, neuron], rtol=1e-6)


def test_to_ask_one_neuron_about_all_digits_takes_little_memory() -> None:
    spec, X = mnist_spec((64,)), np.zeros((10_000, 784), np.uint8)
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    tracemalloc.start()
    responses.respond(spec, params, X, 3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < X.nbytes  # as float32 at once they would take four times as much


def test_the_response_of_a_template_is_its_score() -> None:
    spec = NetworkSpec((2, 10))
    response = responses.respond(spec, random_params(spec), X, 4)
    np.testing.assert_allclose(response.a, forward(spec, random_params(spec), X).z[0][:, 4], rtol=1e-6)


def test_the_most_exciting_digits_come_first_even_where_the_output_is_saturated() -> None:
    z = np.array([1.0, 80, -2, 90, 80])
    assert responses.most_exciting(Response(z, np.tanh(z)), 3).tolist() == [3, 1, 4]


def test_digits_that_leave_a_neuron_silent_do_not_excite_it() -> None:
    z: Array = np.array([-1.0, 3, 0, np.nan])
    assert responses.most_exciting(Response(z, np.maximum(z, 0)), 4).tolist() == [1]


def test_the_colour_scale_is_that_of_the_epoch_with_the_largest_weights() -> None:
    small, large = params(value=0.1), params(value=0.5)
    assert neurons.weight_limit([small, large, small]) == pytest.approx(4 * 0.5)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30, 1e4])
def test_exploded_epochs_do_not_stretch_the_scales(value: float) -> None:
    epochs = [params(value=0.1), params(value=value)]
    assert neurons.weight_limit(epochs) == pytest.approx(0.4)
    assert neurons.outgoing_limits(epochs).tolist() == pytest.approx([0.1] * 3)
    assert neurons.weight_limit(epochs[1:]) == 0


@pytest.mark.parametrize(
    ("value", "exploded"), [(0.1, False), (10.0, False), (1e4, True), (1e30, True), (np.nan, True)]
)
def test_a_network_has_exploded_when_its_weights_are_huge_or_no_numbers(value: float, exploded: bool) -> None:
    assert neurons.has_exploded(params(value=value)) is exploded


def test_one_bias_that_is_no_number_is_enough() -> None:
    first, last = params()
    assert neurons.has_exploded((first, last._replace(b=np.full(10, np.inf))))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e38])
def test_exploded_networks_are_described_without_a_warning(value: float) -> None:
    spec = NetworkSpec((2, 3, 3, 10))
    exploded = tuple(Layer(W.astype(np.float32), b.astype(np.float32)) for W, b in params(spec, value))
    found = neurons.describe(spec, exploded, X.astype(np.float32))
    for order in NEURON_ORDERS:
        assert sorted(neurons.sort_neurons(found, order).tolist()) == [0, 1, 2]
    assert not np.isfinite(found.outgoing).any()
    assert len(responses.most_exciting(responses.respond(spec, exploded, X.astype(np.float32), 0), 3)) <= 3


def test_the_widest_layer_is_described() -> None:
    spec = mnist_spec((1024, 8))
    found = neurons.describe(spec, random_params(spec), np.ones((5, 784), np.float32))
    assert (found.norms.shape, found.outgoing.shape, found.activity.shape) == ((1024,), (1024, 10), (1024,))


def test_the_kinds_of_digits_that_excite_a_neuron_are_counted_the_commonest_first() -> None:
    response = Response(z := np.array([5.0, 4, 3, 2, 1, -1]), np.maximum(z, 0))
    truths = np.array([7, 2, 2, 7, 2, 9])
    assert responses.strongest_kinds(response, truths) == [(2, 3), (7, 2)]
    assert responses.strongest_kinds(response, truths, 2) == [(2, 1), (7, 1)]
    assert responses.strongest_kinds(Response(-z[:5], np.zeros(5)), truths[:5]) == []


def test_the_kinds_of_a_whole_sheet_are_those_of_each_neuron() -> None:
    rng, spec = np.random.default_rng(1), NetworkSpec((6, 5, 10), "tanh")
    examples = Examples(rng.random((500, 6), np.float32), rng.integers(0, 10, 500))
    found = responses.kinds_of(spec, random_params(spec), np.array([4, 0]), examples)
    alone = [responses.respond(spec, random_params(spec), examples.X, i) for i in (4, 0)]
    assert found == [responses.strongest_kinds(response, examples.labels) for response in alone]


def test_the_most_exciting_few_of_many_are_those_of_a_whole_sort() -> None:
    z = np.random.default_rng(2).integers(0, 400, 3_000).astype(float)
    assert sorted(z[responses.most_exciting(Response(z, z), 100)]) == sorted(np.sort(z)[-100:])
