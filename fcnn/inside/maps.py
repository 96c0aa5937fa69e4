"""Maps of digits: each is a point, and digits whose values are alike in a layer lie close together.

What makes a map calm: all moments of a training are seen along the axes of the last one, from their own middle, and at
one size. From one epoch to the next a point then moves by 0.03 to 0.06 of the map's radius; with axes of its own, each
moment may be turned over. While a network learns, the last moment is not known: there each map is turned to the one
before, as well as it can be (Procrustes).
"""

from collections.abc import Iterable, Iterator

import numpy as np

from fcnn.inside.projection import Projection, fit
from fcnn.metrics import rows_in_pieces
from fcnn.mnist import spread
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Array, Params

N_POINTS = 2_000  # digits in a map


def rows_of_map(n_images: int) -> slice:
    """Return which of n images are in a map: spread over all, since in MNIST the hands that wrote change on the way."""
    return spread(N_POINTS, n_images)


@np.errstate(over="ignore", invalid="ignore")
def values_in(spec: NetworkSpec, params: Params, X: Pixels, layer: int) -> Pixels:
    """Return what the digits X (N, D) are in a layer, of shape (N, width): 0 is the pixels, 1 the first hidden layer.

    Behind the last hidden layer come the scores z, which softmax makes the answer of.

    Raises:
        ValueError: the network has no such layer.
    """
    scores = len(spec.hidden) + 1
    if not 0 <= layer <= scores:
        raise ValueError(f"layer must be 0 to {scores}, got {layer}")
    if layer == 0:
        return X
    if layer == scores:
        return np.concatenate([forward(spec, params, X[rows]).z[-1] for rows in rows_in_pieces(len(X))])
    # The passes go no further than the layer, and hold the values of a thousand digits at a time.
    few, part = NetworkSpec(spec.sizes[: layer + 2], spec.activation), params[: layer + 1]
    return np.concatenate([forward(few, part, X[rows]).a[layer] for rows in rows_in_pieces(len(X))])


def draw(values: Pixels, projection: Projection) -> Array | None:
    """Return the map of values (N, D), of shape (N, 2): around 0, the root mean square of the distances from there 1.

    None if some values are not finite. Values that are all the same lie at 0.
    """
    points = projection.project(values)
    if not np.isfinite(points).all():
        return None
    return to_size(points)


def draw_moments(
    spec: NetworkSpec, moments: Iterable[Params], last: Params, X: Pixels, layer: int
) -> Iterator[Array | None]:
    """Yield the map of each moment of a training as draw() does, along the axes of the last one."""
    projection = fit(values_in(spec, last, X, layer))
    for params in moments:
        yield draw(values_in(spec, params, X, layer), projection) if projection else None


def draw_live(values: Pixels, before: Array | None) -> Array | None:
    """Return the map of values along axes of their own, turned to the map before, if there is one; None as draw()."""
    projection = fit(values)
    points = draw(values, projection) if projection else None
    return points if points is None or before is None else turned_to(points, before)


def to_size(points: Array) -> Array:
    """Return points (N, 2) around their middle, at one size: the root mean square of their distances from it is 1."""
    centred = points - points.mean(axis=0)
    radius = np.sqrt((centred.astype(np.float64) ** 2).sum(axis=1).mean())
    sized: Array = (centred / (radius or 1)).astype(np.float32)
    return sized


def turned_to(points: Array, before: Array) -> Array:
    """Turn points (N, 2) about 0, or mirror them, so that they come as close as can be to where they were before.

    Raises:
        ValueError: there were more points before, or fewer.
    """
    turned: Array = (points @ turn_between(points, before)).astype(np.float32)
    return turned


def turn_between(points: Array, before: Array) -> Array:
    """Return what turns points (N, 2) as turned_to() does, of shape (2, 2).

    The orthogonal Procrustes problem (Schönemann, 1966).

    Raises:
        ValueError: there were more points before, or fewer.
    """
    if points.shape != before.shape:
        raise ValueError(f"the map before must have the shape {points.shape}, got {before.shape}")
    u, _, vt = np.linalg.svd(points.astype(np.float64).T @ before)
    turn: Array = u @ vt
    return turn
