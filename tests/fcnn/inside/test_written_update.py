"""The numbers of an update, put into the optimizer's formula by hand, give the weight that the update gave."""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest

from fcnn import OPTIMIZERS
from fcnn.inside.one_update import OneUpdate, update_once
from fcnn.inside.standing import begin
from fcnn.inside.written_update import TERMS, Place, WrittenUpdate, write_out
from tests.fcnn.inside.one_updates import BATCH, ONE, SPEC, settings, start

PLACES = (Place(0, 2, 1), Place(1, 3, 0), Place(0, None, 2), Place(1, None, 2))
# What the textbook's formula makes of the terms: by how much the parameter falls.
FORMULAS: dict[str, Callable[[dict[str, float]], float]] = {
    "gradient_descent": lambda t: t[r"\eta"] * t["g"],
    "momentum": lambda t: t[r"\eta"] * (t[r"\mu"] * t["v"] + t["g"]),
    "nesterov": lambda t: t[r"\eta"] * (t["g"] + t[r"\mu"] * (t[r"\mu"] * t["v"] + t["g"])),
    "adam": lambda t: t[r"\eta"] * t[r"\hat m"] / (sqrt(t[r"\hat v"]) + t[r"\varepsilon"]),
}
each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)


def second_update(optimizer: str, l2: float = 0.0) -> OneUpdate:
    """An update whose optimizer has something to remember."""
    config = settings(optimizer, l2=l2)
    return update_once(SPEC, update_once(SPEC, begin(start(), optimizer), BATCH, config).after, ONE, config)


def values(written: WrittenUpdate) -> dict[str, float]:
    return {term.symbol: term.value for term in written.terms}


@pytest.mark.parametrize("l2", [0.0, 0.1])
@pytest.mark.parametrize("place", PLACES)
@each_optimizer
def test_the_formula_with_these_numbers_gives_the_change(optimizer: str, place: Place, l2: float) -> None:
    update = second_update(optimizer, l2)
    written = write_out(update, place, settings(optimizer, l2=l2))
    assert written.change == pytest.approx(-FORMULAS[optimizer](values(written)), rel=1e-3, abs=1e-7)
    W, b = update.after.params[place.layer]
    assert written.after == float(b[place.column] if place.row is None else W[place.row, place.column])
    assert written.before + written.change == pytest.approx(written.after)


def test_every_optimizer_has_terms_and_a_formula_here() -> None:
    assert set(TERMS) == set(OPTIMIZERS) == set(FORMULAS)


def test_the_averages_of_adam_are_those_of_the_two_gradients() -> None:
    config, place = settings("adam"), Place(0, 2, 1)
    first = update_once(SPEC, begin(start(), "adam"), BATCH, config)
    second = update_once(SPEC, first.after, ONE, config)
    old, new = (float(update.gradients[0].W[2, 1]) for update in (first, second))
    terms = values(write_out(second, place, config))
    assert terms[r"\hat m"] == pytest.approx((0.8 * 0.2 * old + 0.2 * new) / (1 - 0.8**2), rel=1e-5)
    assert terms[r"\hat v"] == pytest.approx((0.999 * old**2 + new**2) * 0.001 / (1 - 0.999**2), rel=1e-4)


def test_l2_pulls_weights_and_leaves_biases_alone() -> None:
    update, config = second_update("gradient_descent", 0.1), settings("gradient_descent", l2=0.1)
    weight, bias = (values(write_out(update, place, config)) for place in (PLACES[0], PLACES[2]))
    before = float(update.before.params[0].W[2, 1])
    assert weight[r"\lambda W"] == pytest.approx(0.1 * before)
    assert weight["g"] == weight[r"\partial L / \partial W"] + weight[r"\lambda W"]
    assert r"\lambda W" not in bias


def test_a_place_that_is_not_there_is_refused() -> None:
    update = second_update("gradient_descent")
    with pytest.raises(IndexError):
        write_out(update, Place(0, 5, 0), settings("gradient_descent"))


@each_optimizer
def test_numbers_that_overflowed_are_shown_as_they_are(optimizer: str) -> None:
    W, b = start()[0]
    broken = (type(start()[0])(np.full_like(W, np.inf), b), start()[1])
    config = settings(optimizer)
    written = write_out(update_once(SPEC, begin(broken, optimizer), ONE, config), PLACES[0], config)
    assert not np.isfinite(written.after)
