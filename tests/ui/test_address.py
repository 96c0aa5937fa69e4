"""Settings in the address bar."""

from dataclasses import replace

import pytest

from fcnn.augmentation import Augmentation
from fcnn.config import TrainConfig
from fcnn.initialization import Initialization
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from fcnn.ranges import RANGES
from ui.address import START, WORDS, Settings, read_settings, write_settings
from ui.words import exact

DIFFERENT = Settings(
    mnist_spec((100, 50), "tanh"),
    TrainConfig(
        learning_rate=0.037,
        n_epochs=33,
        batch_size=None,
        optimizer="nesterov",
        momentum=0.75,
        l2=1e-05,
        dropout=0.35,
        augmentation=Augmentation(1.5, 7, 0.11, 2.3, 5, 0.05),
        schedule="step",
        step_epochs=7,
        warmup_epochs=1.5,
        patience=4,
        restore_best=True,
        initialization=Initialization("normal", 0.123, 0.456),
        seed=42,
    ),
)


def test_a_link_brings_back_every_setting() -> None:
    assert read_settings(write_settings(DIFFERENT)) == (DIFFERENT, [])


@pytest.mark.parametrize("name", PRESETS)
def test_a_link_brings_back_every_preset(name: str) -> None:
    settings = Settings(PRESETS[name].spec, PRESETS[name].config)
    assert read_settings(write_settings(settings)) == (settings, [])


def test_the_settings_of_the_start_need_no_words() -> None:
    assert write_settings(Settings(START.spec, START.config)) == {}


def test_every_word_is_needed() -> None:
    words = write_settings(
        DIFFERENT._replace(config=replace(DIFFERENT.config, patience=0, restore_best=False, all_images=True))
    )
    words |= write_settings(DIFFERENT)
    assert set(words) == set(WORDS)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("rate", "fast"), ("rate", "-1"), ("rate", "nan"), ("rate", "1e99"), ("hidden", "64-"), ("hidden", "0"),
        ("hidden", "9999"), ("hidden", "1-1-1-1-1-1"), ("epochs", "0"), ("epochs", "1e3"), ("batch", "0"),
        ("batch", "half"), ("optimizer", "sgd"), ("activation", "<script>"), ("all", "maybe"), ("seed", "-1"),
        ("epochs", "1_000"), ("rate", "0_1"), ("epochs", "\u0663"), ("epochs", "\uff13"), ("rate", " 0.1"),
        ("rate", "+1"),
        ("rate", ".5"), ("rate", "1e400"), ("rate", "-0"), ("rate", ""), ("batch", ""), ("hidden", "6_4"),
        ("rate", "0." + "1" * 60), ("seed", "4294967296"), ("momentum", "0.99991"), ("dropout", "0.951"),
        ("warmup", "1001"), ("patience", "100001"), ("epochs", "100001"), ("step", "0"), ("width", "10.1"),
        ("dropout", "1.5"), ("epochs", "9" * 5000), ("rotate", "999"), ("blur", "0"), ("noise", "loud"),
    ],
)  # fmt: skip
def test_a_word_that_makes_no_sense_is_named_and_left_out(word: str, text: str) -> None:
    settings, not_understood = read_settings({"l2": "0.5"} | {word: text})
    assert not_understood == [word]
    assert settings == Settings(START.spec, replace(START.config, l2=0.5))


def test_words_of_others_are_ignored() -> None:
    assert read_settings({"utm_source": "mail"}) == (Settings(START.spec, START.config), [])


NUMBERS = {
    "rate": "learning_rate", "epochs": "n_epochs", "momentum": "momentum", "l2": "l2", "dropout": "dropout",
    "warmup": "warmup_epochs", "step": "step_epochs", "patience": "patience", "seed": "seed", "width": "weight_width",
    "bias": "bias_width", "shift": "shift_px", "rotate": "rotation_deg", "resize": "scale", "bend": "elastic_px",
    "blur": "elastic_blur_px", "noise": "noise", "batch": "batch_size", "hidden": "n_neurons",
}  # fmt: skip


def test_every_number_that_a_visitor_may_set_has_a_range() -> None:
    assert {*NUMBERS.values(), "n_hidden_layers"} == set(RANGES)


@pytest.mark.parametrize("word", NUMBERS)
@pytest.mark.parametrize("end", [0, 1])
def test_a_link_may_ask_for_the_ends_of_a_range_and_for_nothing_beyond(word: str, end: int) -> None:
    last = RANGES[NUMBERS[word]][end]
    beyond = last * 1.01 + 1 if end else last - 0.5
    settings, not_understood = read_settings({word: exact(last)})
    assert not_understood == []
    assert write_settings(settings).get(word, exact(last)) == exact(last)
    assert read_settings({word: exact(beyond)}) == (Settings(START.spec, START.config), [word])


@pytest.mark.parametrize("value", ["0.123456789", "1.2345678901e-05", "0.1000000001", "0.00012345678901234567", "1E-3"])
def test_a_number_in_a_link_is_kept_to_the_last_digit(value: str) -> None:
    settings, _ = read_settings({"rate": value})
    assert settings.config.learning_rate == float(value)
    assert float(write_settings(settings)["rate"]) == float(value)
