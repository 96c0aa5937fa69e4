"""A network between two updates: its parameters, what its optimizer remembers, and the way on from there."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from fcnn.config import TrainConfig
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.types import Layer, Params


@dataclass(frozen=True, eq=False)
class Standing:
    """A network between two updates, with all that the next one depends on."""

    params: Params
    memory: tuple[Params, ...]  # of the optimizer, as in LearnerState
    n_updates: int  # so far


def begin(params: Params, optimizer: str) -> Standing:
    """Return a network whose optimizer remembers nothing yet."""
    return Standing(params, tuple(_zeros_like(params) for _ in range(OPTIMIZERS[optimizer].n_slots)), 0)


def copy_of(standing: Standing) -> Standing:
    """Return one with arrays of its own."""
    return replace(standing, params=deepcopy(standing.params), memory=deepcopy(standing.memory))


def advance(own: Standing, gradients: Params, config: TrainConfig) -> Standing:
    """Make an update in place, in arrays that nobody else has, and return where that leads.

    Raises:
        ValueError: the memory is that of another optimizer.
    """
    step = Step(config.learning_rate, config.momentum, own.n_updates + 1)
    _apply(own.params, own.memory, _with_l2(gradients, own.params, config.l2), config.optimizer, step)
    return replace(own, n_updates=own.n_updates + 1)


@np.errstate(over="ignore", invalid="ignore")
def direction_from(before: Standing, gradients: Params, config: TrainConfig) -> Params:
    """Return which way an update with these gradients goes: a learning rate t leads to params - t x direction.

    For gradient descent it is the gradient, with L2's share; other optimizers go ways of their own.

    Raises:
        ValueError: the memory is that of another optimizer.
    """
    start, step = _zeros_like(before.params), Step(1.0, config.momentum, before.n_updates + 1)
    _apply(start, deepcopy(before.memory), _with_l2(gradients, before.params, config.l2), config.optimizer, step)
    return tuple(Layer(-W, -b) for W, b in start)


def _zeros_like(params: Params) -> Params:
    return tuple(Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in params)


def _with_l2(gradients: Params, params: Params, l2: float) -> Params:
    """Return new arrays, which an optimizer may use up."""
    pairs = zip(gradients, params, strict=True)
    return tuple(Layer(dW + l2 * W if l2 else dW.copy(), db.copy()) for (dW, db), (W, _) in pairs)


def _apply(params: Params, memory: Sequence[Params], gradients: Params, name: str, step: Step) -> None:
    optimizer = OPTIMIZERS[name]
    if len(memory) != optimizer.n_slots:
        raise ValueError(f"{name} remembers {optimizer.n_slots} arrays for each parameter, got {len(memory)}")
    for i, (layer, slopes) in enumerate(zip(params, gradients, strict=True)):
        for part, (p, g) in enumerate(zip(layer, slopes, strict=True)):
            optimizer.update(p, g, [slot[i][part] for slot in memory], step)
