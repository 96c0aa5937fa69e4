"""A bad setting cannot exist, and the message names it; the learning rate follows its schedule."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from math import inf, nan
from typing import Any

import pytest

from fcnn import Initialization, TrainConfig
from fcnn.config import SCHEDULES, learning_rate_at
from fcnn.mnist import Mnist
from fcnn.settings import SETTINGS

OUT_OF_RANGE: dict[str, list[Any]] = {
    "learning_rate": [-0.1, 1001, nan, inf],
    "n_epochs": [0, 100_001],
    "batch_size": [0, -1],
    "momentum": [-0.1, 1, nan],
    "l2": [-0.1, 11, nan],
    "dropout": [-0.1, 0.96, 1, nan],
    "step_epochs": [0, 100_001],
    "warmup_epochs": [-1, 1001, nan],
    "patience": [-1, 100_001],
    "n_train": [99, 55_001],
    "seed": [-1, 2**32],
    "optimizer": ["adm"],
    "schedule": ["cosin"],
}
OUT_OF_RANGE_INITIALIZATION: dict[str, list[Any]] = {
    "weight_width": [-0.1, 11, nan, inf],
    "bias_width": [-0.1, 11, nan, inf],
    "scheme": ["hee"],
}
# The first and the last value that each may have.
ALLOWED: dict[str, list[Any]] = {
    "learning_rate": [0, 1000],
    "n_epochs": [1, 100_000],
    "batch_size": [1, 1_000_000, None],
    "momentum": [0, 0.9999],
    "l2": [0, 10],
    "dropout": [0, 0.95],
    "step_epochs": [1, 100_000],
    "warmup_epochs": [0, 0.5, 1000],
    "patience": [0, 100_000],
    "n_train": [100, 55_000, None],
    "seed": [0, 2**32 - 1],
    "schedule": list(SCHEDULES),
}
# What the message calls a field whose values are names.
WORDS = {"optimizer": "unknown optimizer", "schedule": "unknown schedule", "scheme": "unknown initialization"}


def pairs(table: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    return [(name, value) for name, values in table.items() for value in values]


def message(make: Callable[..., object], **settings: object) -> str:
    with pytest.raises(ValueError, match=r".") as refused:
        make(**settings)
    return str(refused.value)


@pytest.mark.parametrize(("name", "value"), pairs(OUT_OF_RANGE))
def test_a_setting_out_of_its_range_is_named_with_its_value(name: str, value: object) -> None:
    text = message(TrainConfig, **{name: value})
    assert text.startswith(WORDS.get(name, name))
    assert str(value) in text


@pytest.mark.parametrize(("name", "value"), pairs(OUT_OF_RANGE_INITIALIZATION))
def test_a_first_width_out_of_its_range_is_named_with_its_value(name: str, value: object) -> None:
    text = message(Initialization, **{name: value})
    assert text.startswith(WORDS.get(name, name))
    assert str(value) in text


@pytest.mark.parametrize(("name", "value"), pairs(ALLOWED))
def test_the_ends_of_a_range_are_allowed(name: str, value: object) -> None:
    settings: dict[str, Any] = {name: value}
    assert getattr(TrainConfig(**settings), name) == value


@pytest.mark.parametrize("name", ["weight_width", "bias_width"])
@pytest.mark.parametrize("width", [0, 10])
def test_the_ends_of_a_first_width_are_allowed(name: str, width: float) -> None:
    settings: dict[str, Any] = {name: width}
    assert getattr(Initialization(**settings), name) == width


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    assert "'adam'" in message(TrainConfig, optimizer="adm")
    assert "'cosine'" in message(TrainConfig, schedule="cosin")
    assert "'normal'" in message(Initialization, scheme="hee")


@pytest.mark.parametrize("needs_validation", [{"patience": 3}, {"restore_best": True}])
def test_what_needs_a_validation_set_cannot_be_had_with_all_images(needs_validation: dict[str, Any]) -> None:
    assert "all_images" in message(TrainConfig, all_images=True, **needs_validation)


def test_all_images_are_not_some_of_them() -> None:
    text = message(TrainConfig, all_images=True, n_train=1000)
    assert "all_images must be off to learn from 1,000" in text


def test_there_are_as_many_training_images_as_a_setting_may_ask_for(mnist: Mnist) -> None:
    assert SETTINGS["n_train"].range[1] == len(mnist.split().train.X)


@pytest.mark.parametrize(("settings", "name"), [(TrainConfig(), "n_epochs"), (Initialization(), "bias_width")])
def test_settings_cannot_be_changed_after_they_were_checked(settings: object, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(settings, name, -1)


def test_a_constant_rate_stays() -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=10)
    assert [learning_rate_at(config, done) for done in (0, 3.5, 10)] == [0.4, 0.4, 0.4]


def test_a_cosine_ends_at_zero() -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=12, schedule="cosine")
    # 0.2 (1 + cos(pi t)) at t = 0, 1/3, 1/2, 2/3, 1: the cosine is 1, 1/2, 0, -1/2, -1
    rates = [learning_rate_at(config, done) for done in (0, 4, 6, 8, 12)]
    assert rates == pytest.approx([0.4, 0.3, 0.2, 0.1, 0])


def test_a_cosine_that_is_over_stays_at_zero() -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=12, schedule="cosine")
    assert learning_rate_at(config, 15) == pytest.approx(0)


def test_steps_halve_the_rate() -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=10, schedule="step", step_epochs=3)
    rates = [learning_rate_at(config, done) for done in (0, 2.9, 3, 5.9, 6, 9)]
    assert rates == pytest.approx([0.4, 0.4, 0.2, 0.2, 0.1, 0.05])


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_warm_up_climbs_from_zero_to_the_rate(schedule: str) -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=10, schedule=schedule, warmup_epochs=2)
    rates = [learning_rate_at(config, done) for done in (0, 0.5, 1, 2)]
    assert rates == pytest.approx([0, 0.1, 0.2, 0.4])


def test_a_cosine_begins_after_the_warm_up() -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=14, schedule="cosine", warmup_epochs=2)
    assert [learning_rate_at(config, done) for done in (6, 8, 10, 14)] == pytest.approx([0.3, 0.2, 0.1, 0])


def test_a_warm_up_as_long_as_the_run_divides_by_nothing() -> None:
    config = TrainConfig(learning_rate=0.4, n_epochs=2, schedule="cosine", warmup_epochs=2)
    assert learning_rate_at(config, 1) == pytest.approx(0.2)
    assert learning_rate_at(config, 2) == pytest.approx(0.4)
