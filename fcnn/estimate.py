"""How long a run will take on this computer: two short measurements, and the numbers of operations that follow."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

import numpy as np

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec
from fcnn.optimizers import OPTIMIZERS

PASSES = 4  # over all parameters for an update without memory: the gradient written, scaled, read and applied
PASSES_A_SLOT = 4  # more for each array that the optimizer remembers
UPDATE_S = 60e-6  # of an update, whatever its size: Python and NumPy calls
PRODUCTS = 1.25  # activations, gathering of rows and evaluation, on top of the matrix products


class Speed(NamedTuple):
    """What one thread of this computer does in a second."""

    operations: float  # multiplications and additions in a matrix product
    passes: float  # numbers of a large array that are read, changed and written


@cache
def measure_speed() -> Speed:
    """Time a product and a pass of the size that training has, in about 20 ms, once a process."""
    a, W = np.ones((128, 784), np.float32), np.ones((784, 200), np.float32)
    return Speed(2 * 128 * W.size / _best_s(lambda: a @ W), W.size / _best_s(lambda: np.add(W, 1, out=W)))


def _best_s(work: Callable[[], object]) -> float:
    times = []
    for _ in range(10):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def seconds_for(spec: NetworkSpec, config: TrainConfig, n_train: int, speed: Speed) -> float:
    """Return the time of all epochs of a run that has one thread to itself, in seconds, within a factor of two."""
    weights = [n_in * n_out for n_in, n_out in pairwise(spec.sizes)]
    products = 2 * n_train * (3 * sum(weights) - weights[0])  # the first layer passes no gradient on
    n_updates = -(-n_train // (config.batch_size or n_train))
    passes = n_updates * spec.n_parameters * (PASSES + PASSES_A_SLOT * OPTIMIZERS[config.optimizer].n_slots)
    epoch_s = PRODUCTS * products / speed.operations + passes / speed.passes + n_updates * UPDATE_S
    return epoch_s * config.n_epochs
