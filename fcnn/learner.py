"""One network while it learns: the only arrays of fcnn that change in place."""

from dataclasses import replace
from math import inf, sqrt

import numpy as np

from fcnn.augmentation import augment
from fcnn.batches import Rows
from fcnn.config import TrainConfig
from fcnn.initialization import init_params
from fcnn.mnist import Inked
from fcnn.network import NetworkSpec, backward, forward
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Examples, Layer, Params

CACHE_BYTES = 2**19  # an update goes through large arrays in parts that fit in a processor's own cache
UPDATES_BETWEEN_CLEANING = 256
FADED = 1e-20  # what is left of a gradient that no longer matters beside any other


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
        self._first_W, self._blank_share = W, 1.0  # the share that L2 has left of the weights of blank pixels
        n_slots = OPTIMIZERS[config.optimizer].n_slots
        self._slots = [tuple(np.zeros_like(p) for _ in range(n_slots)) for p in _flat(self.params)]
        self._rows = inked.X[:0]  # where a batch is put together; it grows when a larger one comes

    def copy_params(self) -> Params:
        """Return the parameters of the whole network as they are now, never to change again."""
        W = self._first_W * self._blank_share
        W[self._inked.pixels] = self.params[0].W
        later = (Layer(layer.W.copy(), layer.b.copy()) for layer in self.params[1:])
        copy = (Layer(W, self.params[0].b.copy()), *later)
        for layer in copy:
            layer.W.flags.writeable = layer.b.flags.writeable = False
        return copy

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
            X = augment(as_numbers(X), config.augmentation, rng=self.rng)
        trace = forward(self._inked_spec, self.params, X, dropout=config.dropout, rng=self.rng)
        return backward(self._inked_spec, self.params, trace, self.examples.labels[rows])

    def _gather(self, rows: Rows) -> Pixels:
        if isinstance(rows, slice):
            return self._inked.X[rows]
        if len(rows) > len(self._rows):
            self._rows = np.empty((len(rows), self._inked.X.shape[1]), self._inked.X.dtype)
        # mode="clip" lets take() write straight into the buffer; no row is ever out of range.
        return np.take(self._inked.X, rows, axis=0, out=self._rows[: len(rows)], mode="clip")

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
        for p, g, slots in zip(_flat(self.params), _flat(gradients), self._slots, strict=True):
            for part in _parts(p.size, CACHE_BYTES // (p.itemsize * (2 + len(slots)))):
                change(p[part], g[part], tuple(slot[part] for slot in slots), step)
        if self.n_updates % UPDATES_BETWEEN_CLEANING == 0:
            self._forget_what_faded()

    def _forget_what_faded(self) -> None:
        """Set to zero what an optimizer remembers of gradients long gone.

        It would fade to numbers below 1e-38, with which processors are a hundred times slower: the weights of pixels
        that are rarely inked made Adam's updates take twice as long after a few epochs.
        """
        for slots in self._slots:
            for slot in slots:
                slot[np.abs(slot) < FADED] = 0


@np.errstate(over="ignore", invalid="ignore")
def add_weighted(total: Params, gradients: Params, weight: float) -> Params:
    """Add weight x gradients to the total, in place; an empty total stands for zero."""
    if not total and weight == 1:
        return gradients
    for g in _flat(gradients):
        g *= weight
    if not total:
        return gradients
    for t, g in zip(_flat(total), _flat(gradients), strict=True):
        t += g
    return total


def _parts(n: int, size: int) -> list[slice]:
    return [slice(start, start + size) for start in range(0, n, size)]


def _flat(params: Params) -> list[Array]:
    """Return views of all parameters, each array as one row of numbers."""
    return [array.reshape(-1) for layer in params for array in layer]


@np.errstate(over="ignore", invalid="ignore")
def norms(gradients: Params) -> tuple[float, ...]:
    """Return the length of each layer's gradient, weights and biases together."""
    return tuple(sqrt(float(np.vdot(g.W, g.W)) + float(np.vdot(g.b, g.b))) for g in gradients)
