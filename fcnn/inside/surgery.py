"""A network, damaged: weights cut away, noisy or rounded, a layer too loud. How much does it bear?

Neurons are switched off by switched_off.py. Each function returns new parameters and leaves those it was given as they
are; arrays that do not change are shared.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fcnn.types import Array, Layer, Params

MOST_PRUNED = 0.99  # share of the weights
MOST_BITS = 8


def prune(params: Params, share: float, *, per_layer: bool = False) -> Params:
    """Set the smallest weights to 0, by their size: a share of all, or of each layer; biases stay.

    Magnitude pruning (Han, Pool, Tran and Dally, 2015).

    Raises:
        ValueError: the share is not 0 to MOST_PRUNED.
    """
    if not 0 <= share <= MOST_PRUNED:
        raise ValueError(f"share must be 0 to {MOST_PRUNED}, got {share}")
    if per_layer:
        return tuple(Layer(_without_smallest([W], share)[0], b) for W, b in params)
    pruned = _without_smallest([W for W, _ in params], share)
    return tuple(Layer(W, b) for W, (_, b) in zip(pruned, params, strict=True))


def add_noise(params: Params, strength: float, *, rng: np.random.Generator) -> Params:
    """Add normal noise to the weights, as strong as a share of the typical weight of their layer; biases stay.

    Raises:
        ValueError: the strength is negative.
    """
    if not strength >= 0:
        raise ValueError(f"strength must be 0 or more, got {strength}")
    # The same random numbers at every strength: as it grows, each weight goes on in its own direction.
    return tuple(
        Layer(W + np.float32(strength * _typical(W)) * rng.standard_normal(W.shape, dtype=np.float32), b)
        for W, b in params
    )


def round_to_bits(params: Params, bits: int) -> Params:
    """Round the weights to numbers of so many bits, with one scale for each neuron; biases stay.

    Symmetric around 0: with 8 bits the whole numbers from -127 to 127, times a scale, and with 2 bits -1, 0 and 1. One
    bit is the sign alone, times the mean size of the neuron's weights (Rastegari et al., 'XNOR-Net', 2016).

    Raises:
        ValueError: bits is not 1 to MOST_BITS.
    """
    if not 1 <= bits <= MOST_BITS:
        raise ValueError(f"bits must be 1 to {MOST_BITS}, got {bits}")
    return tuple(Layer(_rounded(W, bits), b) for W, b in params)


def scale_layer(params: Params, layer: int, factor: float) -> Params:
    """Multiply the weights and biases of one layer (0 is the first) by a number.

    Raises:
        ValueError: there is no such layer.
    """
    if not 0 <= layer < len(params):
        raise ValueError(f"layer must be 0 to {len(params) - 1}, got {layer}")
    W, b = params[layer]
    return _with(params, layer, Layer(*(array * array.dtype.type(factor) for array in (W, b))))


def _with(params: Params, i: int, layer: Layer) -> Params:
    return (*params[:i], layer, *params[i + 1 :])


def _without_smallest(weights: Sequence[Array], share: float) -> list[Array]:
    """Return copies with a share of all numbers set to 0, rounded to whole ones; nan counts as large."""
    sizes = np.abs(np.concatenate([W.ravel() for W in weights]))
    cut = _are_smallest(sizes, round(share * sizes.size))
    ends = np.cumsum([W.size for W in weights])[:-1]
    masks = np.split(cut, ends)
    return [np.where(mask.reshape(W.shape), W.dtype.type(0), W) for W, mask in zip(weights, masks, strict=True)]


def _are_smallest(sizes: Array, n: int) -> npt.NDArray[np.bool_]:
    """Return which n numbers are the smallest, of those that are equal the first."""
    if n == 0:
        return np.zeros(sizes.size, bool)
    limit = np.partition(sizes, n - 1)[n - 1]  # half the time of argpartition
    smaller: npt.NDArray[np.bool_] = sizes < limit
    equal = np.flatnonzero(sizes == limit)
    smaller[equal[: n - np.count_nonzero(smaller)]] = True
    return smaller


@np.errstate(over="ignore", invalid="ignore")
def _rounded(W: Array, bits: int) -> Array:
    sizes = np.abs(W)
    if bits == 1:
        rounded: Array = np.where(W < 0, -1, 1) * sizes.mean(axis=0)
    else:
        scale = sizes.max(axis=0) / (2 ** (bits - 1) - 1)
        rounded = np.rint(W / np.where(scale == 0, 1, scale)) * scale
    return rounded.astype(W.dtype)


@np.errstate(over="ignore", invalid="ignore")
def _typical(W: Array) -> float:
    """Return the root mean square of some weights."""
    return float(np.sqrt(np.square(W, dtype=np.float64).mean()))
