"""The figures of the Weights page."""

import numpy as np
import pytest

from charts.palette import NEGATIVE, POSITIVE
from charts.weights import outgoing_bars, short


def test_bars_have_the_colour_of_their_sign() -> None:
    bars = outgoing_bars(np.array([1.0, -2] * 5), limit=3)["data"][0]
    assert list(bars["x"]) == list("0123456789")
    assert list(bars["y"]) == [1, -2] * 5
    assert list(bars["marker"]["color"]) == [POSITIVE, NEGATIVE] * 5


def test_the_axis_keeps_its_range_while_the_weights_stay_within_the_limit() -> None:
    ranges = [outgoing_bars(np.full(10, size), limit=3.0)["layout"]["yaxis"]["range"] for size in (0.1, 3.0)]
    assert ranges[0] == ranges[1] == pytest.approx([-3.3, 3.3])


@pytest.mark.parametrize("weight", [np.nan, np.inf, 0.0])
def test_weights_without_a_size_leave_an_axis(weight: float) -> None:
    assert outgoing_bars(np.full(10, weight), limit=0)["layout"]["yaxis"]["range"] == (-1, 1)


def test_a_weight_beyond_the_limit_is_not_cut_off() -> None:
    assert outgoing_bars(np.array([5.0] + [np.nan] * 9), limit=1)["layout"]["yaxis"]["range"][1] > 5


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.01234, "0.0123"), (-4.2, "-4.2"), (1234.5, "1,234"), (-1e6, "-1,000,000"), (1e30, "1e+30")],
)
def test_numbers_are_short(value: float, words: str) -> None:
    assert short(value) == words


def test_no_number_is_named_as_such() -> None:
    assert (short(np.nan), short(np.inf)) == ("nan", "inf")
