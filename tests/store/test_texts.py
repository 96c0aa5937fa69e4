"""Settings, figures and epochs as text come back as they were."""

from dataclasses import replace
from math import inf, nan

import pytest

from fcnn import Augmentation, Epoch, Figures, Initialization, TrainConfig, mnist_spec
from fcnn.config import Settings
from fcnn.written import all_written, read_written
from runs.records import Change, EpochRecord
from store import texts

CONFIGS = {
    "usual": TrainConfig(),
    "exact": TrainConfig(0.1 + 0.2, 7, None, l2=1 / 3, dropout=0.35, warmup_epochs=2.5, schedule="cosine"),
    "varied": TrainConfig(augmentation=Augmentation(shift_px=1.5, rotation_deg=10, elastic_px=0.7, noise=0.03)),
    "all images": TrainConfig(all_images=True, optimizer="adam", seed=2**32 - 1),
    "first weights": replace(TrainConfig(patience=3, restore_best=True), initialization=Initialization("he", 0.3, 0.1)),
}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("hidden", [(), (1024, 3)], ids=str)
def test_settings_come_back(config: TrainConfig, hidden: tuple[int, ...]) -> None:
    settings = Settings(mnist_spec(hidden, "sigmoid"), config)
    assert texts.read_settings(texts.settings_text(settings)) == settings == read_written(all_written(settings))


def test_a_setting_that_is_new_since_has_its_usual_value() -> None:
    text = texts.settings_text(Settings(mnist_spec((5,)), TrainConfig(l2=0.5)))
    assert texts.read_settings(text.replace('"l2": "0.5", ', "")) == Settings(mnist_spec((5,)), TrainConfig())


@pytest.mark.parametrize("text", ['{"hidden": "5", "activation": "relu", "colour": "1"}', "{}", "?", '{"hidden": 5}'])
def test_settings_of_another_program_are_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        texts.read_settings(text)


def test_records_and_changes_come_back_to_the_bit() -> None:
    records = (
        EpochRecord(0, Figures(2.3, 0.1), None, 0.0, (), 0.1 + 0.2, 0, 5_000),
        EpochRecord(0.0465, Figures(inf, 1 / 3), Figures(-inf, 0.0), 1e-300, (inf, 0.1), 2.0, 20, 1_000),
    )
    assert texts.read_records(map(texts.line, records)) == texts.read_list(texts.line(records)) == records
    changes = (Change(0.5, "l2", 0.0, 1e-05, 77.7),)
    assert texts.read_changes(map(texts.line, changes)) == changes
    (record,) = texts.read_records([texts.line(records[0]._replace(train=Figures(nan, 0.1)))])
    assert record.train.loss != record.train.loss


def test_an_epoch_comes_back_with_its_kind_of_number() -> None:
    epoch = Epoch(3, (), Figures(0.1, 0.9), Figures(0.2, 0.8), 2, 0.15, 0.01, (0.1, 0.2), 12, 200, planned=False)
    back = texts.read_epoch(texts.epoch_text(epoch), ())
    assert back == epoch
    assert isinstance(back.number, int)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("  a name \n", "a name"),
        ("a\nb", "a\nb"),
        ("nul\x00 bell\x07 \u202eright to left \ud800", "nul bell right to left ?"),
        ("é数字", "é数字"),
        ("abcdefghij" * 100, "abcdefghij" * 2 + "abcde"),
        ("", ""),
    ],
)
def test_what_visitors_write_is_cleaned(written: str, cleaned: str) -> None:
    assert texts.clean(written, 25) == cleaned
