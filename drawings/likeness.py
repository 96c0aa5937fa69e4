"""How much an image looks like any digit at all, to an eye that compares pixels.

The digits of one kind vary in a few directions only (we take the 50 widest, by principal components), and what an image
has beside the directions of its nearest kind is strange to digits. A plus or an H, made of strokes as digits are, is
not; so doubt.py asks a network, too.
"""

from typing import NamedTuple

import numpy as np

from fcnn.network import N_CLASSES
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Examples

N_DIRECTIONS = 50
N_EXAMPLES = 4_000  # with 20,000, hardly more scribbles are found


class DigitShapes(NamedTuple):
    """What digits of each kind look like."""

    means: Array  # (K, D)
    directions: Array  # (K, D, N_DIRECTIONS): unit vectors, at right angles to each other


def learn_looks(examples: Examples) -> DigitShapes:
    """Learn from the first N_EXAMPLES what digits look like."""
    X, labels = as_numbers(examples.X[:N_EXAMPLES]), examples.labels[:N_EXAMPLES]
    kinds = [X[labels == digit] for digit in range(N_CLASSES)]
    return DigitShapes(np.stack([kind.mean(axis=0) for kind in kinds]), np.stack([_widest(kind) for kind in kinds]))


def strangeness(looks: DigitShapes, X: Pixels) -> Array:
    """Return, for each row of X of shape (N, D), the length of the part that is not like its nearest kind of digit."""
    offsets = as_numbers(X) - looks.means[:, None, :]  # (K, N, D)
    explained = offsets @ looks.directions  # (K, N, N_DIRECTIONS)
    squared = (offsets**2).sum(axis=2) - (explained**2).sum(axis=2)
    strange: Array = np.sqrt(squared.min(axis=0).clip(0))
    return strange


def _widest(kind: Array) -> Array:
    """Return the directions in which these images differ most, of shape (D, N_DIRECTIONS)."""
    offsets = kind - kind.mean(axis=0)
    # The small matrix of products of images has the same components as the large one of products of pixels.
    variances, weights = np.linalg.eigh(offsets @ offsets.T)
    widest: Array = offsets.T @ weights[:, -N_DIRECTIONS:] / np.sqrt(variances[-N_DIRECTIONS:])
    return widest
