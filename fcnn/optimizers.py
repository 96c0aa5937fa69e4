"""How a gradient becomes a step. One entry here appears in the app's menu, its formulas and its tests.

An update works in place, on arrays that the training loop owns: a fresh copy of the parameters for every batch would
cost about a third of the time of training. The gradient is the update's to use up.
"""

from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.types import Array

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8  # Kingma and Ba (2015), their suggested values; the momentum replaces beta 1


class Step(NamedTuple):
    """What an update needs to know beside the arrays."""

    learning_rate: float
    momentum: float
    number: int  # 1 for the first update of a run


# (parameter, gradient, memory of the optimizer for this parameter, step): the first three are changed in place.
Update = Callable[[Array, Array, Sequence[Array], Step], None]


class Optimizer(NamedTuple):
    """An update, how many arrays it remembers for each parameter, and where a good learning rate is to be expected."""

    title: str
    update: Update
    n_slots: int
    usual_learning_rate: float
    formula: str


def gradient_descent(p: Array, g: Array, _: Sequence[Array], step: Step) -> None:
    """Go down the gradient: p <- p - rate g."""
    g *= step.learning_rate
    p -= g


def momentum(p: Array, g: Array, slots: Sequence[Array], step: Step) -> None:
    """Roll down with speed v: v <- mu v + g, p <- p - rate v (Polyak, 1964)."""
    (v,) = slots
    v *= step.momentum
    v += g
    np.multiply(v, step.learning_rate, out=g)
    p -= g


def nesterov(p: Array, g: Array, slots: Sequence[Array], step: Step) -> None:
    """Look ahead while rolling: v <- mu v + g, p <- p - rate (g + mu v) (Nesterov, 1983; Sutskever et al., 2013)."""
    (v,) = slots
    v *= step.momentum
    v += g
    g += step.momentum * v
    g *= step.learning_rate
    p -= g


def adam(p: Array, g: Array, slots: Sequence[Array], step: Step) -> None:
    """Give each parameter a step size of its own: p <- p - rate m / (sqrt(v) + eps) (Kingma and Ba, 2015)."""
    # The slots hold sums rather than the averages of the paper: m / (1 - beta 1) and v / (1 - beta 2). The factors that
    # make averages of them are numbers, and wait for the end.
    m, v = slots
    m_factor, v_factor = adam_factors(step)
    m *= step.momentum
    m += g
    v *= BETA_2
    np.square(g, out=g)
    v += g
    np.sqrt(v, out=g)
    g += EPSILON / v_factor
    np.divide(m, g, out=g)
    g *= step.learning_rate * m_factor / v_factor
    p -= g


def adam_factors(step: Step) -> tuple[float, float]:
    """Return by what to multiply Adam's sum m, and the root of its sum v: averages that do not lean towards zero."""
    m_factor = (1 - step.momentum) / (1 - step.momentum**step.number)
    v_factor = sqrt((1 - BETA_2) / (1 - BETA_2**step.number))
    return m_factor, v_factor


OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        "gradient_descent": Optimizer("Gradient descent", gradient_descent, 0, 0.1, r"p \leftarrow p - \eta\,g"),
        "momentum": Optimizer("Momentum", momentum, 1, 0.02, r"v \leftarrow \mu v + g, \quad p \leftarrow p - \eta\,v"),
        "nesterov": Optimizer(
            "Nesterov", nesterov, 1, 0.02, r"v \leftarrow \mu v + g, \quad p \leftarrow p - \eta\,(g + \mu v)"
        ),
        "adam": Optimizer("Adam", adam, 2, 0.001, r"p \leftarrow p - \eta\,\hat m / (\sqrt{\hat v} + \varepsilon)"),
    }
)
