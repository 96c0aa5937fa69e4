"""Settings as words by their names, and back."""

import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from fcnn.written import all_written, read_written


@pytest.mark.parametrize("name", PRESETS)
def test_all_settings_of_a_preset_come_back(name: str) -> None:
    settings = Settings(PRESETS[name].spec, PRESETS[name].config)
    assert read_written(all_written(settings)) == settings


def test_what_is_not_named_stays() -> None:
    base = Settings(mnist_spec(()), TrainConfig(batch_size=None, seed=7))
    assert read_written({"hidden": "32-16", "learning_rate": "0.25"}, base) == Settings(
        mnist_spec((32, 16)), TrainConfig(batch_size=None, seed=7, learning_rate=0.25)
    )


@pytest.mark.parametrize("words", [{"speed": "1"}, {"n_hidden_layers": "2"}, {"n_epochs": "0"}, {"all_images": "on"}])
def test_a_name_or_word_that_makes_no_sense_is_named(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(words))):
        read_written(words)


@pytest.mark.parametrize(
    "words",
    [
        {"n_train": "500", "all_images": "no"},
        {"all_images": "no", "n_train": "500"},
        {"n_train": "500", "patience": "2"},
    ],
)
def test_the_order_of_words_that_rule_each_other_out_makes_no_difference(words: dict[str, str]) -> None:
    record = Settings(PRESETS["record"].spec, PRESETS["record"].config)
    few = read_written(words | {"all_images": "no"}, record)
    assert (few.config.n_train, few.config.all_images) == (500, False)
    back = read_written({"all_images": "yes", "n_train": "all", "patience": "0"}, few)
    assert back == record
