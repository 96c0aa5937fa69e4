"""What would change its mind: the fewest strokes of ink, added or removed, that turn an answer into another digit.

The search is greedy. It asks the gradient which stroke lifts the wanted digit most above the strongest of the others,
makes that one, and asks again; a stroke is a square of pixels, all made ink or all made paper (the idea of explaining
by a smallest change: S. Wachter, B. Mittelstadt and C. Russell, Counterfactual Explanations Without Opening the Black
Box, 2017; of changing single pixels by gradient: N. Papernot and others, The Limitations of Deep Learning in
Adversarial Settings, 2016). In the end it takes back what turned out to be needless. A smaller change may exist, but
none of the strokes can be left out.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.inside.score import Pair, gradients
from fcnn.network import N_CLASSES, NetworkSpec, Trace, forward
from fcnn.pixels import SIDE, Pixels, as_images, as_numbers
from fcnn.types import Array, Indices, Params

MOST_STROKES = 100  # an eighth of all pixels, one by one: beyond that it is another picture


class Stroke(NamedTuple):
    """A square of pixels that becomes ink, or paper."""

    pixels: Indices  # (size x size,)
    is_ink: bool


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """An image, changed until the network answers another digit, or as far as the search came."""

    target: int
    found: bool  # whether the network answers the target
    strokes: tuple[Stroke, ...]  # as they were made; none, if it answered the target before
    before: Array  # (D,) the image, 0 to 1
    after: Array  # (D,)
    probabilities: Array  # (K,) what it says to the image after

    @property
    def added(self) -> Array:
        """How much ink each pixel gains, of shape (D,)."""
        return np.maximum(self.after - self.before, 0)

    @property
    def removed(self) -> Array:
        """How much ink each pixel loses, of shape (D,)."""
        return np.maximum(self.before - self.after, 0)


@np.errstate(over="ignore", invalid="ignore")
def change_mind(spec: NetworkSpec, params: Params, x: Pixels, target: int, *, size: int = 1) -> Counterfactual:
    """Change an image x (784,) by squares of size x size pixels until the network answers target.

    It ends without having found anything after MOST_STROKES, where no stroke promises to help (a network whose neurons
    are all silent has no gradient), and at once for a network that exploded.

    Raises:
        ValueError: target is no digit, size does not fit into the image, or the network reads other images.
    """
    if not 1 <= size <= SIDE:
        raise ValueError(f"a stroke is 1 to {SIDE} pixels wide, got {size}")
    if not 0 <= target < N_CLASSES:
        raise ValueError(f"a digit is 0 to {N_CLASSES - 1}, got {target}")
    before = as_numbers(x)
    after, untouched = before.copy(), np.ones((SIDE, SIDE), np.bool_)
    strokes: list[Stroke] = []
    trace = forward(spec, params, after[None])
    while not _answers(trace, target) and len(strokes) < MOST_STROKES:
        stroke = _best_stroke(after, _gradient(spec, params, trace, target), untouched, size)
        if stroke is None:
            break
        strokes.append(stroke)
        after[stroke.pixels] = stroke.is_ink
        untouched.ravel()[stroke.pixels] = False
        trace = forward(spec, params, after[None])
    found = _answers(trace, target)
    if found and strokes:
        strokes = _needed(spec, params, before, target, strokes)
        after = _with(before, strokes)
        trace = forward(spec, params, after[None])
    return Counterfactual(target, found, tuple(strokes), before, after, trace.a[-1][0])


def _answers(trace: Trace, target: int) -> bool:
    probabilities = trace.a[-1][0]
    return bool(np.isfinite(probabilities).all()) and int(probabilities.argmax()) == target


def _gradient(spec: NetworkSpec, params: Params, trace: Trace, target: int) -> Array:
    """Return the derivative of z_target less the largest other z by each pixel, of shape (D,)."""
    others = trace.z[-1][0].copy()
    others[target] = -np.inf
    pair = Pair(target, int(others.argmax()))
    *_, gradient = gradients(spec, params, trace, pair.direction(others))
    by_pixel: Array = gradient[0]
    return by_pixel


def _best_stroke(x: Array, gradient: Array, untouched: npt.NDArray[Any], size: int) -> Stroke | None:
    """Return the stroke that promises most, as far as the gradient can tell; None, if none promises anything."""
    free = _squares(untouched, size).all(axis=(2, 3))
    gains = [_squares((ink - x) * gradient, size).sum(axis=(2, 3)) for ink in (0, 1)]
    promises = np.where(free, np.stack(gains), -np.inf)
    best = np.unravel_index(np.nan_to_num(promises, nan=-np.inf).argmax(), promises.shape)
    if not promises[best] > 0:
        return None
    is_ink, row, column = map(int, best)
    pixels = as_images(np.arange(SIDE**2))[0][row : row + size, column : column + size]
    return Stroke(pixels.ravel(), bool(is_ink))


def _squares(pixels: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    return np.lib.stride_tricks.sliding_window_view(as_images(pixels)[0], (size, size))


def _needed(spec: NetworkSpec, params: Params, x: Array, target: int, strokes: list[Stroke]) -> list[Stroke]:
    """Return the strokes without those that can be left out, tried one after the other, the first ones first."""
    for stroke in strokes.copy():
        others = [other for other in strokes if other is not stroke]
        if _answers(forward(spec, params, _with(x, others)[None]), target):
            strokes = others
    return strokes


def _with(x: Array, strokes: list[Stroke]) -> Array:
    """Return an image with strokes, which do not touch each other."""
    drawn = x.copy()
    for stroke in strokes:
        drawn[stroke.pixels] = stroke.is_ink
    return drawn
