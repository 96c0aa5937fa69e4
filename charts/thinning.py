"""Long curves with fewer points, and smoother ones: so that 500 runs in one chart are a few hundred kilobytes."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
ALL_POINTS = 20_000  # of one chart: 160 kB of numbers
MOST_POINTS, FEWEST_POINTS = 400, 24  # of one curve; a line of 400 points has one at every second pixel


def points_a_curve(n_curves: int) -> int:
    """Return how many points each of so many curves may have."""
    return min(MOST_POINTS, max(FEWEST_POINTS, ALL_POINTS // max(n_curves, 1)))


def kept_points(places: Numbers, y: Numbers, most: int) -> npt.NDArray[np.intp]:
    """Return which points of a curve are drawn, rising: the first, the last, and peaks and valleys between them.

    The width of the chart is cut into equal pieces, and the lowest and the highest point of each are kept: what sticks
    out of a curve survives.

    Args:
        places: where the points stand across the chart, of shape (n,), rising; logarithms where the axis is one.
        y: their heights, of shape (n,); one that is not finite is as good as any other.
        most: how many are kept at most, 4 or more.
    """
    n = len(places)
    if n <= most:
        return np.arange(n)
    share = (places - places[0]) / ((places[-1] - places[0]) or 1.0)
    piece = np.minimum((share * (most // 2 - 1)).astype(np.intp), most // 2 - 2)
    order = np.lexsort((np.nan_to_num(y), piece))  # piece by piece, each from its lowest to its highest
    ends = np.flatnonzero(np.diff(piece[order], prepend=-1, append=-1))
    lowest, highest = order[ends[:-1]], order[ends[1:] - 1]
    kept = np.zeros(n, bool)
    kept[lowest] = kept[highest] = kept[[0, -1]] = True
    return np.flatnonzero(kept)


def smoothed(y: Numbers, strength: float) -> Numbers:
    """Return the exponential moving average of a curve, of shape (n,), without the pull of its beginning.

    Each point counts as one, wherever it stands. Values that are not finite stay, and the average goes on behind them.

    Args:
        y: the values.
        strength: how much of the average so far stays at each point, 0 (nothing is smoothed) to below 1.
    """
    if strength <= 0:
        return y
    average, weight, result = 0.0, 0.0, y.copy()
    for i, value in enumerate(y.tolist()):
        if np.isfinite(value):
            average = strength * average + (1 - strength) * value
            weight = strength * weight + (1 - strength)
            result[i] = average / weight
    return result
