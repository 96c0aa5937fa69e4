"""A run as files for other programs."""

import csv
import io
import json

from fcnn.config import TrainConfig
from fcnn.metrics import Figures
from fcnn.network import mnist_spec
from runs.export import history_csv, settings_json
from runs.records import EpochRecord


def record(number: int, *, validation: bool = True) -> EpochRecord:
    return EpochRecord(
        number, Figures(0.5, 0.9), Figures(0.6, 0.85) if validation else None, 0.1, (), 1.5, 430 * number, 5_000
    )


def test_a_spreadsheet_reads_the_history() -> None:
    rows = list(csv.DictReader(io.StringIO(history_csv([record(0), record(1)]))))
    assert [row["epoch"] for row in rows] == ["0", "1"]
    assert float(rows[1]["validation_accuracy"]) == 0.85
    assert float(rows[1]["seconds"]) == 1.5
    assert (rows[1]["images_measured"], rows[1]["validation_images_measured"]) == ("5000", "5000")


def test_what_was_not_measured_is_empty() -> None:
    (row,) = csv.DictReader(io.StringIO(history_csv([record(0, validation=False)])))
    assert row["validation_loss_nats"] == row["validation_images_measured"] == ""
    assert row["learning_rate"] == "0.1"


def test_the_settings_hold_all_that_a_repeat_needs() -> None:
    settings = json.loads(settings_json(mnist_spec((7,), "tanh"), TrainConfig(dropout=0.25, seed=9)))
    assert settings["network"] == {"sizes": [784, 7, 10], "activation": "tanh"}
    assert settings["training"]["dropout"] == 0.25
    assert settings["training"]["seed"] == 9
    assert settings["training"]["initialization"]["scheme"] == "he"
