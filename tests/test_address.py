"""Settings in the address bar."""

from dataclasses import replace

import pytest

from fcnn.augmentation import Augmentation
from fcnn.config import TrainConfig
from fcnn.initialization import Initialization
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from ui.address import START, WORDS, Settings, read_settings, write_settings

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
        ("dropout", "1.5"), ("epochs", "9" * 5000), ("rotate", "999"), ("blur", "0"), ("noise", "loud"),
    ],
)  # fmt: skip
def test_a_word_that_makes_no_sense_is_named_and_left_out(word: str, text: str) -> None:
    settings, not_understood = read_settings({word: text, "momentum": "0.5"})
    assert not_understood == [word]
    assert settings == Settings(START.spec, replace(START.config, momentum=0.5))


def test_words_of_others_are_ignored() -> None:
    assert read_settings({"utm_source": "mail"}) == (Settings(START.spec, START.config), [])
