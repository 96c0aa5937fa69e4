"""Whether an image looks unlike any digit, so that an answer to it is not to be relied on.

A network must answer one of the ten, and can be very sure about a scribble. Two measures are added up, each in standard
deviations of MNIST's test digits: how far the nearest training digits are (neighbours.py), and how much of the image is
unlike every kind of digit (likeness.py). 'python -m benchmarks.drawings' says how many scribbles that finds, and how
many digits it doubts for nothing.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from drawings.likeness import DigitShapes, learn_looks, strangeness
from drawings.neighbours import Known, Nearest, find_nearest, learn_neighbours
from fcnn.network import NetworkSpec
from fcnn.pixels import Pixels
from fcnn.types import Array, Examples, Params

DISTANCE, DISTANCE_SPREAD = 0.0790, 0.0442  # mean and standard deviation for the 10,000 test digits
STRANGENESS, STRANGENESS_SPREAD = 2.506, 0.721
UNLIKE = 5.23  # the sum from which an image is unlike a digit: 85 in 10,000 test digits are


class Instruments(NamedTuple):
    """What is learned once from the training digits."""

    looks: DigitShapes
    known: Known


class Doubts(NamedTuple):
    """What is to be said of n images."""

    score: Array  # (n,)
    nearest: Nearest

    @property
    def unlike(self) -> npt.NDArray[np.bool_]:
        """Whether each is unlike any digit, of shape (n,)."""
        unlike: npt.NDArray[np.bool_] = self.score > UNLIKE
        return unlike


def learn(spec: NetworkSpec, params: Params, train: Examples) -> Instruments:
    """Learn what digits look like, to the eye and to the network that is the measure."""
    return Instruments(learn_looks(train), learn_neighbours(spec, params, train.X, train.labels))


def doubt(instruments: Instruments, X: Pixels) -> Doubts:
    """Measure each row of X (n, D)."""
    nearest = find_nearest(instruments.known, X)
    strange = (strangeness(instruments.looks, X) - STRANGENESS) / STRANGENESS_SPREAD
    return Doubts((nearest.distance - DISTANCE) / DISTANCE_SPREAD + strange, nearest)
