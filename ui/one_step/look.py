"""What is looked at: the next update of the copy, its way, and one weight in it; each computed once for each change."""

from collections.abc import Callable, Hashable
from math import isfinite
from typing import NamedTuple, TypeVar

import numpy as np

from fcnn.config import TrainConfig
from fcnn.inside.gradient_check import GradientCheck, check_gradient
from fcnn.inside.loss_along import LossAlong, judge, losses_along
from fcnn.inside.one_update import OneUpdate, update_once
from fcnn.inside.standing import Standing, direction_from
from fcnn.inside.written_update import Place, WrittenUpdate, write_out
from fcnn.network import NetworkSpec, predict
from fcnn.settings import RATES
from fcnn.types import Array, Params
from ui.digit_in_hand import digit_in_hand
from ui.network_shown import NetworkShown
from ui.one_step.choices import chosen_layer, chosen_neuron, chosen_row, config_of
from ui.one_step.cost import stride
from ui.one_step.lesson import Lesson
from ui.one_step.memory import OneStepMemory
from ui.one_step.the_copy import at_work
from ui.visit import Visit, remembered

T = TypeVar("T")


class Look(NamedTuple):
    """The next update of the copy, as it is made with what is chosen now."""

    spec: NetworkSpec
    loss: float  # of the copy
    said: Array  # (10,) probabilities of the digit in hand
    place: Place  # of the weight
    weights: Array  # (n_in,) of its neuron
    slopes: Array  # (n_in,) their gradients
    written: WrittenUpdate  # of the weight
    along: LossAlong | None  # None, as is the check, where the loss or a gradient is no number
    check: GradientCheck | None

    @property
    def sound(self) -> bool:
        """Whether it can be learned from."""
        return self.along is not None


def look(state: Visit, shown: NetworkShown, lesson: Lesson, standing: Standing) -> Look:
    """Look at the next update.

    Raises:
        BusyError: there is no memory for that just now.
    """
    memory, spec, config = remembered(OneStepMemory), shown.spec, config_of(state)
    digit = digit_in_hand(state)
    how = (memory.version, config.optimizer, config.momentum, config.l2)
    word = state.choices.copy()
    key = (*how, config.learning_rate, digit.chosen, *(word.get(name) for name in ("layer", "neuron", "weight")))

    def compute() -> Look:
        with at_work(memory, spec), np.errstate(over="ignore", invalid="ignore"):
            said = predict(spec, standing.params, digit.image[None])[0]
            update = update_once(spec, standing, lesson.examples, config)
            place = _place(state, spec, memory, update.gradients)
            sound = isfinite(update.loss_before) and _is_finite(update.gradients)
            along = _along(memory, spec, lesson, config, update, how) if sound else None
            check = _check(memory, spec, lesson, standing, place) if sound else None
            W, dW = standing.params[place.layer].W, update.gradients[place.layer].W
            column = place.column
            written = write_out(update, place, config)
            weights, slopes = W[:, column].copy(), dW[:, column].copy()
            return Look(spec, update.loss_before, said, place, weights, slopes, written, along, check)

    return _once(memory, "look", key, compute)


def _is_finite(params: Params) -> bool:
    return all(bool(np.isfinite(array).all()) for layer in params for array in layer)


def _along(
    memory: OneStepMemory, spec: NetworkSpec, lesson: Lesson, config: TrainConfig, update: OneUpdate, how: Hashable
) -> LossAlong:
    """Return the curve, which another learning rate leaves as it is, with the step on it."""
    rates = RATES[:: stride(spec, len(lesson.examples.labels), len(RATES))]

    def measure() -> Array:
        direction = direction_from(update.before, update.gradients, config)
        return losses_along(spec, update.before.params, direction, lesson.examples, rates)

    losses, t = _once(memory, "losses", how, measure), np.array(rates)
    step, before, after = config.learning_rate, update.loss_before, update.loss_after
    return LossAlong(t, losses, before, step, after, judge(t, losses, before, step, after))


def _check(memory: OneStepMemory, spec: NetworkSpec, lesson: Lesson, standing: Standing, place: Place) -> GradientCheck:
    key = memory.version, place
    return _once(memory, "check", key, lambda: check_gradient(spec, standing.params, lesson.examples, place))


def _place(state: Visit, spec: NetworkSpec, memory: OneStepMemory, gradients: Params) -> Place:
    """Return the weight that was chosen; as long as none was, the one with the steepest gradient of when it was asked.

    It stays the same while the copy changes.
    """
    layer = chosen_layer(state, spec)
    neuron, row = chosen_neuron(state, spec, layer), chosen_row(state, spec, layer)
    if (layer, neuron) not in memory.first_places:
        memory.first_places[layer, neuron] = _steepest(gradients[layer].W, layer, neuron)
    first = memory.first_places[layer, neuron]
    if row is None:
        return first
    return Place(layer, row if isinstance(row, int) else None, first.column)


def _steepest(dW: Array, layer: int, neuron: int | None) -> Place:
    sizes = np.abs(np.nan_to_num(dW if neuron is None else dW[:, [neuron]]))
    row, column = np.unravel_index(int(sizes.argmax()), sizes.shape)
    return Place(layer, int(row), int(column) if neuron is None else neuron)


def _once(memory: OneStepMemory, name: str, key: Hashable, compute: Callable[[], T]) -> T:
    """Return what was computed last under a name, if it was with this key."""
    was, result = memory.remembered.get(name, (None, None))
    if was != key:
        result = compute()
        memory.remembered[name] = key, result
    found: T = result
    return found
