"""One network while it learns: the only arrays of fcnn that change in place."""

from collections.abc import Iterator
from math import inf, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.config import TrainConfig
from fcnn.initialization import init_params
from fcnn.network import NetworkSpec, backward, forward
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.types import Array, Examples, Layer, Params

ROWS_AT_ONCE = 1_024  # a larger batch is added up from pieces of so many rows; the sum is the same gradient
Rows = slice | npt.NDArray[np.intp]


class Piece(NamedTuple):
    """Some examples, few enough to be passed through the network at once."""

    rows: Rows
    n: int


class Batch(NamedTuple):
    """The examples of one update."""

    n: int
    pieces: list[Piece]  # of at most ROWS_AT_ONCE examples each


def batches(n: int, batch_size: int | None, *, rng: np.random.Generator) -> Iterator[Batch]:
    """Yield the batches of one epoch over n examples, shuffled anew, the last one shorter."""
    size = min(batch_size or n, n)
    # The order within a full batch does not matter, and slices of the images need no copying together.
    order = rng.permutation(n) if size < n else None
    for start in range(0, n, size):
        stop = min(start + size, n)
        yield Batch(
            stop - start, [_piece(order, i, min(i + ROWS_AT_ONCE, stop)) for i in range(start, stop, ROWS_AT_ONCE)]
        )


def _piece(order: npt.NDArray[np.intp] | None, start: int, stop: int) -> Piece:
    return Piece(slice(start, stop) if order is None else order[start:stop], stop - start)


class Learner:
    """Parameters, what the optimizer remembers of them, and the random numbers of one run."""

    def __init__(self, spec: NetworkSpec, examples: Examples, config: TrainConfig) -> None:
        self.spec = spec
        self.examples = examples
        self.rng = np.random.default_rng(config.seed)
        self.params = init_params(spec, config.initialization, rng=self.rng)
        self.optimizer = config.optimizer
        self.n_updates = 0
        self.best_loss = inf
        n_slots = OPTIMIZERS[config.optimizer].n_slots
        self._slots = [tuple(np.zeros_like(p) for _ in range(n_slots)) for p in _arrays(self.params)]
        self._rows = np.empty((ROWS_AT_ONCE, spec.sizes[0]), np.float32)

    def copy_params(self) -> Params:
        """Return the parameters as they are now, never to change again."""
        copy = tuple(Layer(layer.W.copy(), layer.b.copy()) for layer in self.params)
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
        """Return the gradients of the mean loss over some examples; the caller owns them."""
        X = self._gather(rows)
        trace = forward(self.spec, self.params, X, dropout=config.dropout, rng=self.rng)
        return backward(self.spec, self.params, trace, self.examples.labels[rows])

    def _gather(self, rows: Rows) -> Array:
        if isinstance(rows, slice):
            return self.examples.X[rows]
        # mode="clip" lets take() write straight into the buffer; no row is ever out of range.
        return np.take(self.examples.X, rows, axis=0, out=self._rows[: len(rows)], mode="clip")

    @np.errstate(over="ignore", invalid="ignore")
    def update(self, gradients: Params, config: TrainConfig, learning_rate: float) -> None:
        """Let the optimizer change the parameters; the gradients are used up."""
        self.n_updates += 1
        step = Step(learning_rate, config.momentum, self.n_updates)
        change = OPTIMIZERS[self.optimizer].update
        if config.l2 > 0:
            for layer, gradient in zip(self.params, gradients, strict=True):
                np.add(gradient.W, config.l2 * layer.W, out=gradient.W)
        for p, g, slots in zip(_arrays(self.params), _arrays(gradients), self._slots, strict=True):
            change(p, g, slots, step)


@np.errstate(over="ignore", invalid="ignore")
def add_weighted(total: Params, gradients: Params, weight: float) -> Params:
    """Add weight x gradients to the total, in place; an empty total stands for zero."""
    if not total and weight == 1:
        return gradients
    for g in _arrays(gradients):
        g *= weight
    if not total:
        return gradients
    for t, g in zip(_arrays(total), _arrays(gradients), strict=True):
        t += g
    return total


def _arrays(params: Params) -> list[Array]:
    return [array for layer in params for array in layer]


@np.errstate(over="ignore", invalid="ignore")
def norms(gradients: Params) -> tuple[float, ...]:
    """Return the length of each layer's gradient, weights and biases together."""
    return tuple(sqrt(float(np.vdot(g.W, g.W)) + float(np.vdot(g.b, g.b))) for g in gradients)
