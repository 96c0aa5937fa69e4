"""Values as they are typed: each is believed only if it is one, and there is a suggestion for every setting."""

import re

import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from fcnn.settings import SETTINGS
from runs.sweep.draws import Range
from runs.sweep.plan import MOST_RUNS, TRIED, Axis, Plan, expand
from runs.sweep.typed import MOST_LETTERS, suggested, suggested_ends, values_of

BASES = [Settings(preset.spec, preset.config) for preset in PRESETS.values()]
BASES += [Settings(mnist_spec(()), TrainConfig(batch_size=None)), Settings(mnist_spec((1024,) * 5), TrainConfig())]
NUMBERS = [name for name in TRIED if SETTINGS[name].kind in ("number", "whole", "widths")]


def values(name: str, text: str) -> tuple[object, ...]:
    return values_of(SETTINGS[name], text)


def test_values_are_parted_by_commas_and_come_once() -> None:
    assert values("learning_rate", "0.01, 0.03,0.1 , 1e-1,") == (0.01, 0.03, 0.1)
    assert values("hidden", "64, 128-32, none") == ((64,), (128, 32), ())
    assert values("batch_size", "32, full") == (32, None)
    assert values("restore_best", "no, yes") == (False, True)
    assert values("n_epochs", " , ") == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("learning_rate", "0.1, x", "Learning rate cannot be x: not a number."),
        ("n_epochs", "1_0", "Epochs cannot be 1_0: not a whole number."),
        ("learning_rate", "0.1," * MOST_LETTERS, f"one series has at most {MOST_RUNS} values"),
        ("n_epochs", "1," * (MOST_RUNS + 1), f"one series has at most {MOST_RUNS} values"),
        ("learning_rate", "1" * 500, "longer than the value of any setting"),
    ],
)
def test_what_is_no_value_is_refused_with_a_sentence(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        values(name, text)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", TRIED)
@pytest.mark.parametrize("base", BASES, ids=str)
def test_what_is_suggested_can_be_tried(name: str, base: Settings) -> None:
    if name in ("n_train", "patience", "restore_best"):
        base = base.changed(SETTINGS["all_images"], False)
    tried = values(name, suggested(SETTINGS[name], base))
    assert tried
    assert expand(Plan(base._replace(config=TrainConfig()), (Axis(name, tried),), seeds=(1, 2)))


def test_numbers_are_suggested_around_the_present_one() -> None:
    settings = Settings(mnist_spec((64, 32)), TrainConfig(learning_rate=0.1))
    assert suggested(SETTINGS["learning_rate"], settings) == "0.03, 0.1, 0.3"
    assert suggested(SETTINGS["hidden"], settings) == "32-16, 64-32, 128-64"


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("base", BASES, ids=str)
def test_suggested_ends_can_be_drawn_between(name: str, base: Settings) -> None:
    assert Range(name, *suggested_ends(SETTINGS[name], base))
