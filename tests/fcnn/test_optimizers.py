"""The first two updates of each optimizer against numbers worked by hand."""

from typing import NamedTuple

import numpy as np
import pytest

from fcnn import OPTIMIZERS
from fcnn.optimizers import EPSILON, Step
from fcnn.types import Array

RATE, MOMENTUM = 0.1, 0.5
START = (1.0, -2.0)
GRADIENTS = ((0.5, -1.0), (0.2, 3.0))


class Worked(NamedTuple):
    """The two parameters after one update, and after two."""

    first: tuple[float, float]
    second: tuple[float, float]


WORKED = {
    # 1 - 0.1 x 0.5 and -2 + 0.1 x 1, then 0.95 - 0.1 x 0.2 and -1.9 - 0.1 x 3
    "gradient_descent": Worked((0.95, -1.9), (0.93, -2.2)),
    # v = (0.5, -1) moves as above; then v = 0.5 v + g = (0.45, 2.5): 0.95 - 0.045 and -1.9 - 0.25
    "momentum": Worked((0.95, -1.9), (0.905, -2.15)),
    # v = (0.5, -1), g + 0.5 v = (0.75, -1.5): 1 - 0.075 and -2 + 0.15
    # v = (0.45, 2.5), g + 0.5 v = (0.425, 4.25): 0.925 - 0.0425 and -1.85 - 0.425
    "nesterov": Worked((0.925, -1.85), (0.8825, -2.275)),
    # m = 0.5 g, over 1 - 0.5: g.  v = 0.001 g^2, over 1 - 0.999: g^2.  So g / |g|, a step of 0.1 each.
    # m = (0.125 + 0.1, -0.25 + 1.5) = (0.225, 1.25), over 1 - 0.5^2: (0.3, 1.666667)
    # v = (0.00024975 + 0.00004, 0.000999 + 0.009) = (0.00028975, 0.009999), over 1 - 0.999^2 = 0.001999:
    #     (0.144947, 5.002001), whose roots are (0.380720, 2.236515)
    # m / root = (0.787982, 0.745207): 0.9 - 0.0787982 and -1.9 - 0.0745207
    "adam": Worked((0.9, -1.9), (0.8212018, -1.9745207)),
}


def after_updates(name: str, gradients: tuple[tuple[float, ...], ...], dtype: type = np.float64) -> Array:
    p: Array = np.array(START, dtype)
    slots = tuple(np.zeros_like(p) for _ in range(OPTIMIZERS[name].n_slots))
    for number, gradient in enumerate(gradients, start=1):
        OPTIMIZERS[name].update(p, np.array(gradient, dtype), slots, Step(RATE, MOMENTUM, number))
    return p


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_has_a_case_worked_by_hand(name: str) -> None:
    assert name in WORKED


@pytest.mark.parametrize(("name", "worked"), WORKED.items(), ids=WORKED)
def test_the_first_update_is_the_one_worked_by_hand(name: str, worked: Worked) -> None:
    assert np.allclose(after_updates(name, GRADIENTS[:1]), worked.first, rtol=0, atol=1e-7)


@pytest.mark.parametrize(("name", "worked"), WORKED.items(), ids=WORKED)
def test_the_second_update_remembers_the_first(name: str, worked: Worked) -> None:
    assert np.allclose(after_updates(name, GRADIENTS), worked.second, rtol=0, atol=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_gradient_of_zero_moves_nothing(name: str) -> None:
    assert after_updates(name, ((0.0, 0.0), (0.0, 0.0))).tolist() == list(START)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_float32_gives_the_same_updates(name: str) -> None:
    assert np.allclose(after_updates(name, GRADIENTS, np.float32), WORKED[name].second, rtol=1e-6, atol=0)


def test_adam_goes_half_a_step_down_a_gradient_as_small_as_its_epsilon() -> None:
    # g / (sqrt(g^2) + eps) = 1e-8 / 2e-8
    assert EPSILON == 1e-8
    assert np.allclose(after_updates("adam", ((1e-8, -1e-8),)), (0.95, -1.95), rtol=0, atol=1e-7)
    # The same again: the corrected averages are still g and g^2.
    assert np.allclose(after_updates("adam", ((1e-8, -1e-8),) * 2), (0.9, -1.9), rtol=0, atol=1e-7)
