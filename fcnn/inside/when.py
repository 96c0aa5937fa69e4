"""When did it learn this? What a network said to one image at every moment that was kept of its training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fcnn.network import N_CLASSES, NetworkSpec, predict
from fcnn.pixels import Pixels
from fcnn.types import Array, Labels, Params


@dataclass(frozen=True, eq=False)
class Course:
    """What E epochs of a run, rising, say to one image."""

    numbers: tuple[float, ...]  # of the epochs; those inside of an epoch are no whole numbers
    probabilities: Array  # (E, K); nan where the network had exploded

    @property
    def answers(self) -> Labels:
        """The digit that each epoch answers, of shape (E,); -1 where the network had exploded."""
        answered: Labels = np.where(np.isfinite(self.probabilities).all(axis=1), self.probabilities.argmax(axis=1), -1)
        return answered

    def of(self, digit: int) -> Array:
        """Return the probability of a digit at each epoch, of shape (E,)."""
        return self.probabilities[:, digit]

    @property
    def confidences(self) -> Array:
        """The probability of what each epoch answers, whichever digit that was, of shape (E,)."""
        largest: Array = self.probabilities.max(axis=1, initial=0)
        return largest

    def first_with(self, digit: int) -> float | None:
        """Return the number of the first epoch that answers this digit; None, if none does."""
        return next((self.numbers[i] for i in self._with(digit)), None)

    def last_with(self, digit: int) -> float | None:
        """Return the number of the last epoch that answers this digit; None, if none does."""
        return next((self.numbers[i] for i in self._with(digit)[::-1]), None)

    def _with(self, digit: int) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self.answers == digit)


def follow(spec: NetworkSpec, epochs: Sequence[tuple[float, Params]], x: Pixels) -> Course:
    """Ask each epoch of a run, given by number and network, about an image x (D,).

    Raises:
        ValueError: the image has not as many pixels as the network inputs.
    """
    rows = [predict(spec, params, x[None])[0] for _, params in epochs]
    return Course(tuple(number for number, _ in epochs), np.stack(rows) if rows else np.empty((0, N_CLASSES)))
