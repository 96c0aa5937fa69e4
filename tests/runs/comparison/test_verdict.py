"""What is said of two networks, and of two settings with several seeds."""

import numpy as np
import pytest

from runs.comparison.mcnemar import Pair
from runs.comparison.verdict import of_networks, of_seeds


def pair(n_a: int, n_b: int) -> Pair:
    return Pair(np.arange(n_a), np.arange(n_b), 10_000)


def test_a_difference_beyond_chance_is_called_one() -> None:
    verdict = of_networks(pair(34, 61))
    assert verdict.better == "b"
    assert verdict.words == (
        "B is better: it reads 61 digits that A misses, and misses 34 that A reads. "
        "Chance makes such a difference once in 140 times."
    )
    assert of_networks(pair(61, 34)).better == "a"


@pytest.mark.parametrize(
    ("n_a", "n_b", "chance"),
    [(40, 38, "almost every time"), (40, 34, "every second time"), (40, 55, "once in 7 times")],
)
def test_a_difference_that_chance_makes_is_noise(n_a: int, n_b: int, chance: str) -> None:
    verdict = of_networks(pair(n_a, n_b), "Run 1", "Run 2")
    assert verdict.better == ""
    assert verdict.words == (
        f"This is noise: Run 1 reads {n_a} digits that Run 2 misses, and misses {n_b} that Run 2 reads. "
        f"Chance makes such a difference {chance}."
    )


def test_the_border_is_once_in_twenty() -> None:
    assert 0.05 < pair(15, 27).p < 0.1
    assert of_networks(pair(15, 27)).better == ""
    assert 0.04 < pair(15, 29).p < 0.05
    assert of_networks(pair(15, 29)).better == "b"


def test_what_chance_hardly_ever_makes_has_no_number() -> None:
    assert of_networks(pair(10, 900)).words.endswith("less than once in a million times.")
    assert "1 digit that" in of_networks(pair(1, 0)).words


def test_the_same_answers_are_no_noise() -> None:
    assert of_networks(pair(0, 0)).words == "A and B read exactly the same digits."


def test_seeds_are_compared_by_their_spread() -> None:
    a, b = [0.970, 0.972, 0.971, 0.969, 0.973], [0.980, 0.981, 0.979, 0.982, 0.978]
    verdict = of_seeds(a, b, ("64 neurons", "128 neurons"))
    assert verdict.better == "b"
    assert verdict.words.startswith("128 neurons is better than 64 neurons by 0.90 points (5 seeds of each).")
    assert of_seeds(b, a).better == "a"
    noise = of_seeds(a, [x + 0.0005 for x in a])
    assert noise.better == ""
    assert noise.words.startswith("This is noise: the means are 0.05 points apart (5 seeds of each)")


def test_a_single_seed_is_judged_by_the_others_or_not_at_all() -> None:
    several = [0.970, 0.972, 0.971, 0.969, 0.973]
    assert of_seeds([0.9715], several).better == ""
    assert of_seeds(several, [0.99]).better == "b"
    alone = of_seeds([0.97], [0.99])
    assert (alone.better, alone.p) == ("", None)
    assert "Try more seeds" in alone.words
    assert of_seeds([], several).p is None
