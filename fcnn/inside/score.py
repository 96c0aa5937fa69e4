"""How far one digit is ahead of another, z_said - z_other, and how that follows every value on the way.

Two digits are compared by their z and not by their probabilities: what both have in common, softmax takes away, and
e^(z_said - z_other) is how many times as probable the one is as the other.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.network import N_CLASSES, NetworkSpec, Trace
from fcnn.types import Array, Params


class Pair(NamedTuple):
    """Two digits, of which the first is asked about: why this, and not that?"""

    said: int
    other: int

    def direction(self, like: Array) -> Array:
        """Return d(z_said - z_other)/dz, of shape (K,), in the precision of an array.

        Raises:
            ValueError: the two are the same, or one is no digit.
        """
        if self.said == self.other or not all(0 <= digit < N_CLASSES for digit in self):
            raise ValueError(
                f"two different digits from 0 to {N_CLASSES - 1} are compared, got {self.said}, {self.other}"
            )
        direction = np.zeros(N_CLASSES, like.dtype)
        direction[self.said], direction[self.other] = 1, -1
        return direction

    def ahead(self, z: Array) -> Array:
        """Return z_said - z_other for each row of scores (N, K), of shape (N,)."""
        difference: Array = z[:, self.said] - z[:, self.other]
        return difference


def gradients(spec: NetworkSpec, params: Params, trace: Trace, direction: Array) -> Iterator[Array]:
    """Yield the derivatives of z @ direction by the activations, from a[L - 1] down to the image a[0], (N, n) each.

    L counts the layers, z is that of the last one, direction (K,) says what is asked of it. It is the backward pass,
    but of a score instead of the loss; whoever needs the upper layers alone stops asking before it reaches the image.
    """
    df = ACTIVATIONS[spec.activation].df
    delta = np.broadcast_to(direction, trace.z[-1].shape)  # d score / dz of the layer above
    for i in reversed(range(len(params))):
        gradient = delta @ params[i].W.T
        yield gradient
        if i > 0:
            delta = gradient * df(trace.z[i - 1])
