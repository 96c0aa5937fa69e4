"""Digits made worse, little by little: noisy, turned, shifted, thicker or thinner strokes, ink and paper changed over.

Every example of a test set is made worse by the same strength, so that the accuracy can be drawn over it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.pixels import SIDE, Pixels, as_images, as_numbers
from fcnn.types import Array

_MIDDLE = (SIDE - 1) / 2
_AROUND = ((0, 1), (0, -1), (1, 0), (-1, 0))  # (down, right): neighbours of a pixel, and ways to shift


class Worse(NamedTuple):
    """A way to make digits worse."""

    title: str
    unit: str  # of the strength; "" for a share
    strengths: tuple[float, ...]  # rising; at 0 the digits stay as they are
    change: Callable[[Array, float, np.random.Generator], Array]  # X (N, D) as numbers, strength -> new X


def _add_noise(X: Array, strength: float, rng: np.random.Generator) -> Array:
    noisy: Array = X + np.float32(strength) * rng.standard_normal(X.shape, dtype=np.float32)
    return noisy.clip(0, 1)


def _turn(X: Array, degrees: float, _: np.random.Generator) -> Array:
    """Turn to the right: each pixel is a mean of the four nearest to where it comes from (bilinear)."""
    angle = np.deg2rad(degrees)
    y, x = np.mgrid[:SIDE, :SIDE] - _MIDDLE
    from_x = np.cos(angle) * x + np.sin(angle) * y + _MIDDLE
    from_y = np.cos(angle) * y - np.sin(angle) * x + _MIDDLE
    left, top = np.floor(from_x).astype(int), np.floor(from_y).astype(int)
    right_share, low_share = (from_x - left).ravel(), (from_y - top).ravel()
    turned = np.zeros_like(X)
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        row, column = (top + down).ravel(), (left + right).ravel()
        weight = np.abs(1 - down - low_share) * np.abs(1 - right - right_share)
        weight *= (row >= 0) & (row < SIDE) & (column >= 0) & (column < SIDE)  # beyond the image there is paper
        turned += np.take(X, row * SIDE + column, axis=1, mode="clip") * weight.astype(X.dtype)
    return turned


def _shift(X: Array, pixels: float, _: np.random.Generator) -> Array:
    """Shift by so many pixels: every fourth digit to the same side, so that no side is favoured."""
    shifted = np.empty_like(X)
    whole = int(pixels)
    share = X.dtype.type(pixels - whole)
    for side, (down, right) in enumerate(_AROUND):
        images = as_images(X[side::4])
        near, far = (_moved(images, n * down, n * right) for n in (whole, whole + 1))
        shifted[side::4] = ((1 - share) * near + share * far).reshape(-1, X.shape[1])
    return shifted


def _stroke(X: Array, pixels: float, _: np.random.Generator) -> Array:
    """Make strokes thicker on each side by so many pixels, or thinner where it is less than 0.

    Grey dilation and erosion with a cross of five pixels; in between, a mean of the two nearest widths.
    """
    grow = np.maximum if pixels > 0 else np.minimum
    images, left = as_images(X), abs(pixels)
    while left > 0:
        wider = images.copy()
        for down, right in _AROUND:
            grow(wider, _moved(images, down, right), out=wider)
        share = X.dtype.type(min(left, 1))
        images, left = images + share * (wider - images), left - 1
    return images.reshape(X.shape)


def _invert(X: Array, share: float, _: np.random.Generator) -> Array:
    """Fade towards light ink on dark paper, all there at 1; at 1/2 everything is the same grey."""
    inverted: Array = X + X.dtype.type(share) * (1 - 2 * X)
    return inverted


def _moved(images: Array, down: int, right: int) -> Array:
    """Return images (N, 28, 28) moved by whole pixels, with paper where they came from."""
    moved = np.zeros_like(images)
    y_to, y_from = _overlap(down)
    x_to, x_from = _overlap(right)
    moved[:, y_to, x_to] = images[:, y_from, x_from]
    return moved


def _overlap(by: int) -> tuple[slice, slice]:
    by = max(-SIDE, min(by, SIDE))
    return slice(max(by, 0), SIDE + min(by, 0)), slice(max(-by, 0), SIDE - max(by, 0))


WAYS: Mapping[str, Worse] = MappingProxyType(
    {
        "noise": Worse("Noise", "", tuple(i / 10 for i in range(11)), _add_noise),
        "turned": Worse("Turned", "degrees", tuple(range(-90, 91, 15)), _turn),
        "shifted": Worse("Shifted", "pixels", tuple(range(11)), _shift),
        "strokes": Worse("Strokes thinner or thicker", "pixels", tuple(i / 2 for i in range(-4, 7)), _stroke),
        "inverted": Worse("Ink and paper changed over", "", tuple(i / 10 for i in range(11)), _invert),
    }
)


def worsen(way: str, X: Pixels, strength: float, *, rng: np.random.Generator) -> Array:
    """Return the images X (N, 784) made worse in one of WAYS, as numbers from 0 (paper) to 1 (ink).

    Raises:
        ValueError: there is no such way, or the strength is out of its range.
    """
    if way not in WAYS:
        raise ValueError(f"unknown way {way!r}, expected one of {list(WAYS)}")
    weakest, strongest = WAYS[way].strengths[0], WAYS[way].strengths[-1]
    if not weakest <= strength <= strongest:
        raise ValueError(f"the strength of {way!r} must be {weakest:g} to {strongest:g}, got {strength}")
    return WAYS[way].change(as_numbers(X), strength, rng)
