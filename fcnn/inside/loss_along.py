"""The loss along the way that an update goes: how far is too little, right, and too much?"""

from collections.abc import Sequence
from math import isfinite
from typing import Literal, NamedTuple

import numpy as np

from fcnn.config import TrainConfig
from fcnn.inside.one_update import OneUpdate, mean_loss
from fcnn.inside.standing import direction_from
from fcnn.network import NetworkSpec, forward
from fcnn.pixels import as_numbers
from fcnn.settings import RATES
from fcnn.types import Array, Examples, Layer, Params

Verdict = Literal["too small", "right", "too large", "level"]  # level: the loss falls nowhere on this way
ENOUGH = 0.5  # of what can be gained on this way: a step that gains as much is right


class LossAlong(NamedTuple):
    """The mean loss, in nats, at params - t x direction."""

    t: Array  # (n,) learning rates, rising
    losses: Array  # (n,) not finite where the numbers are too large for float32
    loss_before: float  # at t = 0
    step: float  # the t of the step that was made: its learning rate
    loss_after: float  # there
    verdict: Verdict


@np.errstate(over="ignore", invalid="ignore")
def losses_along(spec: NetworkSpec, params: Params, direction: Params, examples: Examples, t: Sequence[float]) -> Array:
    """Return the mean loss at params - t x direction for each t, of shape (n,)."""
    X = as_numbers(examples.X)
    places = (
        tuple(Layer(W - s * dW, b - s * db) for (W, b), (dW, db) in zip(params, direction, strict=True)) for s in t
    )
    return np.array([mean_loss(forward(spec, place, X), examples.labels) for place in places])


def look_along(
    spec: NetworkSpec, update: OneUpdate, examples: Examples, config: TrainConfig, t: Sequence[float] = RATES
) -> LossAlong:
    """Return the loss along the way of an update, at the learning rates that a visitor may choose, and judge its step.

    Another learning rate moves the step along the same curve.
    """
    direction = direction_from(update.before, update.gradients, config)
    losses = losses_along(spec, update.before.params, direction, examples, t)
    rates, step = np.array(t, dtype=np.float64), config.learning_rate
    verdict = judge(rates, losses, update.loss_before, step, update.loss_after)
    return LossAlong(rates, losses, update.loss_before, step, update.loss_after, verdict)


def judge(t: Array, losses: Array, loss_before: float, step: float, loss_after: float) -> Verdict:
    """Say of a step whether it gains most of what can be gained on its way, and if not, on which side it stands."""
    every_t, every_loss = np.append(t, step), np.nan_to_num(np.append(losses, loss_after), nan=np.inf)
    best = int(every_loss.argmin())
    most = loss_before - every_loss[best]
    if not isfinite(loss_after):
        return "too large"
    if not most > 0:
        return "level" if loss_after <= loss_before else "too large"
    if loss_before - loss_after >= ENOUGH * most:
        return "right"
    return "too small" if step < every_t[best] else "too large"
