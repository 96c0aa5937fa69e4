"""backward() agrees with central differences of the loss, for every activation, with and without hidden layers."""

import re

import numpy as np
import pytest

from fcnn import ACTIVATIONS, Initialization, Layer, NetworkSpec, Params, backward, forward, init_params
from fcnn.engine.masks import draw_masks
from fcnn.losses import cross_entropy, cross_entropy_delta
from fcnn.types import Array, Examples, Labels

EPS, RTOL = 1e-6, 1e-5
ATOL = 1e-9  # what rounding leaves of a difference of two losses, each good to 1e-16, divided by 2 EPS

DEPTHS = {"no hidden layer": (3, 4), "one": (3, 5, 4), "three": (3, 5, 6, 4, 4)}
EXAMPLES = Examples(np.random.default_rng(1).standard_normal((6, 3)), np.array([0, 1, 2, 3, 1, 0]))

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS)


def start(spec: NetworkSpec) -> Params:
    """Wide weights and biases in float64, so that neurons are on both sides of a kink and none stands on it."""
    drawn = init_params(spec, Initialization("normal", 0.7, 0.5), rng=np.random.default_rng(2))
    return tuple(Layer(W.astype(np.float64), b.astype(np.float64)) for W, b in drawn)


def masks(spec: NetworkSpec, dropout: float) -> tuple[Array, ...]:
    """The same silent neurons each time."""
    return draw_masks(len(EXAMPLES.X), spec.hidden, dropout, rng=np.random.default_rng(3))


def loss(spec: NetworkSpec, params: Params, dropout: float) -> float:
    trace = forward(spec, params, EXAMPLES.X, dropout_masks=masks(spec, dropout))
    return float(cross_entropy(trace.z[-1], EXAMPLES.labels).mean())


def central_differences(spec: NetworkSpec, params: Params, dropout: float) -> list[Array]:
    differences = []
    for array in (array for layer in params for array in layer):
        slope = np.empty_like(array)
        for place in np.ndindex(*array.shape):
            value = array[place]
            array[place] = value + EPS
            above = loss(spec, params, dropout)
            array[place] = value - EPS
            below = loss(spec, params, dropout)
            array[place] = value
            slope[place] = (above - below) / (2 * EPS)
        differences.append(slope)
    return differences


def wrong_gradients(spec: NetworkSpec, dropout: float = 0.0) -> dict[str, str]:
    """Compare every gradient with central differences; say of those that disagree where they do most, and by what."""
    params = start(spec)
    trace = forward(spec, params, EXAMPLES.X, dropout_masks=masks(spec, dropout))
    gradients = [array for layer in backward(spec, params, trace, EXAMPLES.labels) for array in layer]
    names = [f"{name}{i}" for i in range(len(params)) for name in "Wb"]
    pairs = zip(gradients, central_differences(spec, params, dropout), strict=True)
    return {
        name: worst(gradient, difference)
        for name, (gradient, difference) in zip(names, pairs, strict=True)
        if not np.allclose(gradient, difference, rtol=RTOL, atol=ATOL)
    }


def worst(gradient: Array, difference: Array) -> str:
    place = np.unravel_index(np.abs(gradient - difference).argmax(), gradient.shape)
    where = ", ".join(map(str, place))
    return f"backward() says {gradient[place]:.9g} at [{where}], central differences say {difference[place]:.9g}"


@every_activation
@pytest.mark.parametrize("sizes", DEPTHS.values(), ids=DEPTHS)
def test_every_gradient_is_the_slope_of_the_loss(activation: str, sizes: tuple[int, ...]) -> None:
    assert wrong_gradients(NetworkSpec(sizes, activation)) == {}


@every_activation
def test_every_gradient_is_the_slope_of_the_loss_with_dropout(activation: str) -> None:
    assert wrong_gradients(NetworkSpec(DEPTHS["three"], activation), dropout=0.3) == {}


@every_activation
def test_a_derivative_that_is_wrong_by_one_percent_is_noticed(activation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = ACTIVATIONS[activation]
    wrong = right._replace(df=lambda z: 1.01 * right.df(z))
    monkeypatch.setattr("fcnn.network.ACTIVATIONS", {activation: wrong})
    # The last layer's gradient does not pass through an activation; all others do.
    assert wrong_gradients(NetworkSpec((3, 5, 6, 4), activation)).keys() == {"W0", "b0", "W1", "b1"}


def test_a_loss_whose_derivative_is_wrong_by_one_percent_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong_delta(z: Array, labels: Labels) -> Array:
        return 1.01 * cross_entropy_delta(z, labels)

    monkeypatch.setattr("fcnn.network.cross_entropy_delta", wrong_delta)
    assert wrong_gradients(NetworkSpec((3, 5, 4))).keys() == {"W0", "b0", "W1", "b1"}


def test_a_wrong_gradient_is_reported_with_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fcnn.network.cross_entropy_delta", lambda *args: 1.01 * cross_entropy_delta(*args))
    for sentence in wrong_gradients(NetworkSpec((3, 4))).values():
        said = re.fullmatch(r"backward\(\) says (\S+) at \[\d(?:, \d)?\], central differences say (\S+)", sentence)
        assert said, sentence
        assert float(said[1]) / float(said[2]) == pytest.approx(1.01, rel=1e-4)
