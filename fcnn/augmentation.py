"""Images that are different each time: shifted, turned, scaled, bent and speckled, so that none is learned by heart.

An image is drawn anew by asking, for each of its pixels, where in the old image its ink comes from. These places are a
sum of smooth patterns ('modes') with random weights, so that one matrix product finds them for a whole batch. Bending
is the elastic distortion of Simard, Steinkraus and Platt, 'Best practices for convolutional neural networks applied to
visual document analysis', 2003: every pixel moves at random, and a Gaussian blur makes neighbours move alike. A blur
leaves little but a few dozen slow patterns of such a field, so that only their weights have to be drawn.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fcnn.pixels import SIDE, as_images
from fcnn.settings import check_ranges
from fcnn.types import Array

IMAGES_AT_ONCE = 64  # so that their numbers fit in a processor's own cache
_MIDDLE = (SIDE - 1) / 2
_PADDED = SIDE + 2  # with one pixel of paper all around
_LAST = np.float32(SIDE + 1 - 1e-4)  # the last place in a padded image that has a neighbour to the right
_FAINT = 0.02  # patterns that the blur leaves weaker than this, beside the strongest, are left out


@dataclass(frozen=True)
class Augmentation:
    """How much images vary. Zeros leave them as they are.

    Raises:
        ValueError: a value is out of its range.
    """

    shift_px: float = 0.0  # most, in pixels, along each axis
    rotation_deg: float = 0.0  # most, in degrees, in either direction
    scale: float = 0.0  # most; 0.1: from 0.9 to 1.1 times as large
    elastic_px: float = 0.0  # how far pixels move along each axis, in pixels (root mean square)
    elastic_blur_px: float = 4.0  # how alike neighbours move: the standard deviation of the blur, in pixels
    noise: float = 0.0  # standard deviation of what is added to each pixel, where full ink is 1

    def __post_init__(self) -> None:
        check_ranges(self)

    @property
    def moves(self) -> bool:
        """Whether pixels move."""
        return max(self.shift_px, self.rotation_deg, self.scale, self.elastic_px) > 0

    @property
    def is_on(self) -> bool:
        """Whether images change at all."""
        return self.moves or self.noise > 0


NOTHING = Augmentation()


def augment(X: Array, augmentation: Augmentation, *, rng: np.random.Generator) -> Array:
    """Return new variants of the images X (N, 784), each pixel again from 0 (paper) to 1 (ink)."""
    new = X.copy()
    for start in range(0, len(X), IMAGES_AT_ONCE):
        images = new[start : start + IMAGES_AT_ONCE]
        if augmentation.moves:
            _draw_anew(images, _places(len(images), augmentation, rng))
        if augmentation.noise > 0:
            images += augmentation.noise * rng.standard_normal(images.shape, dtype=np.float32)
            np.clip(images, 0, 1, out=images)
    return new


def _places(n: int, augmentation: Augmentation, rng: np.random.Generator) -> Array:
    """Draw for n images where the ink of each pixel comes from: x, then y, of shape (2, n, 784)."""

    def up_to(most: float, *shape: int) -> Array:
        return rng.uniform(-most, most, shape)

    modes = _modes(augmentation.elastic_blur_px)
    weights = np.empty((2, n, len(modes)), np.float32)
    rng.standard_normal(out=weights, dtype=np.float32)
    weights *= augmentation.elastic_px
    angle = np.deg2rad(up_to(augmentation.rotation_deg, n))
    size = 1 + up_to(augmentation.scale, n)
    weights[:, :, 0] = _MIDDLE + 1 + up_to(augmentation.shift_px, 2, n)  # 1 for the margin of paper
    weights[0, :, 1] = weights[1, :, 2] = np.cos(angle) / size
    weights[0, :, 2] = np.sin(angle) / size
    weights[1, :, 1] = -weights[0, :, 2]
    places: Array = (weights.reshape(2 * n, -1) @ modes).reshape(2, n, -1)
    return places


@lru_cache(maxsize=16)  # a link may ask for any blur
def _modes(blur_px: float) -> Array:
    """Return the patterns of which places are sums, (number, 784): 1, x and y from the middle, and the elastic ones.

    Blurring is a symmetric matrix, and white noise is white in the directions of its eigenvectors as well: a blurred
    field is a sum of eigenvectors with independent random weights as large as their eigenvalues. They are scaled so
    that pixels move by 1 (root mean square) altogether.
    """
    i = np.arange(SIDE)
    strengths, waves = np.linalg.eigh(np.exp(-((i[:, None] - i) ** 2) / (2 * blur_px**2)))
    strength = np.outer(strengths, strengths).ravel()
    kept = strength > _FAINT * strength.max()
    elastic = np.kron(waves.T, waves.T)[kept] * strength[kept, None]
    elastic /= np.sqrt((elastic**2).sum(axis=0).mean())
    y, x = np.mgrid[:SIDE, :SIDE] - _MIDDLE
    modes: Array = np.vstack([np.ones(SIDE**2), x.ravel(), y.ravel(), elastic]).astype(np.float32)
    return modes


def _draw_anew(images: Array, places: Array) -> None:
    """Fill images (n, 784) with what they have at places (2, n, 784), a mean of the four nearest pixels each."""
    n = len(images)
    padded = np.zeros((n, _PADDED, _PADDED), images.dtype)
    padded[:, 1:-1, 1:-1] = as_images(images)
    np.clip(places, 0, _LAST, out=places)  # what lies beyond the margin is paper, as the margin is
    corners = np.floor(places)
    x, y = places - corners  # how far right of and below the corner, 0 to 1
    first = np.arange(0, n * _PADDED**2, _PADDED**2, dtype=np.float32)[:, None]
    index = (corners[1] * _PADDED + corners[0] + first).astype(np.intp)
    ink = padded.ravel()
    above = _between(ink.take(index, mode="clip"), ink[1:].take(index, mode="clip"), x)
    below = _between(ink[_PADDED:].take(index, mode="clip"), ink[_PADDED + 1 :].take(index, mode="clip"), x)
    images[:] = _between(above, below, y)


def _between(a: Array, b: Array, share: Array) -> Array:
    """Return a + share (b - a), in the memory of b."""
    b -= a
    b *= share
    b += a
    return b
