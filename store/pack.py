"""Parameters as bytes: exact, to go on from, or as float16, to look at. Shapes are not kept: the network says them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import frexp, prod

import numpy as np

from fcnn.network import NetworkSpec
from fcnn.types import Array, Layer, Params

_TOP = 15  # float16 reaches to 65,504: the largest number of an array is made one of 15 bits
_EXPONENT, _HALF, _SINGLE = "<i2", "<f2", "<f4"


def exact(networks: Sequence[Params]) -> bytes:
    """Return the parameters of some networks, to the bit.

    Raises:
        ValueError: they are no float32.
    """
    arrays = [array for params in networks for array in _flat(params)]
    if any(array.dtype != np.float32 for array in arrays):
        raise ValueError("parameters are kept as float32")
    return b"".join(array.astype(_SINGLE, copy=False).tobytes() for array in arrays)


def read_exact(content: bytes, spec: NetworkSpec) -> tuple[Params, ...]:
    """Return the networks that exact() was given.

    Raises:
        ValueError: the bytes are not those of whole networks.
    """
    numbers = np.frombuffer(content, _SINGLE)
    if not len(numbers) or len(numbers) % spec.n_parameters:
        raise ValueError(f"{len(numbers):,} numbers are no networks of {spec.n_parameters:,}")
    return tuple(
        _params(part.astype(np.float32), spec) for part in np.split(numbers, len(numbers) // spec.n_parameters)
    )


def rough(params: Params) -> bytes:
    """Return parameters as float16, each array times a power of two that makes the most of its range."""
    arrays = _flat(params)
    exponents = np.array([_exponent(array) for array in arrays], _EXPONENT)
    with np.errstate(over="ignore", invalid="ignore"):  # of a network that exploded
        halves = [np.ldexp(array, -e).astype(_HALF).ravel() for array, e in zip(arrays, exponents, strict=True)]
    return exponents.tobytes() + np.concatenate(halves).tobytes()


def read_network(content: bytes, spec: NetworkSpec) -> Params:
    """Return the network that rough() was given, or exact() alone: their lengths tell.

    Raises:
        ValueError: the bytes are not those of such a network.
    """
    if len(content) == exact_bytes(spec):
        return read_exact(content, spec)[0]
    return read_rough(content, spec)


def read_rough(content: bytes, spec: NetworkSpec) -> Params:
    """Return the network that rough() was given, as float32.

    Raises:
        ValueError: the bytes are not those of such a network.
    """
    if len(content) != rough_bytes(spec):
        raise ValueError(f"{len(content):,} bytes are not the {rough_bytes(spec):,} of this network")
    exponents = np.frombuffer(content, _EXPONENT, count=_n_arrays(spec))
    numbers = np.frombuffer(content, _HALF, offset=exponents.nbytes).astype(np.float32)
    for part, e in zip(np.split(numbers, np.cumsum([prod(shape) for shape in _shapes(spec)])), exponents, strict=False):
        np.ldexp(part, e, out=part)
    return _params(numbers, spec)


def rough_bytes(spec: NetworkSpec) -> int:
    """Return how many bytes rough() makes of a network."""
    return 2 * (_n_arrays(spec) + spec.n_parameters)


def exact_bytes(spec: NetworkSpec) -> int:
    """Return how many bytes exact() makes of a network."""
    return 4 * spec.n_parameters


def _exponent(array: Array) -> int:
    largest = float(np.max(np.abs(array), where=np.isfinite(array), initial=0))
    return frexp(largest)[1] - _TOP if largest else 0


def _flat(params: Params) -> list[Array]:
    return [array for layer in params for array in layer]


def _n_arrays(spec: NetworkSpec) -> int:
    return 2 * (len(spec.sizes) - 1)


def _shapes(spec: NetworkSpec) -> Iterator[tuple[int, ...]]:
    for n_in, n_out in pairwise(spec.sizes):
        yield from ((n_in, n_out), (n_out,))


def _params(numbers: Array, spec: NetworkSpec) -> Params:
    """Cut a row of numbers into arrays that nobody can change."""
    numbers.flags.writeable = False
    arrays, start = [], 0
    for shape in _shapes(spec):
        arrays.append(numbers[start : start + prod(shape)].reshape(shape))
        start += prod(shape)
    return tuple(Layer(W, b) for W, b in zip(arrays[::2], arrays[1::2], strict=True))
