"""What a picture of the network shows, on networks small enough to work out by hand."""

from itertools import pairwise
from math import inf, nan

import numpy as np
import pytest

from fcnn.activations import ACTIVATIONS
from fcnn.initialization import Initialization, init_params
from fcnn.inside.wiring import N_SHOWN, Wiring, choose, scaled, wire
from fcnn.network import NetworkSpec, forward, mnist_spec
from fcnn.types import Array, Layer, Params

IMAGE = np.array([1.0, 2.0])
SPEC = NetworkSpec((2, 4, 10))


def four_neurons() -> Params:
    """With IMAGE, ReLU passes on 3, 10, 0, 8.

    Neuron 0 alone adds to the 7, by 3 x 2. Neuron 1 adds 50 to every digit alike. Neuron 2 would add more than all, but
    is silent. Neuron 3 is loud, and nothing listens.
    """
    W = np.array([[1.0, 2, -1, 4], [1, 3, -1, 2]])
    out = np.zeros((4, 10))
    out[0, 7], out[1], out[2, 7] = 2, 5, 100
    return Layer(W, np.array([0, 2, 0.5, 0])), Layer(out, np.zeros(10))


def some_params(spec: NetworkSpec, seed: int = 0) -> Params:
    rng = np.random.default_rng(seed)
    return tuple(
        Layer(W.astype(np.float64), b.astype(np.float64))
        for W, b in init_params(spec, Initialization(bias_width=0.1), rng=rng)
    )


def numbers(wiring: Wiring) -> list[Array]:
    """Return everything that is drawn."""
    return [wiring.from_image, *wiring.links, wiring.probabilities, *(layer.lit for layer in wiring.hidden)]


def test_the_neuron_that_decides_comes_before_those_that_change_nothing() -> None:
    wiring = wire(SPEC, four_neurons(), IMAGE, n_shown=1)
    assert wiring.answer == 7
    assert wiring.hidden[0].neurons.tolist() == [0]
    assert wiring.hidden[0].n_more == 3


def test_all_that_is_shown_of_four_neurons() -> None:
    wiring = wire(SPEC, four_neurons(), IMAGE)
    (layer,) = wiring.hidden
    assert (layer.neurons.tolist(), layer.a.tolist(), layer.n_more) == ([0, 1, 2, 3], [3, 10, 0, 8], 0)
    assert layer.lit.tolist() == [0.3, 1, 0, 0.8]
    # The image adds 1 + 2, 2 + 6, -1 - 2 and 4 + 4: z without the bias.
    assert wiring.from_image.tolist() == [3 / 8, 1, -3 / 8, 1]
    # Activation times weight: 10 x 5 to every digit, 3 x 2 to the 7.
    (links,) = wiring.links
    assert links[1].tolist() == [1.0] * 10
    assert links[0].tolist() == [0.12 if digit == 7 else 0 for digit in range(10)]
    assert not links[2:].any()


def test_a_layer_is_lit_beside_its_strongest_neuron_though_that_one_is_not_shown() -> None:
    assert wire(SPEC, four_neurons(), IMAGE, n_shown=1).hidden[0].lit.tolist() == [0.3]


def test_an_effect_is_what_the_score_loses_when_a_neuron_of_the_last_hidden_layer_is_silent() -> None:
    spec = NetworkSpec((2, 5, 6, 10), "tanh")
    params = some_params(spec)
    trace = forward(spec, params, IMAGE[None])
    answer = int(trace.a[-1].argmax())
    score = trace.z[-1][0, answer] - trace.z[-1][0].mean()
    lost = []
    for neuron in range(6):
        a = trace.a[-2][0].copy()
        a[neuron] = 0
        z = a @ params[-1].W + params[-1].b
        lost.append(abs(score - (z[answer] - z.mean())))
    wiring = wire(spec, params, IMAGE, n_shown=3)
    assert wiring.hidden[1].neurons.tolist() == sorted(np.argsort(lost)[::-1][:3])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_effects_of_an_earlier_layer_follow_the_slopes(activation: str) -> None:
    spec = NetworkSpec((2, 6, 5, 10), activation)
    params = some_params(spec, seed=3)
    trace = forward(spec, params, IMAGE[None])
    answer, step = int(trace.a[-1].argmax()), 1e-6

    def score(a: Array) -> float:
        z = ACTIVATIONS[activation].f(a @ params[1].W + params[1].b) @ params[2].W
        return float(z[answer] - z.mean())

    a = trace.a[1][0]
    slopes = [(score(a + step * unit) - score(a - step * unit)) / (2 * step) for unit in np.eye(6)]
    strongest = np.argsort(-np.abs(a * slopes), kind="stable")
    wiring = wire(spec, params, IMAGE, n_shown=2)
    assert wiring.hidden[0].neurons.tolist() == sorted(strongest[:2])


def test_without_a_hidden_layer_the_image_leads_to_the_outputs() -> None:
    W = np.zeros((2, 10))
    W[:, 3], W[:, 4] = (1, 1), (-2, 0.25)
    wiring = wire(NetworkSpec((2, 10)), (Layer(W, np.full(10, 9.0)),), IMAGE)
    assert (wiring.hidden, wiring.links, wiring.answer) == ((), (), 3)
    assert wiring.from_image.tolist() == [1 if d == 3 else -0.5 if d == 4 else 0 for d in range(10)]
    assert wiring.probabilities.sum() == pytest.approx(1)


@pytest.mark.parametrize("hidden", [(), (1,), (12,), (13, 1), (1024,) * 5])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_network_of_the_app_has_a_picture_that_fits(hidden: tuple[int, ...], activation: str) -> None:
    spec = mnist_spec(hidden, activation)
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    wiring = wire(spec, params, np.arange(784).astype(np.uint8))
    shown = [len(layer.neurons) for layer in wiring.hidden]
    assert shown == [min(width, N_SHOWN) for width in hidden]
    assert [layer.n_more for layer in wiring.hidden] == [max(width - N_SHOWN, 0) for width in hidden]
    assert wiring.from_image.shape == ([*shown, 10][0],)
    assert [array.shape for array in wiring.links] == list(pairwise([*shown, 10]))
    assert all(np.isfinite(array).all() and np.abs(array).max() <= 1 for array in numbers(wiring))
    assert not wiring.exploded


def test_bytes_and_numbers_are_the_same_image() -> None:
    spec = mnist_spec((20,))
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    image = np.arange(784).astype(np.uint8)
    ours, others = wire(spec, params, image), wire(spec, params, image.astype(np.float32) / np.float32(255))
    for one, other in zip(numbers(ours), numbers(others), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


@pytest.mark.parametrize("factor", [nan, inf, 1e30, 1e12])
@pytest.mark.parametrize("hidden", [(), (20,), (20, 30, 20)])
def test_a_network_that_exploded_can_be_drawn_and_says_so(hidden: tuple[int, ...], factor: float) -> None:
    spec = mnist_spec(hidden)
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    for exploded in range(len(params)):
        broken = tuple(Layer(W * np.float32(factor if i == exploded else 1), b) for i, (W, b) in enumerate(params))
        wiring = wire(spec, broken, np.full(784, 0.5, np.float32))
        assert wiring.exploded
        assert all(np.isfinite(array).all() and np.abs(array).max() <= 1 for array in numbers(wiring))
        assert wiring.answer is None or wiring.probabilities.sum() == pytest.approx(1)


def test_neurons_stay_until_another_matters_clearly_more() -> None:
    before = choose(np.array([5.0, -4, 3, 0, 0]), 3)
    assert before.tolist() == [0, 1, 2]
    assert choose(np.array([5.0, -4, 3, 5.9, 0]), 3, before).tolist() == [0, 1, 2]
    assert choose(np.array([5.0, -4, 3, -6.1, 0]), 3, before).tolist() == [0, 1, 3]
    # The one that matters most takes the place of the one that matters least; the others stand where they stood.
    assert choose(np.array([1.0, -4, 0, 9, -10]), 3, before).tolist() == [3, 1, 4]
    assert choose(np.array([1.0, -4, 0, 9, -10]), 3, before, inf).tolist() == [0, 1, 2]


def test_without_a_picture_before_the_largest_effects_count_and_equal_ones_stand_as_stored() -> None:
    assert choose(np.array([1.0, -3, 3, 2, -3]), 3).tolist() == [1, 2, 4]
    assert choose(np.zeros(5), 2).tolist() == [0, 1]
    assert choose(np.array([nan, 1, inf, 0]), 2).tolist() == [1, 2]


def test_a_learning_network_keeps_its_neurons_in_the_picture() -> None:
    spec = mnist_spec((100, 50))
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    image = np.random.default_rng(1).random(784, np.float32)
    first = wire(spec, params, image)
    rng = np.random.default_rng(2)
    learned = tuple(Layer(W * (1 + 0.05 * rng.standard_normal(W.shape, np.float32)), b) for W, b in params)
    later = wire(spec, learned, image, previous=first)
    for before, after in zip(first.hidden, later.hidden, strict=True):
        assert before.neurons.tolist() == after.neurons.tolist()


def test_the_picture_of_another_network_is_of_no_account() -> None:
    image = np.random.default_rng(1).random(784, np.float32)
    narrow, wide = mnist_spec((8, 40)), mnist_spec((40, 8))
    before, params = (init_params(spec, Initialization(), rng=np.random.default_rng(0)) for spec in (narrow, wide))
    previous = wire(narrow, before, image)
    fresh, after = wire(wide, params, image), wire(wide, params, image, previous=previous)
    assert [layer.neurons.tolist() for layer in fresh.hidden] == [layer.neurons.tolist() for layer in after.hidden]
    fewer = wire(wide, params, image, n_shown=6, previous=fresh)
    assert [len(layer.neurons) for layer in fewer.hidden] == [6, 6]


def test_shares_of_the_largest() -> None:
    assert scaled(np.array([2.0, -4, nan, inf, -inf])).tolist() == [0.5, -1, 0, 1, -1]
    assert scaled(np.zeros(3)).tolist() == [0, 0, 0]
    assert scaled(np.array([nan, inf])).tolist() == [0, 1]
