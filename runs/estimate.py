"""How long a run will take on this computer: two short measurements, and the numbers of operations that follow."""

from collections.abc import Callable
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

import numpy as np

from fcnn.config import TrainConfig, updates_an_epoch
from fcnn.measuring import N_MEASURED
from fcnn.mnist import N_VALIDATION
from fcnn.network import NetworkSpec
from fcnn.optimizers import OPTIMIZERS

PASSES = 4  # over all parameters for an update without memory: the gradient written, scaled, read and applied
PASSES_A_SLOT = 4  # more for each array that the optimizer remembers
UPDATE_S = 100e-6  # of an update, whatever its size: Python and NumPy calls
VARIATION = 150  # passes over a pixel for varying it: places, four neighbours and their means
FETCHING = 4  # passes over a pixel on which the network is measured: from a byte to a number that is multiplied
PRODUCTS = 1.4  # activations and gathering of rows, on top of the matrix products


class Speed(NamedTuple):
    """What one thread of this computer does in a second."""

    operations: float  # multiplications and additions in a matrix product
    passes: float  # numbers of a large array that are read, changed and written


class Speedometer:
    """Measures the speed whenever it is asked, and believes the best measurement: the others were disturbed."""

    def __init__(self) -> None:
        self._a, self._W = np.ones((128, 784), np.float32), np.ones((784, 200), np.float32)
        self._product_s = self._pass_s = float("inf")

    def speed(self) -> Speed:
        """Return the speed of one thread, after a measurement of about 3 ms."""
        self._product_s = min(self._product_s, *_times_s(lambda: self._a @ self._W))
        self._pass_s = min(self._pass_s, *_times_s(lambda: np.add(self._W, 0, out=self._W)))
        return Speed(2 * len(self._a) * self._W.size / self._product_s, self._W.size / self._pass_s)


def _times_s(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(3):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return times


def seconds_for(spec: NetworkSpec, config: TrainConfig, n_train: int, speed: Speed) -> float:
    """Return the time of all epochs of a run that has one thread to itself, in seconds, within a factor of two."""
    weights = [n_in * n_out for n_in, n_out in pairwise(spec.sizes)]
    # Where the network learns from few images, measuring it takes most of the time.
    n_measured = min(n_train, N_MEASURED) + (0 if config.all_images else N_VALIDATION)
    products = 2 * n_train * (3 * sum(weights) - weights[0])  # the first layer passes no gradient on
    products += 2 * n_measured * sum(weights)
    n_updates = updates_an_epoch(config, n_train)
    passes = n_updates * spec.n_parameters * (PASSES + PASSES_A_SLOT * OPTIMIZERS[config.optimizer].n_slots)
    passes += FETCHING * n_measured * spec.sizes[0]
    passes += VARIATION * n_train * spec.sizes[0] * config.augmentation.is_on
    epoch_s = PRODUCTS * products / speed.operations + passes / speed.passes + n_updates * UPDATE_S
    return epoch_s * config.n_epochs
