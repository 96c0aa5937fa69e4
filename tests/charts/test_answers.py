"""Figures of answers: what they show, and that they say it exactly."""

import numpy as np
import pytest

from charts.answers import DASH, NBSP, per_digit_figure, per_digit_table, percent, probability_bars
from charts.palette import MARK, NEGATIVE, POSITIVE, TRAIN
from fcnn.inside.mistakes import accuracy_per_digit
from fcnn.metrics import PerDigit, confusion_matrix, per_digit


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.9815, 2, "98.15 %"),
        (0.98, 0, "98 %"),
        (0, 2, "0.00 %"),
        (1, 0, "100 %"),
        (1e-9, 2, "< 0.01 %"),
        (0.00005, 2, "0.01 %"),
        (1 - 1e-9, 2, "> 99.99 %"),
        (0.997, 0, "> 99 %"),
        (float("nan"), 2, DASH),
    ],
)
def test_percent_never_rounds_a_doubt_away(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals).replace(NBSP, " ") == text


P = np.array([0.02, 0, 0, 0, 0.1, 0, 0, 0, 0, 0.88])


def test_a_wrong_answer_and_the_truth_stand_out_in_words_and_colours() -> None:
    figure = probability_bars(P, answer=9, truth=4, height=250)
    bars, axis = figure["data"][0], figure["layout"]["yaxis"]
    assert list(bars["marker"]["color"]) == [MARK] * 4 + [NEGATIVE] + [MARK] * 4 + [POSITIVE]
    assert (axis["ticktext"][4], axis["ticktext"][9], axis["ticktext"][0]) == ("truth <b>4</b>", "answer <b>9</b>", "0")
    assert list(bars["y"]) == list(axis["tickvals"]) == [str(digit) for digit in range(10)]
    assert bars["text"][9].replace(NBSP, " ") == "88.00 %"
    assert bars["x"] == pytest.approx(100 * P)
    assert figure["layout"]["height"] == 250


def test_a_right_answer_is_one_bar() -> None:
    colours = probability_bars(P, answer=9, truth=9)["data"][0]["marker"]["color"]
    assert list(colours) == [MARK] * 9 + [TRAIN]


def test_without_a_truth_only_the_answer_stands_out_and_without_an_answer_nothing() -> None:
    figure = probability_bars(P, answer=9)
    assert list(figure["data"][0]["marker"]["color"]) == [MARK] * 9 + [TRAIN]
    assert "answer" not in "".join(figure["layout"]["yaxis"]["ticktext"])
    nothing = probability_bars(P, answer=None)
    assert list(nothing["data"][0]["marker"]["color"]) == [MARK] * 10
    assert list(nothing["layout"]["yaxis"]["ticktext"]) == [str(digit) for digit in range(10)]


def test_probabilities_that_are_no_numbers_are_dashes_without_a_bar() -> None:
    figure = probability_bars(np.full(10, np.nan), answer=None, truth=3)
    assert list(figure["data"][0]["text"]) == [DASH] * 10
    assert figure["data"][0]["x"].tolist() == [0] * 10


def test_a_digit_that_was_never_answered_has_a_dash_for_precision() -> None:
    confusion = confusion_matrix(np.array([0, 0, 1]), np.array([0, 0, 0]))
    table = per_digit_table(confusion, accuracy_per_digit(confusion), per_digit(confusion))
    assert [column[1].replace(NBSP, " ") for column in table.values()] == ["1", "1", "0.00 %", DASH, "66.67 %"]
    assert table["Recall"][5] == DASH  # and one that never occurs has none for recall
    assert {len(column) for column in table.values()} == {10}


def test_the_chart_of_each_digit_shows_three_figures_in_percent() -> None:
    half = np.full(10, 0.5)
    series = per_digit_figure(half, PerDigit(precision=half / 2, recall=half * 2))["data"]
    assert {line["name"]: line["y"][0] for line in series} == {"accuracy": 50, "precision": 25, "recall": 100}
