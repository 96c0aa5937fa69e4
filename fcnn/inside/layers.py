"""The layers of a network, all of them: how their weights are spread, who is silent, what units further up look for."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.inside.neurons import has_exploded
from fcnn.inside.signals import measure
from fcnn.network import NetworkSpec
from fcnn.pixels import Pixels
from fcnn.types import Array, Indices, Layer, Params

N_BINS = 60
MOST_WIDTHS = 6.0  # standard deviations that a histogram reaches to; the few weights beyond are in the outer bins
HUGE = 1e37
N_SAMPLED = 16  # units are enough to see how strong the pictures of a layer are
Counts = npt.NDArray[np.int64]


class WeightHistogram(NamedTuple):
    """The weights of one layer, counted in the same bins at two moments."""

    edges: Array  # (n_bins + 1,) around 0
    now: Counts  # (n_bins,) weights that are not finite are left out
    start: Counts  # (n_bins,)
    n_beyond: int  # of the weights now, those in the outer bins that are beyond the edges


def weight_histograms(now: Params, start: Params, n_bins: int = N_BINS) -> tuple[WeightHistogram, ...]:
    """Count the weights of each layer now and before learning, first layer first.

    Raises:
        ValueError: they are those of two networks of other sizes.
    """
    if [W.shape for W, _ in now] != [W.shape for W, _ in start]:
        raise ValueError("the parameters now and at the start must be those of one network")
    return tuple(_histogram(W, first, n_bins) for (W, _), (first, _) in zip(now, start, strict=True))


def silent_shares(spec: NetworkSpec, params: Params, X: Pixels) -> tuple[float, ...]:
    """Return, for each hidden layer, the share of its units whose output is 0 for every one of some images X (N, D)."""
    return measure(spec, params, X).silent


@np.errstate(over="ignore", invalid="ignore")
def pictures_through(params: Params, layer: int) -> Array | None:
    """Return the sum of the pictures below each unit of a layer, weighted, of shape (D, n): one column a unit.

    For a unit of the second layer: the pictures of the units of the first layer, each times the weight that it has
    here; for the third, those of the second in turn. It is what the unit would look for if all units below passed on
    what they add up, whatever it is. They do not: an activation bends or silences it, differently for each digit. So
    this is a rough direction, and no template; in the first layer (0) it is exactly the weights.

    Returns None if the weights have exploded.

    Raises:
        ValueError: there is no such layer.
    """
    if not 0 <= layer < len(params):
        raise ValueError(f"layer must be 0 to {len(params) - 1}, got {layer}")
    if any(has_exploded((one,)) for one in params[: layer + 1]):
        return None
    # From the unit down: with n units this never holds more than (widest layer, n) numbers.
    pictures = params[layer].W
    for W, _ in reversed(params[:layer]):
        pictures = W @ pictures
    return pictures


def pictures_of(params: Params, layer: int, units: Indices) -> Array | None:
    """Return pictures_through() of some units of a layer, of shape (D, len(units)); it takes so much less time."""
    W, b = params[layer]
    return pictures_through((*params[:layer], Layer(W[:, units], b[units])), layer)


def picture_limit(epochs: Iterable[Params], layer: int) -> float:
    """Return a size that few numbers of the pictures of a layer exceed in any of some epochs.

    As weight_limit() it is four times their root mean square where that is largest, measured on N_SAMPLED units; epochs
    that have exploded are left out, and 0 means all.
    """
    limit = 0.0
    for params in epochs:
        n = params[layer].W.shape[1]
        pictures = pictures_of(params, layer, np.arange(0, n, max(1, n // N_SAMPLED)))
        if pictures is not None:
            limit = max(limit, 4 * float(np.sqrt(np.square(pictures, dtype=np.float64).mean())))
    return limit


def _histogram(now: Array, start: Array, n_bins: int) -> WeightHistogram:
    known = [W[np.isfinite(W)] for W in (now, start)]
    widths = [float(np.sqrt(np.square(W, dtype=np.float64).mean())) if W.size else 0.0 for W in known]
    largest = max(float(np.abs(W).max(initial=0)) for W in known)
    end = min(largest, MOST_WIDTHS * max(widths)) or 1.0
    if end > HUGE:  # of two such numbers the difference is beyond float32
        known = [W.astype(np.float64) for W in known]
    # With a range in place of edges NumPy need not search for the bin of each weight.
    now_counts, start_counts = (np.histogram(W.clip(-end, end), n_bins, (-end, end))[0].astype(np.int64) for W in known)
    return WeightHistogram(
        np.linspace(-end, end, n_bins + 1), now_counts, start_counts, int((np.abs(known[0]) > end).sum())
    )
