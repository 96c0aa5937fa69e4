"""One network while it learns: the only arrays of fcnn that change in place."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import NamedTuple

import numpy as np

from fcnn.augmentation import augment
from fcnn.batches import Rows
from fcnn.config import TrainConfig
from fcnn.gradients import flat
from fcnn.initialization import init_params
from fcnn.mnist import Inked
from fcnn.network import NetworkSpec, backward, forward
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Examples, Layer, Params

CACHE_BYTES = 2**19  # an update goes through large arrays in parts that fit in a processor's own cache
UPDATES_BETWEEN_CLEANING = 256
FADED = 1e-20  # what is left of a gradient that no longer matters beside any other


class _Part(NamedTuple):
    """Some of the parameters, and what the optimizer remembers of them."""

    array: int  # which of the arrays of all layers, W before b, they belong to
    numbers: slice  # which of its numbers they are
    p: Array  # they themselves
    slots: tuple[Array, ...]


class _Batch:
    """Where up to n images are put together, as they are stored and as numbers."""

    def __init__(self, n: int, X: Pixels) -> None:
        self.pixels = np.empty((n, X.shape[1]), X.dtype)
        self.numbers = np.empty((n, X.shape[1]), np.float32)


class Learner:
    """Parameters, what the optimizer remembers of them, and the random numbers of one run.

    It works with the inked pixels alone where it may: the weights of blank ones have no gradient.
    """

    def __init__(self, spec: NetworkSpec, examples: Examples, config: TrainConfig, inked: Inked | None = None) -> None:
        if inked is None or config.augmentation.is_on:  # a digit that moves may leave ink anywhere
            inked = Inked(np.arange(spec.sizes[0]), examples.X)
        self.spec = spec
        self.examples = examples
        self.rng = np.random.default_rng(config.seed)
        self.optimizer = config.optimizer
        self.n_updates = 0
        self.best_loss = inf
        self._inked = inked
        self._inked_spec = replace(spec, sizes=(len(inked.pixels), *spec.sizes[1:]))
        (W, b), *later = init_params(spec, config.initialization, rng=self.rng)
        self.params: Params = (Layer(W[inked.pixels], b), *later)
        self._blank = np.setdiff1d(np.arange(spec.sizes[0]), inked.pixels)
        self._blank_W, self._blank_share = W[self._blank], 1.0  # the share that L2 has left of these weights
        self._parts = [part for i, p in enumerate(flat(self.params)) for part in _parts(i, p, self.optimizer)]
        self._batch = _Batch(0, inked.X)

    def copy_params(self) -> Params:
        """Return the parameters of the whole network as they are now, never to change again."""
        W = np.empty((self.spec.sizes[0], self.spec.sizes[1]), np.float32)
        W[self._inked.pixels], W[self._blank] = self.params[0].W, self._blank_W * self._blank_share
        later = (Layer(layer.W.copy(), layer.b.copy()) for layer in self.params[1:])
        copy = (Layer(W, self.params[0].b.copy()), *later)
        for layer in copy:
            layer.W.flags.writeable = layer.b.flags.writeable = False
        return copy

    def rest(self) -> None:
        """Let go of the memory that is needed between two updates only."""
        self._batch = _Batch(0, self._inked.X)

    def beats_best(self, loss: float) -> bool:
        """Return whether this loss is the lowest so far, and remember it if so."""
        improved = loss < self.best_loss
        self.best_loss = loss if improved else self.best_loss
        return improved

    @np.errstate(over="ignore", invalid="ignore")  # a network that explodes is noticed by its loss
    def gradients(self, rows: Rows, config: TrainConfig) -> Params:
        """Return the gradients of the mean loss over some examples, varied if so set; the caller owns them."""
        X = self._gather(rows)
        if config.augmentation.is_on:
            X = augment(X, config.augmentation, rng=self.rng)
        trace = forward(self._inked_spec, self.params, X, dropout=config.dropout, rng=self.rng)
        return backward(self._inked_spec, self.params, trace, self.examples.labels[rows])

    def _gather(self, rows: Rows) -> Array:
        n = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
        if n > len(self._batch.pixels):
            self._batch = _Batch(n, self._inked.X)
        if isinstance(rows, slice):
            pixels = self._inked.X[rows]
        else:
            # mode="clip" lets take() write straight into the buffer; no row is ever out of range.
            pixels = np.take(self._inked.X, rows, axis=0, out=self._batch.pixels[:n], mode="clip")
        return as_numbers(pixels, out=self._batch.numbers[:n])

    @np.errstate(over="ignore", invalid="ignore")
    def update(self, gradients: Params, config: TrainConfig, learning_rate: float) -> None:
        """Let the optimizer change the parameters; the gradients are used up."""
        self.n_updates += 1
        step = Step(learning_rate, config.momentum, self.n_updates)
        change = OPTIMIZERS[self.optimizer].update
        if config.l2 > 0:
            self._blank_share *= 1 - learning_rate * config.l2
            for layer, gradient in zip(self.params, gradients, strict=True):
                np.add(gradient.W, config.l2 * layer.W, out=gradient.W)
        arrays = flat(gradients)
        for part in self._parts:
            change(part.p, arrays[part.array][part.numbers], part.slots, step)
        if self.n_updates % UPDATES_BETWEEN_CLEANING == 0:
            self._forget_what_faded()

    def _forget_what_faded(self) -> None:
        """Set to zero what an optimizer remembers of gradients long gone.

        It would fade to numbers below 1e-38, with which processors are a hundred times slower: the weights of pixels
        that are rarely inked made Adam's updates take twice as long after a few epochs.
        """
        for part in self._parts:
            for slot in part.slots:
                slot[np.abs(slot) < FADED] = 0


def _parts(array: int, p: Array, optimizer: str) -> Iterator[_Part]:
    """Cut one of the arrays of parameters into parts that fit in the cache together with all that belongs to them."""
    n_slots = OPTIMIZERS[optimizer].n_slots
    size = CACHE_BYTES // (p.itemsize * (2 + n_slots))
    for start in range(0, p.size, size):
        part = p[start : start + size]
        yield _Part(array, slice(start, start + size), part, tuple(np.zeros_like(part) for _ in range(n_slots)))
