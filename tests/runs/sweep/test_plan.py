"""What a series of runs is made of: every value with every seed, bounded, and refused with a sentence."""

import re
from math import log10

import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from fcnn.settings import SETTINGS
from fcnn.written import all_written, read_written
from runs.estimate import Speed
from runs.sweep.draws import Range
from runs.sweep.plan import MOST_EPOCHS, MOST_RUNS, TRIED, Axis, Plan, expand, how_long
from runs.sweep.ready import READY

BASE = Settings(mnist_spec((32,)), TrainConfig(n_epochs=3))
RATES = Axis("learning_rate", (0.01, 0.1, 1.0))
WIDTHS = Axis("hidden", ((8,), (16, 16)))
SPEED = Speed(operations=50e9, passes=2e9)


def test_every_value_is_tried_and_nothing_else_changes() -> None:
    settings = expand(Plan(BASE, (RATES,)))
    assert [each.config.learning_rate for each in settings] == [0.01, 0.1, 1.0]
    assert {each.changed(SETTINGS["learning_rate"], 0.1) for each in settings} == {BASE}


def test_two_settings_are_tried_in_every_combination() -> None:
    settings = expand(Plan(BASE, (RATES, WIDTHS)))
    pairs = [(each.config.learning_rate, each.spec.hidden) for each in settings]
    assert pairs == [(rate, widths) for rate in (0.01, 0.1, 1.0) for widths in ((8,), (16, 16))]


def test_all_values_come_with_the_first_seed_before_any_comes_with_the_second() -> None:
    settings = expand(Plan(BASE, (RATES,), seeds=(7, 8)))
    assert [each.config.seed for each in settings] == [7, 7, 7, 8, 8, 8]
    assert len({each.config.learning_rate for each in settings[:3]}) == 3


def test_without_seeds_that_of_the_base_is_used() -> None:
    base = BASE.changed(SETTINGS["seed"], 5)
    assert {each.config.seed for each in expand(Plan(base, (RATES,)))} == {5}


def test_runs_that_are_alike_are_made_once() -> None:
    assert len(expand(Plan(BASE, (Axis("momentum", (0.5, 0.5, 0.9)),), seeds=(1, 1)))) == 2


@pytest.mark.parametrize("name", TRIED)
def test_every_setting_that_can_be_tried_can_be_tried(name: str) -> None:
    row = SETTINGS[name]
    value = BASE.value(row)
    assert expand(Plan(BASE, (Axis(name, (value,)),))) == (BASE,)


def test_draws_lie_in_their_ranges_and_the_same_seed_draws_the_same() -> None:
    ranges = (Range("learning_rate", 0.0001, 1.0), Range("momentum", 0.5, 0.99), Range("hidden", 4, 256))
    settings = expand(Plan(BASE, ranges=ranges, n_draws=40, draw_seed=3))
    assert len(settings) == 40
    assert all(0.0001 <= each.config.learning_rate <= 1 for each in settings)
    assert all(0.5 <= each.config.momentum <= 0.99 for each in settings)
    assert all(4 <= each.spec.hidden[0] <= 256 for each in settings)
    assert settings == expand(Plan(BASE, ranges=ranges, n_draws=40, draw_seed=3))
    assert settings != expand(Plan(BASE, ranges=ranges, n_draws=40, draw_seed=4))


def test_rates_are_drawn_evenly_over_their_powers_of_ten() -> None:
    settings = expand(Plan(BASE, ranges=(Range("learning_rate", 1e-4, 1.0),), n_draws=64))
    powers = [log10(each.config.learning_rate) for each in settings]
    for power in (-4, -3, -2, -1):
        assert 6 <= sum(power <= each < power + 1 for each in powers) <= 28
    even = expand(Plan(BASE, ranges=(Range("dropout", 0.0, 0.8),), n_draws=64))
    assert 18 <= sum(each.config.dropout < 0.4 for each in even) <= 46


def test_what_was_drawn_is_said_in_full_by_the_words_of_an_address() -> None:
    ranges = (Range("learning_rate", 1e-5, 1.0), Range("l2", 1e-6, 0.1), Range("batch_size", 1, 5_000))
    for each in expand(Plan(BASE, ranges=ranges, n_draws=20)):
        words = all_written(each)
        assert read_written(words) == each
        assert len(words["learning_rate"]) <= 8


def tried(name: str, value: object) -> tuple[Settings, ...]:
    return expand(Plan(BASE, (Axis(name, (value,)),)))


NOTHING = "There is nothing to compare"
REFUSED = [
    (lambda: Plan(BASE), NOTHING),
    (lambda: Plan(BASE, seeds=(1, 1)), NOTHING),
    (lambda: Plan(BASE, (RATES,), seeds=tuple(range(22))), f"66 runs; one series has at most {MOST_RUNS}."),
    (lambda: Plan(BASE, (Axis("l2", (0.1,) * 10**4), Axis("noise", (0.1,) * 10**4))), "That would be 100,000,000"),
    (lambda: Plan(BASE, (RATES, RATES)), "Choose two different settings."),
    (lambda: Plan(BASE, (RATES, WIDTHS, Axis("l2", (0.1,)))), "Choose one or two settings to try."),
    (lambda: Plan(BASE, (RATES,), (Range("l2", 0.01, 0.1),), 3), "Choose values or random draws, not both."),
    (lambda: Plan(BASE, ranges=(Range("l2", 0.01, 0.1),)), "Random draws need a range and a number of draws."),
    (lambda: Plan(BASE, n_draws=4), "Random draws need a range and a number of draws."),
    (lambda: Axis("seed", (1, 2)), "Seed cannot be tried."),
    (lambda: Axis("<b>", (1, 2)), "<b> cannot be tried."),
    (lambda: Axis("l2", ()), "L2: there is no value to try."),
    (lambda: Range("optimizer", 0, 1), "Optimizer cannot be drawn at random: it is no number."),
    (lambda: Range("learning_rate", 0.1, 2_000), "Learning rate must be from 0 to 1,000, not 2000."),
    (lambda: Range("hidden", 1.5, 20), "Neurons must be a whole number from 1 to 1,024, not 1.5."),
    (lambda: Range("dropout", 0.5, 0.5), "Dropout: the lower end must be below the upper one."),
    (lambda: Range("l2", 0.0, 0.1), "L2 is drawn in factors: its lower end must be above 0."),
    (lambda: Range("momentum", float("nan"), 0.5), "Momentum must be from 0 to 0.9999, not nan."),
    (lambda: tried("batch_size", 0), "Batch size must be a whole number from 1 to 1,000,000, not 0."),
    (lambda: tried("hidden", (9, 2_000)), "Neurons cannot be 9 and 2000 here: each hidden layer"),
    (lambda: tried("optimizer", "newton"), "Optimizer cannot be newton here: unknown optimizer"),
    (lambda: tried("n_epochs", 2_000), f"each run has at most {MOST_EPOCHS:,} epochs."),
    (lambda: expand(Plan(BASE, (RATES,), seeds=(-1,))), "Seed must be a whole number from 0 to 4,294,967,295, not -1."),
]  # fmt: skip


@pytest.mark.parametrize(("make", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_what_cannot_be_is_refused_with_a_sentence(make: object, sentence: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        make()


def test_twice_the_runs_take_twice_as_long_and_half_of_it_two_at_once() -> None:
    once, twice = (expand(Plan(BASE, (RATES,), seeds=seeds)) for seeds in ((1,), (1, 2)))
    assert how_long(twice, SPEED) == pytest.approx(2 * how_long(once, SPEED))
    assert how_long(twice, SPEED, at_once=2) == pytest.approx(how_long(once, SPEED))
    fewer = [each.changed(SETTINGS["n_epochs"], 1) for each in once]
    assert how_long(fewer, SPEED) == pytest.approx(how_long(once, SPEED) / 3)


@pytest.mark.parametrize("name", READY)
def test_a_ready_made_series_takes_a_moment_of_a_lesson(name: str) -> None:
    settings = expand(READY[name].plan)
    assert 5 <= len(settings) <= 12
    assert how_long(settings, SPEED) < 60
