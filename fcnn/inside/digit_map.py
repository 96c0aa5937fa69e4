"""A map of digits with what the network says to each, how well the kinds are apart, and where one more would lie."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.inside.maps import draw, turn_between, turned_to, values_in
from fcnn.inside.projection import Projection, fit
from fcnn.metrics import rows_in_pieces
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import Pixels
from fcnn.types import Array, Examples, Labels, Params

NO_ANSWER = -1  # of a network whose numbers grew beyond all bounds
_ROWS_AT_ONCE = 500  # distances to all points: 8 MB of them for 2,000


class Lens(NamedTuple):
    """Where on a map a digit lies that is none of its points."""

    projection: Projection
    turn: Array  # (3, 2): from places on the axes, and 1, to places on the map

    def place(self, values: Pixels) -> Array:
        """Return where values (M, D) lie, of shape (M, 2); not finite where they are not."""
        return _with_ones(self.projection.project(values)) @ self.turn


class DigitMap(NamedTuple):
    """N digits as points."""

    points: Array  # (N, 2), float32, around 0
    answers: npt.NDArray[np.int8]  # (N,) what the network says to each
    alike: float  # the share of points whose nearest neighbour is a digit of the same kind, 0 to 1
    lens: Lens


def axes_of(
    spec: NetworkSpec, params: Params, X: Pixels, layer: int, before: Array | None = None
) -> Projection | None:  # fmt: skip
    """Return the axes along which the moments of a training are seen, those of its last one; None as fit() does.

    Where there was a map before, of points (N, 2), they are turned so that the last moment comes as close to it as can
    be: each of them then shows something of both components.
    """
    values = values_in(spec, params, X, layer)
    axes = fit(values)
    points = draw(values, axes) if axes and before is not None else None
    if axes is None or before is None or points is None:
        return axes
    return axes._replace(axes=(axes.axes @ turn_between(points, before)).astype(axes.axes.dtype))


def map_along(
    spec: NetworkSpec, params: Params, examples: Examples, layer: int, axes: Projection
) -> DigitMap | None:  # fmt: skip
    """Return the map of a layer along some axes; None if there is none: see fcnn.inside.maps.draw()."""
    return _map_of(spec, params, examples, layer, values_in(spec, params, examples.X, layer), axes, None)


def map_live(
    spec: NetworkSpec, params: Params, examples: Examples, layer: int, before: Array | None = None
) -> DigitMap | None:
    """Return the map of a layer along axes of its own: of a network that learns, whose last moment is not known."""
    values = values_in(spec, params, examples.X, layer)
    axes = fit(values)
    return _map_of(spec, params, examples, layer, values, axes, before) if axes else None


def share_alike(points: Array, labels: Labels) -> float:
    """Return the share of points (N, 2) whose nearest neighbour has the same label (N,)."""
    n_alike, places = 0, points.astype(np.float64)
    for start in range(0, len(places), _ROWS_AT_ONCE):
        part = places[start : start + _ROWS_AT_ONCE]
        away = (part[:, :1] - places[:, 0]) ** 2 + (part[:, 1:] - places[:, 1]) ** 2
        away[np.arange(len(part)), start + np.arange(len(part))] = np.inf
        n_alike += int((labels[away.argmin(axis=1)] == labels[start : start + len(part)]).sum())
    return n_alike / len(places)


@np.errstate(over="ignore", invalid="ignore")
def _map_of(
    spec: NetworkSpec, params: Params, examples: Examples, layer: int,
    values: Pixels, axes: Projection, before: Array | None,
) -> DigitMap | None:  # fmt: skip
    points = draw(values, axes)
    if points is None:
        return None
    if before is not None:
        points = turned_to(points, before)
    # A map is made of its places on the axes by moving, sizing and turning: so is the place of one digit more.
    turn = np.linalg.lstsq(_with_ones(axes.project(values)), points, rcond=None)[0].astype(np.float32)
    said = _answers(spec, params, values, layer)
    return DigitMap(points, said, share_alike(points, examples.labels), Lens(axes, turn))


def _answers(spec: NetworkSpec, params: Params, values: Pixels, layer: int) -> npt.NDArray[np.int8]:
    """Return what the network says, going on from the values of a layer."""
    if layer > len(spec.hidden):
        scores: Array = values
    else:
        rest, part = NetworkSpec(spec.sizes[layer:], spec.activation), params[layer:]
        scores = np.concatenate([forward(rest, part, values[rows]).z[-1] for rows in rows_in_pieces(len(values))])
    finite = np.isfinite(scores).all(axis=1)
    return np.where(finite, scores.argmax(axis=1), NO_ANSWER).astype(np.int8)


def _with_ones(places: Array) -> Array:
    return np.column_stack([places, np.ones(len(places), places.dtype)])
