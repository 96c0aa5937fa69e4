"""The sums with the numbers of an image, one neuron opened, and the lines of code behind them."""

from typing import Any

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Layer, NetworkSpec, forward
from fcnn.inside.one_neuron import open_neuron
from fcnn.inside.source import STEPS, lines_behind, lines_of
from fcnn.inside.sums import loss_sum, softmax_sum, weighted_sum
from fcnn.losses import cross_entropy, log_softmax, softmax
from fcnn.mnist import Mnist
from fcnn.network import weigh
from tests.networks import filled, ready, wide
from tests.project import ROOT

SPEC = NetworkSpec((4, 3, 10))
X = np.array([[1.0, 0, 2, 3]])


def test_a_sum_of_four_terms_by_hand() -> None:
    W = np.zeros((4, 3))
    W[:, 1] = 0.5, 9, -2, 1  # times X: 0.5, 0, -4, 3
    params = Layer(W, np.array([0, 0.25, 0])), Layer(np.zeros((3, 10)), np.zeros(10))
    found = weighted_sum(params, forward(SPEC, params, X), 0, 1, n=2)
    assert (found.places.tolist(), found.products.tolist()) == ([2, 3], [-4, 3])
    assert (found.inputs.tolist(), found.weights.tolist()) == ([2, 3], [-2, 1])
    assert (found.n_more, found.rest, found.n_zero) == (1, 0.5, 1)
    assert (found.bias, found.z) == (0.25, -0.25)


def test_terms_rest_and_bias_add_up_to_z_in_every_layer(mnist: Mnist) -> None:
    spec, params = ready()
    trace = forward(spec, params, mnist.test.X[:1])
    for layer, width in enumerate(spec.sizes[1:]):
        for neuron in range(0, width, 5):
            found = weighted_sum(params, trace, layer, neuron)
            assert found.products.sum() + found.rest + found.bias == pytest.approx(found.z, abs=1e-4)
            assert (np.diff(np.abs(found.products)) <= 0).all()
            assert len(found.products) + found.n_more + found.n_zero == len(params[layer].W)
            assert found.z == trace.z[layer][0, neuron]


@pytest.mark.parametrize(
    "z", [[1.0, 2, 3, -4], [1000.0, 999, -1000, 0], [0.0, 0, 0, 0], [0.1 * i**2 for i in range(10)]]
)
def test_the_steps_of_softmax_and_loss_are_those_of_the_code(z: list[float]) -> None:
    scores = np.array(z)
    found = softmax_sum(scores)
    assert np.array_equal(found.probabilities, softmax(scores[None])[0])
    assert found.largest == max(z)
    assert np.array_equal(found.shifted, scores - max(z))
    assert found.total == found.exponentials.sum() > 0
    for label in range(4):
        loss = loss_sum(scores, label)
        assert loss.loss == cross_entropy(scores[None], np.array([label]))[0]
        assert loss.log_probability == log_softmax(scores[None])[0, label] == loss.shifted - loss.log_total
        assert loss.probability == pytest.approx(found.probabilities[label], rel=1e-12)


def test_no_loss_is_not_written_with_a_minus() -> None:
    assert str(loss_sum(np.array([0.0, 1000]), 1).loss) == "0.0"


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_neuron_opened_between_two_layers(activation: str) -> None:
    spec = NetworkSpec((4, 5, 6, 10), activation)
    params, neuron = wide(spec), 3
    trace = forward(spec, params, X)
    found = open_neuron(params, trace, 1, neuron, n=2)
    assert np.array_equal(found.inputs, trace.a[1][0])
    assert found.products.sum() + params[1].b[neuron] == pytest.approx(found.sum.z)
    assert found.a == ACTIVATIONS[activation].f(trace.z[1])[0, neuron]
    assert len(found.sum.products) <= 2
    # What all neurons of the layer add to the next one is the z of that, but for its biases.
    adds = sum(open_neuron(params, trace, 1, i).adds for i in range(6))
    np.testing.assert_allclose(adds + params[2].b, trace.z[2][0])
    assert (np.diff(np.abs(found.adds[found.goes_to])) <= 0).all()


def test_an_output_is_a_digit_with_its_probability_and_leads_nowhere() -> None:
    params = wide(SPEC)
    trace = forward(SPEC, params, X)
    found = open_neuron(params, trace, 1, 7)
    assert found.a == trace.a[-1][0, 7]
    assert (found.weights_out.size, found.adds.size, found.goes_to.size) == (0, 0, 0)


def test_a_neuron_that_is_not_there_cannot_be_opened() -> None:
    params = wide(SPEC)
    for layer, neuron in ((0, 3), (2, 0)):
        with pytest.raises(IndexError):
            open_neuron(params, forward(SPEC, params, X), layer, neuron)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_network_that_exploded_is_summed_up_without_a_warning(value: float) -> None:
    params = filled(SPEC, value)
    with np.errstate(invalid="ignore"):
        trace = forward(SPEC, params, X.astype(np.float32))
    assert np.isnan(loss_sum(trace.z[-1][0], 3).loss)
    assert not np.isfinite(open_neuron(params, trace, 0, 1).sum.z)


@pytest.mark.parametrize("step", STEPS)
def test_the_lines_behind_a_step_stand_in_the_file_where_it_is_said(step: str) -> None:
    for lines in lines_behind(step):
        file = (ROOT / lines.file).read_text("utf-8").splitlines()
        text = lines.text.splitlines()
        assert [line.strip() for line in file[lines.start - 1 :][: len(text)]] == [line.strip() for line in text]
        assert '"""' not in lines.text
        assert text[-1].startswith("return ")
        above = [line for line in file[: lines.start] if line.startswith("def ")]
        assert above[-1].startswith(f"def {lines.function}(")


def test_the_lines_behind_the_steps_are_these() -> None:
    assert lines_behind("z")[0].text == "z: Array = a @ W\nz += b  # in place, which saves an array\nreturn z"
    assert [lines.function for lines in lines_behind("loss")] == ["log_softmax", "cross_entropy"]
    assert "exponentials / exponentials.sum(axis=1, keepdims=True)" in lines_behind("softmax")[0].text


def test_the_lines_run_and_give_what_the_network_has() -> None:
    (lines,) = lines_behind("z")
    W, b = wide(SPEC)[0]
    names: dict[str, Any] = {"a": X, "W": W, "b": b, "Array": None}
    exec(lines.text.replace("return z", ""), names)
    assert np.array_equal(names["z"], weigh(X, W, b))


def test_an_activation_has_lines_unless_numpy_computes_it() -> None:
    found = {name: lines_of(activation.f) for name, activation in ACTIVATIONS.items()}
    assert found["tanh"] is None
    assert (relu := found["relu"]) is not None
    assert (relu.file, relu.text) == ("fcnn/activations.py", "return np.maximum(z, 0)")
    assert lines_of(lambda z: z) is None
