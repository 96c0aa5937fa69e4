"""What the Weights page says of a neuron: which digits make it fire, and which answers it then speaks for."""

import numpy as np
import pytest

from ui.weights.neuron_words import how_many, under_tile, what_it_does

FOR_9 = np.array([0.1, 0, 0, 0, 0, -0.2, -0.4, 0, 0, 0.3])
KINDS = [(2, 92), (8, 1)]


def plain(words: str) -> str:
    return words.replace("**", "").replace("\xa0", " ").replace("  \n", " ")


def test_a_tile_says_both_facts() -> None:
    assert plain(under_tile(3, KINDS, FOR_9)) == "#3: 2s \N{RIGHTWARDS ARROW} 9"
    assert plain(under_tile(3, KINDS, -np.ones(10))) == "#3: 2s \N{RIGHTWARDS ARROW} not 0"
    assert plain(under_tile(3, KINDS, np.zeros(10))) == "#3: 2s"
    assert plain(under_tile(3, [], FOR_9)) == "#3: silent"


def test_a_neuron_that_fires_for_one_digit_and_speaks_for_another_is_explained() -> None:
    words = plain(what_it_does(KINDS, FOR_9, deep=False))
    assert "It fires most for 2s: of the 93 test digits that excite it most, 92 are 2s and 1 is an 8." in words
    assert "It then speaks for 9 and against 6." in words
    assert "no contradiction" in words
    assert "roughly" in what_it_does(KINDS, FOR_9, deep=True)


def test_a_neuron_that_speaks_for_the_digit_that_makes_it_fire_needs_no_explanation() -> None:
    assert "contradiction" not in what_it_does([(9, 100)], FOR_9, deep=False)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (np.arange(1.0, 11), "for all digits, most for 9"),
        (-np.arange(1.0, 11), "against all digits, most against 9"),
        (np.zeros(10), "it has no say"),
        (FOR_9 * [1, 1, 1, 1, 1, 1, 9, 1, 1, 1], "for 9 and, more strongly, against 6"),
        (np.array([1e-3, -3e38] * 5, np.float32), "for 0 and, more strongly, against 1"),
        (np.full(10, np.nan), "beyond what a computer can hold"),
    ],
)
def test_what_it_speaks_for_is_true_of_all_weights(weights: np.ndarray, words: str) -> None:
    assert words in plain(what_it_does(KINDS, weights, deep=False))


def test_a_silent_neuron_has_no_say() -> None:
    assert "silent" in what_it_does([], FOR_9, deep=False)


def test_one_digit_is_not_called_many() -> None:
    assert how_many([(8, 1)]) == "a single test digit lifts it above 0, an 8."
