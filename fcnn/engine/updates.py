"""An optimizer at work on the parameters of one run: what it remembers of them, and its updates in place."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np

from fcnn.config import TrainConfig
from fcnn.engine.gradients import flat, padded
from fcnn.engine.subnormals import NEGLIGIBLE_MEMORY, flush_to_zero
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.types import Array, Params

CACHE_BYTES = 2**19  # an update goes through large arrays in parts that fit in a processor's own cache
UPDATES_BETWEEN_FLUSHES = 256
_NO_GRADIENT = np.empty(0, np.float32)


class _Part(NamedTuple):
    """Some of the parameters, and what the optimizer remembers of them."""

    array: int  # which array they belong to: those of all layers, W before b, then the weights of blank pixels
    numbers: slice  # which of its numbers they are
    p: Array  # they themselves
    slots: tuple[Array, ...]

    @property
    def is_of_weights(self) -> bool:
        """Whether L2 shrinks them; it leaves biases alone."""
        return self.array % 2 == 0


class Updater:
    """Changes the parameters that it was given, update by update.

    Args:
        params: those that gradients come for.
        blank_W: weights of pixels without ink. They have no gradient, and rest until L2 shrinks them.
        optimizer: a key of OPTIMIZERS.
    """

    def __init__(self, params: Params, blank_W: Array, optimizer: str) -> None:
        self._optimizer = OPTIMIZERS[optimizer]
        *inked, self._resting = (
            list(_parts(i, p, self._optimizer.n_slots)) for i, p in enumerate([*flat(params), blank_W.reshape(-1)])
        )
        self._parts = list(chain(*inked))
        self._n_updates = 0

    @np.errstate(over="ignore", invalid="ignore")  # a network that explodes is noticed by its loss
    def update(self, gradients: Params, config: TrainConfig, learning_rate: float) -> None:
        """Let the optimizer change the parameters; the gradients are used up."""
        self._n_updates += 1
        step = Step(learning_rate, config.momentum, self._n_updates)
        arrays = [*flat(gradients), _NO_GRADIENT]
        if config.l2 > 0:
            self._parts, self._resting = self._parts + self._resting, []
        for part in self._parts:
            p, g = part.p, arrays[part.array][part.numbers]
            if config.l2 > 0 or part.slots:  # else a gradient of zero changes nothing
                g = padded(g, len(p))
            if config.l2 > 0 and part.is_of_weights:
                g += config.l2 * p
            self._optimizer.update(p[: len(g)], g, part.slots, step)
        if self._n_updates % UPDATES_BETWEEN_FLUSHES == 0:
            for slot in self.remembered():
                flush_to_zero(slot, NEGLIGIBLE_MEMORY)

    def remembered(self) -> Iterator[Array]:
        """Yield the arrays in which the optimizer remembers past gradients."""
        for part in self._parts:
            yield from part.slots


def _parts(array: int, p: Array, n_slots: int) -> Iterator[_Part]:
    """Cut one of the arrays of parameters into parts that fit in the cache together with all that belongs to them."""
    size = CACHE_BYTES // (p.itemsize * (2 + n_slots))
    for start in range(0, p.size, size):
        part = p[start : start + size]
        yield _Part(array, slice(start, start + size), part, tuple(np.zeros_like(part) for _ in range(n_slots)))
