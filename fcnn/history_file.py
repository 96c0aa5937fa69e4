"""How a run went, as a table for other programs: CSV, with a row for each moment that was measured."""

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from fcnn.metrics import Figures

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


class HistoryRow(NamedTuple):
    """What was measured at one moment."""

    number: float  # see Epoch
    train: Figures
    validation: Figures | None
    learning_rate: float
    seconds: float | None  # since the start; None where no clock was at hand
    n_updates: int
    n_measured: int
    n_validated: int


def history_csv(rows: Iterable[HistoryRow]) -> str:
    """Return the table. Accuracies go from 0 to 1; what was not measured is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        seconds = "" if row.seconds is None else round(row.seconds, 3)
        figures = [row.number, *row.train, *(row.validation or ("", "")), row.learning_rate, seconds]
        writer.writerow([*figures, row.n_updates, row.n_measured, row.n_validated or ""])
    return text.getvalue()
