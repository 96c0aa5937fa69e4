"""A run as files for other programs: its history as CSV, its settings as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from fcnn import history_file
from fcnn.config import TrainConfig
from fcnn.history_file import HistoryRow
from fcnn.network import NetworkSpec
from runs.records import EpochRecord


def history_csv(records: Sequence[EpochRecord]) -> str:
    """Return a table with a row for each moment that was measured: inside of the first epochs, and at the end of each.

    Accuracies go from 0 to 1, and are empty where nothing was measured.
    """
    moments = (
        HistoryRow(
            r.number, r.train, r.validation, r.learning_rate, r.seconds, r.n_updates, r.n_measured, r.n_validated
        )
        for r in records
    )
    return history_file.history_csv(moments)


def settings_json(spec: NetworkSpec, config: TrainConfig) -> str:
    """Return all that is needed to repeat a run, as an object with 'network' and 'training'."""
    return json.dumps({"network": asdict(spec), "training": asdict(config)}, indent=2) + "\n"
