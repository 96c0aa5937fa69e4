"""An optimizer at work on the parameters of one run: what it remembers of them, and its updates in place."""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from fcnn.config import TrainConfig
from fcnn.engine.gradients import flat, padded
from fcnn.engine.subnormals import NEGLIGIBLE_MEMORY, flush_to_zero
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.types import Layer, Params

CACHE_BYTES = 2**19  # an update goes through large arrays in parts that fit in a processor's own cache
UPDATES_BETWEEN_FLUSHES = 256


class Updater:
    """Changes the parameters that it was given, update by update.

    The gradient of the first W may lack its last rows, those of pixels without ink. Their weights rest until a gradient
    reaches them, or L2, which shrinks all; from then on the optimizer has something to remember of them.
    """

    def __init__(self, params: Params, optimizer: str) -> None:
        self._optimizer = OPTIMIZERS[optimizer]
        self._params = flat(params)
        self.memory: tuple[Params, ...] = tuple(_zeros_like(params) for _ in range(self._optimizer.n_slots))
        self.n_updates = 0
        self._slots = [tuple(flat(slot)[i] for slot in self.memory) for i in range(len(self._params))]
        self._reach = 0  # how many of the first weights have had a gradient so far

    @np.errstate(over="ignore", invalid="ignore")  # a network that explodes is noticed by its loss
    def update(self, gradients: Params, config: TrainConfig, learning_rate: float) -> None:
        """Let the optimizer change the parameters; the gradients are used up."""
        self.n_updates += 1
        step = Step(learning_rate, config.momentum, self.n_updates)
        arrays = flat(gradients)
        self._reach = len(self._params[0]) if config.l2 > 0 else max(self._reach, len(arrays[0]))
        for i, (p, g, slots) in enumerate(zip(self._params, arrays, self._slots, strict=True)):
            is_weights = i % 2 == 0  # W stands before b in each layer; L2 leaves biases alone
            remembers = config.l2 > 0 or slots  # else a gradient of zero changes nothing
            for part in _parts(self._reach if i == 0 and remembers else len(g), p.itemsize * (2 + len(slots))):
                p_part = p[part]
                g_part = padded(g[part], len(p_part))
                if config.l2 > 0 and is_weights:
                    g_part += config.l2 * p_part
                self._optimizer.update(p_part, g_part, [slot[part] for slot in slots], step)
        if self.n_updates % UPDATES_BETWEEN_FLUSHES == 0:
            for slot in chain(*self._slots):
                flush_to_zero(slot, NEGLIGIBLE_MEMORY)

    def go_on_after(self, n_updates: int) -> None:
        """Take parameters and memory, as they are now, to be those after so many updates."""
        self.n_updates = n_updates
        # Weights of which nothing is remembered are as good as never reached.
        self._reach = max((int(slot.nonzero()[0][-1]) + 1 for slot in self._slots[0] if slot.any()), default=0)


def _zeros_like(params: Params) -> Params:
    return tuple(Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in params)


def _parts(n: int, bytes_each: int) -> Iterator[slice]:
    """Cut n numbers into parts that fit in the cache together with all that belongs to them."""
    size = CACHE_BYTES // bytes_each
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))
