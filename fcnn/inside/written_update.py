"""The update of one weight, written out: the numbers that stand for the letters of the optimizer's formula.

They are read from an update that was made: nothing of an optimizer is computed here a second time, but for the averages
of Adam, which keeps sums, by the factors of fcnn/optimizers.py.
"""

from collections.abc import Callable, Mapping
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

from fcnn.config import TrainConfig
from fcnn.inside.one_update import OneUpdate
from fcnn.optimizers import EPSILON, Step, adam_factors
from fcnn.types import Params


class Place(NamedTuple):
    """Which parameter is meant: a weight W[row, column] of a layer, or a bias b[column]."""

    layer: int  # from 0
    row: int | None  # which of its inputs the weight belongs to; None: the bias
    column: int  # which of its neurons


class Term(NamedTuple):
    """One number of an update."""

    symbol: str  # in LaTeX, as in the optimizer's formula
    words: str
    value: float


class WrittenUpdate(NamedTuple):
    """What an update made of one parameter: after = before + change."""

    terms: tuple[Term, ...]
    before: float
    change: float
    after: float


class _Seen(NamedTuple):
    """One parameter's part of an update."""

    g: float
    slots_before: tuple[float, ...]
    slots_after: tuple[float, ...]
    step: Step


def _gradient_descent(seen: _Seen) -> tuple[Term, ...]:
    return (_rate(seen),)


def _momentum(seen: _Seen) -> tuple[Term, ...]:
    return *_speed(seen), _rate(seen)


def _nesterov(seen: _Seen) -> tuple[Term, ...]:
    ahead = seen.g + seen.step.momentum * seen.slots_after[0]
    return *_speed(seen), Term(r"g + \mu v", "gradient and speed together", ahead), _rate(seen)


def _speed(seen: _Seen) -> tuple[Term, ...]:
    return (
        Term(r"\mu", "momentum", seen.step.momentum),
        Term(r"v", "speed before", seen.slots_before[0]),
        Term(r"\mu v + g", "speed after", seen.slots_after[0]),
    )


def _adam(seen: _Seen) -> tuple[Term, ...]:
    m_factor, v_factor = adam_factors(seen.step)
    m, v = seen.slots_after
    root = v_factor * sqrt(v)
    return (
        Term(r"\hat m", "average of the gradients", m_factor * m),
        Term(r"\hat v", "average of their squares", root**2),
        Term(r"\sqrt{\hat v}", "typical size of the gradient", root),
        Term(r"\varepsilon", "keeps the division from failing", EPSILON),
        _rate(seen),
    )


def _rate(seen: _Seen) -> Term:
    return Term(r"\eta", "learning rate", seen.step.learning_rate)


TERMS: Mapping[str, Callable[[_Seen], tuple[Term, ...]]] = MappingProxyType(
    {"gradient_descent": _gradient_descent, "momentum": _momentum, "nesterov": _nesterov, "adam": _adam}
)


def write_out(update: OneUpdate, place: Place, config: TrainConfig) -> WrittenUpdate:
    """Return the numbers of one parameter in an update that was made with these settings.

    Raises:
        IndexError: the network has no such parameter.
    """
    gradient, pull = at(update.gradients, place), 0.0
    before, after = at(update.before.params, place), at(update.after.params, place)
    terms = [Term("g", "gradient", gradient)]
    if config.l2 > 0 and place.row is not None:
        pull = config.l2 * before
        terms = [
            Term(r"\partial L / \partial W", "gradient of the loss", gradient),
            Term(r"\lambda W", "pull of L2", pull),
            Term("g", "both together", gradient + pull),
        ]
    slots_before, slots_after = (
        tuple(at(slot, place) for slot in standing.memory) for standing in (update.before, update.after)
    )
    step = Step(config.learning_rate, config.momentum, update.after.n_updates)
    seen = _Seen(gradient + pull, slots_before, slots_after, step)
    return WrittenUpdate((*terms, *TERMS[config.optimizer](seen)), before, after - before, after)


def at(params: Params, place: Place) -> float:
    """Return one parameter, or the gradient of it.

    Raises:
        IndexError: there is no such one.
    """
    W, b = params[place.layer]
    return float(b[place.column] if place.row is None else W[place.row, place.column])
