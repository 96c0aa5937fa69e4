"""A run as files for other programs: its history as CSV, its settings as JSON."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec
from runs.records import EpochRecord

COLUMNS = (
    "epoch",
    "train_loss_nats",
    "train_accuracy",
    "validation_loss_nats",
    "validation_accuracy",
    "learning_rate",
    "seconds",
    "updates",
    "images_measured",
    "validation_images_measured",
)


def history_csv(records: Sequence[EpochRecord]) -> str:
    """Return a table with a row for each moment that was measured: inside of the first epochs, and at the end of each.

    Accuracies go from 0 to 1, and are empty where nothing was measured.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        validation = record.validation or ("", "")
        figures = [record.number, *record.train, *validation, record.learning_rate, round(record.seconds, 3)]
        writer.writerow([*figures, record.n_updates, record.n_measured, record.n_validated or ""])
    return text.getvalue()


def settings_json(spec: NetworkSpec, config: TrainConfig) -> str:
    """Return all that is needed to repeat a run, as an object with 'network' and 'training'."""
    return json.dumps({"network": asdict(spec), "training": asdict(config)}, indent=2) + "\n"
