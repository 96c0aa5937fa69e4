"""What a network is, where it starts, and one pass forward and backward against numbers worked by hand."""

from dataclasses import FrozenInstanceError
from math import log

import numpy as np
import pytest

from fcnn import (
    ACTIVATIONS,
    SCHEMES,
    Initialization,
    Layer,
    NetworkSpec,
    backward,
    forward,
    init_params,
    mnist_spec,
    predict,
)
from fcnn.engine.masks import draw_masks
from fcnn.losses import cross_entropy, log_softmax, softmax
from fcnn.network import weigh
from fcnn.types import Array
from tests.networks import arrays

# Two inputs, two hidden neurons, two classes; one example, (1, 2), whose label is 1.
SPEC = NetworkSpec((2, 2, 2), "relu")
PARAMS = (
    Layer(W=np.array([[1.0, -3.0], [0.5, 1.0]]), b=np.array([1.0, 0.0])),
    Layer(W=np.array([[1.0, 2.0], [5.0, 7.0]]), b=np.array([log(3), -3.0])),
)
X = np.array([[1.0, 2.0]])
LABELS = np.array([1])


def test_forward_gives_the_numbers_worked_by_hand() -> None:
    trace = forward(SPEC, PARAMS, X)
    assert len(trace.z) == 2
    assert len(trace.a) == 3
    assert trace.a[0] is X
    # 1 x 1 + 2 x 0.5 + 1 = 3 and 1 x (-3) + 2 x 1 + 0 = -1
    assert np.allclose(trace.z[0], [[3, -1]])
    # ReLU silences the second neuron
    assert np.allclose(trace.a[1], [[3, 0]])
    # 3 x 1 + 0 x 5 + log 3 and 3 x 2 + 0 x 7 - 3
    assert np.allclose(trace.z[1], [[3 + log(3), 3]])
    # e^log 3 to e^0 is 3 to 1
    assert np.allclose(trace.a[2], [[0.75, 0.25]])


def test_the_loss_is_the_one_worked_by_hand() -> None:
    # -log 1/4
    assert np.allclose(cross_entropy(forward(SPEC, PARAMS, X).z[-1], LABELS), [log(4)])


def test_backward_gives_the_numbers_worked_by_hand() -> None:
    first, last = backward(SPEC, PARAMS, forward(SPEC, PARAMS, X), LABELS)
    # prediction - target: (3/4, 1/4) - (0, 1)
    assert np.allclose(last.b, [0.75, -0.75])
    # times the hidden activations, 3 and 0
    assert np.allclose(last.W, [[2.25, -2.25], [0.0, 0.0]])
    # back through the weights, 0.75 x 1 - 0.75 x 2; the second neuron was silent, so nothing passes it
    assert np.allclose(first.b, [-0.75, 0])
    # times the inputs, 1 and 2
    assert np.allclose(first.W, [[-0.75, 0.0], [-1.5, 0.0]])


def test_the_gradient_of_a_batch_is_the_mean_over_its_examples() -> None:
    batch, labels = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.0]]), np.array([1, 0, 1])

    def gradients(rows: slice) -> list[Array]:
        return arrays(backward(SPEC, PARAMS, forward(SPEC, PARAMS, batch[rows]), labels[rows]))

    apart = [gradients(slice(i, i + 1)) for i in range(3)]
    for i, together in enumerate(gradients(slice(3))):
        assert np.allclose(together, np.mean([one[i] for one in apart], axis=0))


def test_gradients_have_the_shapes_and_the_type_of_the_parameters() -> None:
    spec = NetworkSpec((3, 5, 4, 2), "tanh")
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    masks = draw_masks(7, spec.hidden, 0.5, rng=np.random.default_rng(0))
    trace = forward(spec, params, np.ones((7, 3), np.float32), dropout_masks=masks)
    gradients = backward(spec, params, trace, np.zeros(7, np.uint8))
    assert [(g.shape, g.dtype) for g in arrays(gradients)] == [(p.shape, p.dtype) for p in arrays(params)]
    assert {values.dtype for values in (*trace.a, *trace.z, *trace.dropout_masks)} == {np.dtype(np.float32)}


def test_forward_and_backward_write_into_nothing() -> None:
    # NumPy raises an error when something writes into a read-only array.
    params = tuple(Layer(W.copy(), b.copy()) for W, b in PARAMS)
    inputs, labels = X.copy(), LABELS.copy()
    masks = draw_masks(1, SPEC.hidden, 0.5, rng=np.random.default_rng(0))
    for array in (*arrays(params), *masks, inputs, labels):
        array.flags.writeable = False
    trace = forward(SPEC, params, inputs, dropout_masks=masks)
    for array in (*trace.a, *trace.z, *trace.dropout_masks):
        array.flags.writeable = False
    backward(SPEC, params, trace, labels)


def test_predict_gives_probabilities_that_sum_to_one() -> None:
    spec = NetworkSpec((3, 6, 5, 10), "tanh")
    params = init_params(spec, Initialization("normal", 2, 1), rng=np.random.default_rng(0))
    prediction = predict(spec, params, np.random.default_rng(1).standard_normal((20, 3), np.float32))
    assert prediction.shape == (20, 10)
    assert prediction.min() >= 0
    assert np.allclose(prediction.sum(axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_huge_numbers_end_in_a_certain_answer_and_not_in_nan(activation: str) -> None:
    params = tuple(Layer(np.float32(1e9) * W.astype(np.float32), b.astype(np.float32)) for W, b in PARAMS)
    trace = forward(NetworkSpec((2, 2, 2), activation), params, np.array([[1, 2], [-1, -2]], np.float32))
    assert np.isfinite(trace.a[-1]).all()
    assert np.isfinite(cross_entropy(trace.z[-1], np.array([1, 0]))).all()
    assert trace.a[-1].max() == 1


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("z", [-1e30, -1e4, 1e4, 1e30])
def test_an_activation_of_a_huge_z_is_finite(activation: str, z: float) -> None:
    column = np.array([[z]], np.float32)
    assert np.isfinite(ACTIVATIONS[activation].f(column)).all()
    assert np.isfinite(ACTIVATIONS[activation].df(column)).all()


@pytest.mark.parametrize(
    ("activation", "worked"),
    [
        ("relu", [0, 0, 2]),
        ("leaky_relu", [-0.02, 0, 2]),
        ("tanh", [-0.964028, 0, 0.964028]),
        # one over 1 + e^2, over 1 + e^0 and over 1 + e^-2
        ("sigmoid", [0.119203, 0.5, 0.880797]),
    ],
)
def test_activations_of_minus_two_zero_and_two(activation: str, worked: list[float]) -> None:
    z = np.array([-2.0, 0.0, 2.0])
    assert ACTIVATIONS[activation].f(z) == pytest.approx(worked, abs=1e-6)


@pytest.mark.parametrize(("activation", "slope"), [("relu", 0), ("leaky_relu", 0.01)])
def test_the_slope_at_a_kink_is_the_one_from_the_left(activation: str, slope: float) -> None:
    assert ACTIVATIONS[activation].df(np.zeros(1)).tolist() == [slope]


def test_softmax_does_not_change_when_all_z_move_together() -> None:
    z = np.array([[0.0, 1.0, 2.0]])
    assert np.allclose(softmax(z), softmax(z + 1000))


def test_log_softmax_is_the_logarithm_of_softmax() -> None:
    z = np.random.default_rng(0).normal(0, 5, (20, 10))
    assert np.allclose(np.exp(log_softmax(z)), softmax(z), rtol=1e-12)


def test_a_guess_of_one_in_ten_costs_log_ten() -> None:
    assert np.allclose(cross_entropy(np.full((3, 10), 7.0), np.array([0, 4, 9])), log(10))


def test_the_loss_of_a_hopeless_answer_is_large_and_not_infinite() -> None:
    # log softmax is (0, -1e4): e^-1e4 is 0 in every float, its logarithm is not needed
    assert np.allclose(cross_entropy(np.array([[1e4, 0.0]], np.float32), np.array([1])), 1e4)


def test_dropout_silences_a_share_and_lets_the_others_speak_louder() -> None:
    spec = NetworkSpec((1, 4000, 2), "sigmoid")
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    (mask,) = draw_masks(2, spec.hidden, 0.2, rng=np.random.default_rng(1))
    trace = forward(spec, params, np.ones((2, 1), np.float32), dropout_masks=(mask,))
    assert np.unique(mask).tolist() == [0, 1.25]  # 1 / (1 - 0.2)
    assert (mask == 0).mean() == pytest.approx(0.2, abs=0.02)
    assert np.array_equal(trace.a[1], ACTIVATIONS["sigmoid"].f(trace.z[0]) * mask)


def test_dropout_draws_other_neurons_for_each_example_and_each_layer() -> None:
    first, second = draw_masks(2, (50, 50), 0.5, rng=np.random.default_rng(1))
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first, second)


def test_without_dropout_every_neuron_speaks() -> None:
    assert draw_masks(1, SPEC.hidden, 0.0, rng=np.random.default_rng(0)) == ()
    trace = forward(SPEC, PARAMS, X)
    assert trace.dropout_masks == ()
    assert np.array_equal(trace.a[1], ACTIVATIONS["relu"].f(trace.z[0]))


def test_a_mask_too_many_or_too_few_is_refused() -> None:
    for n_masks in (2, 3):
        with pytest.raises(ValueError, match=f"mask for each hidden layer, got {n_masks}"):
            forward(SPEC, PARAMS, X, dropout_masks=(np.ones((1, 2)),) * n_masks)


def test_weighing_is_the_sum_worked_by_hand() -> None:
    # 1 x 1 + 2 x 0.5 + 1 = 3 and 1 x (-3) + 2 x 1 + 0 = -1
    assert weigh(X, *PARAMS[0]).tolist() == [[3, -1]]


@pytest.mark.parametrize("shape", [(5, 3), (2,), (1, 1, 2)])
def test_inputs_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    spec = NetworkSpec((2, 3, 4))
    with pytest.raises(ValueError, match=r"X must be \(N, 2\), got \(") as refused:
        forward(spec, init_params(spec, Initialization(), rng=np.random.default_rng(0)), np.ones(shape))
    assert str(refused.value).endswith(f"got {shape}")


@pytest.mark.parametrize("sizes", [(), (784,), (784, 0, 10), (-1, 10)])
def test_sizes_that_are_no_network_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="sizes must be") as refused:
        NetworkSpec(sizes)
    assert str(sizes) in str(refused.value)


def test_an_unknown_activation_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown activation 'rleu', expected one of \['relu', "):
        NetworkSpec((2, 2), "rleu")


def test_a_spec_knows_its_hidden_layers_and_how_much_it_learns() -> None:
    spec = mnist_spec((200,))
    assert spec.hidden == (200,)
    assert spec.n_parameters == 784 * 200 + 200 + 200 * 10 + 10
    assert str(spec) == "784 x 200 x 10"


def test_a_spec_cannot_be_changed_after_it_was_checked() -> None:
    with pytest.raises(FrozenInstanceError):
        SPEC.sizes = (0,)  # type: ignore[misc]


@pytest.mark.parametrize("hidden", [(), (1,), (1024,) * 5])
def test_a_network_for_mnist_goes_from_784_pixels_to_ten_digits(hidden: tuple[int, ...]) -> None:
    spec = mnist_spec(hidden, "tanh")
    assert spec.sizes == (784, *hidden, 10)
    assert spec.activation == "tanh"


@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        ((10,) * 6, "at most 5 hidden layers, got 6"),
        ((10, 1025), r"1 to 1024 neurons, got \(10, 1025\)"),
        ((0,), r"1 to 1024 neurons, got \(0,\)"),
    ],
)
def test_a_network_too_large_for_the_app_is_refused(hidden: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mnist_spec(hidden)


@pytest.mark.parametrize(
    ("initialization", "width"),
    [
        (Initialization("he"), (2 / 300) ** 0.5),
        (Initialization("xavier"), (2 / 500) ** 0.5),
        (Initialization("lecun"), (1 / 300) ** 0.5),
        (Initialization("normal", weight_width=0.3), 0.3),
    ],
)
def test_the_first_weights_are_as_wide_as_their_scheme_says(initialization: Initialization, width: float) -> None:
    # 300 x 200 weights: the spread of their spread is 0.3 %
    ((W, b),) = init_params(NetworkSpec((300, 200)), initialization, rng=np.random.default_rng(0))
    assert W.shape == (300, 200)
    assert W.std() == pytest.approx(width, rel=0.02)
    assert abs(W.mean()) < 0.02 * width
    assert b.tolist() == [0] * 200


def test_every_scheme_has_a_width_between_zero_and_one_for_mnist() -> None:
    assert all(0 < scheme.width(784, 200) < 1 for scheme in SCHEMES.values())


def test_the_first_biases_are_as_wide_as_asked() -> None:
    ((_, b),) = init_params(NetworkSpec((1, 10_000)), Initialization(bias_width=0.5), rng=np.random.default_rng(0))
    assert b.std() == pytest.approx(0.5, rel=0.05)
