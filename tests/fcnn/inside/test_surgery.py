"""Damage done to a network, against what it should be by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from fcnn import Layer, NetworkSpec, Params, forward
from fcnn.inside.surgery import add_noise, prune, round_to_bits, scale_layer
from fcnn.types import Array
from tests.fcnn.inside.one_updates import BATCH, start
from tests.networks import arrays

SPEC = NetworkSpec((5, 4, 6, 3), "sigmoid")
PARAMS = start(SPEC)


def layer(*columns: list[float]) -> Layer:
    W = np.array(columns, np.float32).T
    return Layer(W, np.full(W.shape[1], 0.5, np.float32))


SMALL: Params = (layer([0.1, -3.0, 0.2], [4.0, -0.3, 5.0]), layer([-30.0, 10.0], [20.0, 0.0]))


def weights(params: Params) -> list[list[float]]:
    return [W.T.ravel().tolist() for W, _ in params]


def test_pruning_over_all_takes_the_smallest_of_all() -> None:
    # Sizes: 0.1 3 0.2 4 0.3 5, and 30 10 20 0; half of ten are 0, 0.1, 0.2, 0.3, 3
    assert weights(prune(SMALL, 0.5)) == [[0, 0, 0, 4, 0, 5], [-30, 10, 20, 0]]


def test_pruning_per_layer_takes_the_smallest_of_each() -> None:
    assert weights(prune(SMALL, 0.5, per_layer=True)) == [[0, -3, 0, 4, 0, 5], [-30, 0, 20, 0]]


@pytest.mark.parametrize("per_layer", [True, False])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.99])
def test_as_many_weights_are_cut_as_the_share_says_and_no_bias(share: float, per_layer: bool) -> None:
    pruned = prune(PARAMS, share, per_layer=per_layer)
    sizes = [W.size for W, _ in PARAMS]
    expected = sum(round(share * size) for size in (sizes if per_layer else [sum(sizes)]))
    assert sum(int((W == 0).sum()) for W, _ in pruned) == expected
    cut = max([float(np.abs(W[V == 0]).max(initial=0)) for (W, _), (V, _) in zip(PARAMS, pruned, strict=True)])
    kept = min([float(np.abs(V[V != 0]).min(initial=9)) for V, _ in pruned])
    assert per_layer or cut <= kept
    assert all(np.array_equal(b, c) for (_, b), (_, c) in zip(PARAMS, pruned, strict=True))


def test_of_weights_of_one_size_no_more_are_cut_than_the_share() -> None:
    alike: Params = (Layer(np.ones((4, 5), np.float32), np.zeros(5, np.float32)),)
    assert int((prune(alike, 0.3)[0].W == 0).sum()) == 6


def test_numbers_that_are_none_are_not_small() -> None:
    broken: Params = (Layer(np.array([[np.nan, 1, 2, 3]], np.float32), np.zeros(4, np.float32)),)
    assert np.isnan(prune(broken, 0.5)[0].W[0, 0])
    assert prune(broken, 0.5)[0].W[0, 1:].tolist() == [0, 0, 3]


@pytest.mark.parametrize("share", [-0.1, 0.995, np.nan])
def test_a_share_beyond_what_can_be_cut_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=r"share must be 0 to 0\.99"):
        prune(PARAMS, share)


def test_noise_is_a_share_of_the_typical_weight_the_same_for_a_seed_and_grows_in_one_direction() -> None:
    wide: Params = (Layer(np.full((300, 200), 0.2, np.float32), np.zeros(200, np.float32)),)

    def noise(strength: float, seed: int = 0) -> Array:
        added: Array = add_noise(wide, strength, rng=np.random.default_rng(seed))[0].W - wide[0].W
        return added

    assert float(noise(0.5).std()) == pytest.approx(0.5 * 0.2, rel=0.02)
    assert float(noise(0.5).mean()) == pytest.approx(0, abs=2e-3)
    assert np.allclose(noise(1.0), 2 * noise(0.5), atol=1e-6)
    assert not np.allclose(noise(0.5), noise(0.5, seed=1), atol=0.01)
    assert not noise(0.0).any()
    with pytest.raises(ValueError, match="strength must be 0 or more"):
        noise(-1)


def test_rounding_by_hand() -> None:
    params: Params = (layer([0.1, -3.0, 1.4], [0.0, 0.0, 0.0]),)
    # Two bits: -1, 0, 1 times 3. Three bits: -3 to 3 times 1. One bit: the sign times (0.1 + 3 + 1.4) / 3.
    assert weights(round_to_bits(params, 2)) == [[0, -3, 0, 0, 0, 0]]
    assert weights(round_to_bits(params, 3)) == [[0, -3, 1, 0, 0, 0]]
    assert weights(round_to_bits(params, 1))[0] == pytest.approx([1.5, -1.5, 1.5, 0, 0, 0])


@pytest.mark.parametrize("bits", range(1, 9))
def test_rounded_weights_of_a_neuron_have_no_more_values_than_bits_can_tell_apart(bits: int) -> None:
    rng = np.random.default_rng(0)
    params: Params = (Layer(rng.standard_normal((3_000, 3)).astype(np.float32), np.zeros(3, np.float32)),)
    rounded = round_to_bits(params, bits)[0].W
    for before, after in zip(params[0].W.T, rounded.T, strict=True):
        assert len(np.unique(after)) <= max(2, 2**bits - 1)
        if bits > 1:
            step = np.abs(before).max() / (2 ** (bits - 1) - 1)
            assert np.abs(after - before).max() <= step / 2 * 1.001
            assert np.abs(after).max() == pytest.approx(np.abs(before).max())
    assert rounded.dtype == np.float32


@pytest.mark.parametrize("bits", [0, 9])
def test_bits_beyond_a_byte_are_refused(bits: int) -> None:
    with pytest.raises(ValueError, match="bits must be 1 to 8"):
        round_to_bits(PARAMS, bits)


def test_a_layer_that_is_twice_as_loud_is_so_in_all_its_sums() -> None:
    louder = scale_layer(PARAMS, 0, 2.0)
    assert np.allclose(forward(SPEC, louder, BATCH.X).z[0], 2 * forward(SPEC, PARAMS, BATCH.X).z[0], atol=1e-6)
    assert louder[1] is PARAMS[1]
    with pytest.raises(ValueError, match="layer must be 0 to 2, got 3"):
        scale_layer(PARAMS, 3, 2.0)


DAMAGE: list[Callable[[Params], Params]] = [
    lambda params: prune(params, 0.5),
    lambda params: prune(params, 0.5, per_layer=True),
    lambda params: add_noise(params, 0.5, rng=np.random.default_rng(0)),
    lambda params: round_to_bits(params, 3),
    lambda params: scale_layer(params, 0, 3.0),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_network_itself_is_not_damaged_and_numbers_stay_float32(damage: Callable[[Params], Params]) -> None:
    params = start(SPEC)
    for array in arrays(params):
        array.flags.writeable = False
    damaged = damage(params)
    assert all(array.dtype == np.float32 for array in arrays(damaged))
    assert all(np.array_equal(one, other) for one, other in zip(arrays(params), arrays(start(SPEC)), strict=True))
    assert not all(np.array_equal(one, other) for one, other in zip(arrays(params), arrays(damaged), strict=True))
