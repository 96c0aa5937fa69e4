"""How far a digit is ahead, and its derivatives, against central differences."""

import re

import numpy as np
import pytest

from fcnn import ACTIVATIONS, NetworkSpec, Params, forward
from fcnn.activations import Activation
from fcnn.inside.score import Pair, gradients
from fcnn.types import Array
from tests.networks import wide

PAIR, EPS = Pair(3, 8), 1e-6
X = np.random.default_rng(1).standard_normal((4, 5))


def ahead(spec: NetworkSpec, params: Params, a: Array, layer: int) -> Array:
    """z_3 - z_8, by the layers from this one on alone."""
    above = NetworkSpec(spec.sizes[layer:], spec.activation)
    z = forward(above, params[layer:], a).z[-1]
    return np.asarray(z[:, 3] - z[:, 8])


@pytest.mark.parametrize("hidden", [(), (6,), (6, 7, 4)])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_those_of_the_difference_by_every_activation(activation: str, hidden: tuple[int, ...]) -> None:
    spec = NetworkSpec((5, *hidden, 10), activation)
    params = wide(spec)
    trace = forward(spec, params, X)
    found = list(gradients(spec, params, trace, PAIR.direction(X)))
    assert len(found) == len(hidden) + 1
    for layer, gradient in enumerate(reversed(found)):
        a = trace.a[layer]
        steps = EPS * np.eye(a.shape[1])
        slopes = [
            (ahead(spec, params, a + step, layer) - ahead(spec, params, a - step, layer)) / (2 * EPS) for step in steps
        ]
        np.testing.assert_allclose(gradient, np.transpose(slopes), rtol=1e-5, atol=1e-8)


def test_a_wrong_slope_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    tanh = ACTIVATIONS["tanh"]
    wrong = Activation("wrong", tanh.f, lambda z: np.asarray(1.01 * tanh.df(z)), "")
    monkeypatch.setattr("fcnn.inside.score.ACTIVATIONS", {**ACTIVATIONS, "tanh": wrong})
    with pytest.raises(AssertionError):
        test_gradients_are_those_of_the_difference_by_every_activation("tanh", (6,))


def test_a_digit_is_ahead_by_the_difference_of_the_scores() -> None:
    z = np.arange(20.0).reshape(2, 10) ** 2
    assert PAIR.ahead(z).tolist() == [9 - 64, 13**2 - 18**2]
    assert (z @ PAIR.direction(z)).tolist() == PAIR.ahead(z).tolist()


@pytest.mark.parametrize("pair", [(3, 3), (3, 10), (-1, 3)])
def test_only_two_different_digits_are_compared(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"got {pair[0]}, {pair[1]}")):
        Pair(*pair).direction(X)
