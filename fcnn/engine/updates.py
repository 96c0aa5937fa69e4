"""An optimizer at work on the parameters of one run: what it remembers of them, and its updates in place."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np

from fcnn.config import TrainConfig
from fcnn.engine.gradients import flat, padded
from fcnn.engine.subnormals import NEGLIGIBLE_MEMORY, flush_to_zero
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.types import Array, Layer, Params

CACHE_BYTES = 2**19  # an update goes through large arrays in parts that fit in a processor's own cache
UPDATES_BETWEEN_FLUSHES = 256


class _Part(NamedTuple):
    """Some of the parameters, and what the optimizer remembers of them."""

    array: int  # which array they belong to: W and b of the first layer, then of the others
    numbers: slice  # which of its numbers they are
    p: Array  # they themselves
    slots: tuple[Array, ...]

    @property
    def is_of_weights(self) -> bool:
        """Whether L2 shrinks them; it leaves biases alone."""
        return self.array % 2 == 0


class Updater:
    """Changes the parameters that it was given, update by update.

    The gradient of the first W may lack its last rows, those of pixels without ink. Their weights rest until a gradient
    reaches them, or L2, which shrinks all; from then on the optimizer has something to remember of them.
    """

    def __init__(self, params: Params, optimizer: str) -> None:
        self._optimizer = OPTIMIZERS[optimizer]
        self._params = params
        self.memory: tuple[Params, ...] = tuple(_zeros_like(params) for _ in range(self._optimizer.n_slots))
        self.n_updates = 0
        self._reach = 0  # how many of the first weights have had a gradient so far
        self._parts = self._cut()

    @np.errstate(over="ignore", invalid="ignore")  # a network that explodes is noticed by its loss
    def update(self, gradients: Params, config: TrainConfig, learning_rate: float) -> None:
        """Let the optimizer change the parameters; the gradients are used up."""
        self.n_updates += 1
        step = Step(learning_rate, config.momentum, self.n_updates)
        arrays = flat(gradients)
        self._reach_at_least(self._params[0].W.size if config.l2 > 0 else arrays[0].size)
        for part in self._parts:
            p, g = part.p, arrays[part.array][part.numbers]
            if config.l2 > 0 or part.slots:  # else a gradient of zero changes nothing
                g = padded(g, len(p))
            if config.l2 > 0 and part.is_of_weights:
                g += config.l2 * p
            self._optimizer.update(p[: len(g)], g, part.slots, step)
        if self.n_updates % UPDATES_BETWEEN_FLUSHES == 0:
            for slot in chain(*(part.slots for part in self._parts)):
                flush_to_zero(slot, NEGLIGIBLE_MEMORY)

    def go_on_after(self, n_updates: int) -> None:
        """Take parameters and memory, as they are now, to be those after so many updates."""
        self.n_updates = n_updates
        for slot in self.memory:  # weights of which nothing is remembered are as good as never reached
            self._reach_at_least(int(slot[0].W.reshape(-1).nonzero()[0].max(initial=-1)) + 1)

    def _reach_at_least(self, reach: int) -> None:
        """From now on update so many of the first weights, or as many as before, if those were more."""
        if reach > self._reach:
            self._reach = reach
            self._parts = self._cut()

    def _cut(self) -> list[_Part]:
        return list(_parts(flat(self._params), [flat(slot) for slot in self.memory], self._reach))


def _zeros_like(params: Params) -> Params:
    return tuple(Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in params)


def _parts(params: list[Array], memory: list[list[Array]], reach: int) -> Iterator[_Part]:
    """Cut arrays, the first one only as far as updates reach, into parts that fit in the cache with all their slots."""
    for i, p in enumerate(params):
        size = CACHE_BYTES // (p.itemsize * (2 + len(memory)))
        n = p.size if i > 0 else reach
        for start in range(0, n, size):
            numbers = slice(start, min(start + size, n))
            yield _Part(i, numbers, p[numbers], tuple(slot[i][numbers] for slot in memory))
