"""Parameters as bytes: to the bit, or as float16 that makes the most of its range."""

import numpy as np
import pytest

from fcnn import Layer, mnist_spec
from fcnn.types import Params
from store.pack import exact, read_exact, read_rough, rough, rough_bytes
from tests.networks import arrays

SPEC = mnist_spec((3,))


def network(width: float) -> Params:
    rng = np.random.default_rng(1)
    shapes = [((784, 3), (3,)), ((3, 10), (10,))]
    return tuple(Layer(*(rng.normal(0, width, shape).astype(np.float32) for shape in pair)) for pair in shapes)


@pytest.mark.parametrize("width", [1e-30, 1e-9, 0.05, 1.0, 1e6, 1e30])
def test_small_and_large_numbers_are_kept_at_three_digits(width: float) -> None:
    params = network(width)
    content = rough(params)
    assert len(content) == rough_bytes(SPEC)
    for one, other in zip(arrays(read_rough(content, SPEC)), arrays(params), strict=True):
        assert one.dtype == np.float32
        assert np.allclose(one, other, rtol=2**-11, atol=1e-9 * abs(other).max())


def test_zeros_and_what_exploded_stay_so() -> None:
    (W, b), last = network(1)
    W[0], b[:] = [np.nan, np.inf, -np.inf], 0
    back = read_rough(rough((Layer(W, b), last)), SPEC)
    assert np.array_equal(back[0].W[0], W[0], equal_nan=True)
    assert np.allclose(back[0].W[1:], W[1:], rtol=2**-11)
    assert not back[0].b.any()


def test_what_is_to_go_on_is_kept_to_the_bit() -> None:
    networks = network(1e-30), network(1e30)
    back = read_exact(exact(networks), SPEC)
    assert len(back) == 2
    for one, other in zip(back, networks, strict=True):
        assert all(map(np.array_equal, arrays(one), arrays(other)))


def test_only_float32_is_kept_to_the_bit() -> None:
    with pytest.raises(ValueError, match="float32"):
        exact([tuple(Layer(layer.W.astype(np.float64), layer.b) for layer in network(1))])


@pytest.mark.parametrize("cut", [1, 4, 2_400 * 4])
def test_bytes_of_something_else_are_refused(cut: int) -> None:
    with pytest.raises(ValueError, match=r"numbers are no networks|must be a multiple"):
        read_exact(exact([network(1)])[:-cut], SPEC)
    with pytest.raises(ValueError, match="bytes are not the"):
        read_rough(rough(network(1))[:-cut], SPEC)
