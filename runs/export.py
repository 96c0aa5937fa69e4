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
)


def history_csv(records: Sequence[EpochRecord]) -> str:
    """Return a table with a row for each epoch; accuracies from 0 to 1, empty where nothing was measured."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        validation = record.validation or ("", "")
        writer.writerow([record.number, *record.train, *validation, record.learning_rate, round(record.seconds, 3)])
    return text.getvalue()


def settings_json(spec: NetworkSpec, config: TrainConfig) -> str:
    """Return all that is needed to repeat a run, as an object with 'network' and 'training'."""
    return json.dumps({"network": asdict(spec), "training": asdict(config)}, indent=2) + "\n"
