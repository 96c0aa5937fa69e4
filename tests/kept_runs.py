"""Runs that nobody has trained, with the settings and results that a test wants."""

from dataclasses import replace
from typing import Any

import numpy as np

from fcnn.config import Settings, TrainConfig
from fcnn.metrics import Figures
from fcnn.network import mnist_spec
from runs.kept import Curves, KeptRun
from runs.records import EpochRecord
from runs.status import Status


def made_run(
    number: int, *, accuracy: float | None = 0.97, hidden: tuple[int, ...] = (64,), config: TrainConfig | None = None,
    **fields: Any,  # noqa: ANN401 - a field's value is of the field's type
) -> KeptRun:  # fmt: skip
    """Return a finished run; its id follows from its number.

    Args:
        number: of the run.
        accuracy: on the test and the validation set; None: there is no result yet.
        hidden: the widths of the hidden layers.
        config: how it learned.
        fields: of the run, all else.
    """
    settings = Settings(mnist_spec(hidden), config or TrainConfig())
    figures = None if accuracy is None else Figures(1 - accuracy, accuracy)
    reached = None if accuracy is None else record(10, accuracy)
    run = KeptRun(f"run{number:04}", number, settings, Status.FINISHED, 1e9 + number, 2.5 * number, reached, figures)
    return replace(run, **fields)


def record(number: float, accuracy: float, *, validated: bool = True) -> EpochRecord:
    """Return what is remembered of an epoch of 430 updates and 2 seconds."""
    figures = Figures(1 - accuracy, accuracy)
    return EpochRecord(
        number, figures, figures if validated else None, 0.1, (3.0, 4.0), 2 * number, round(430 * number), 5_000
    )


def made_curves(n: int, *, last: float = 0.97, seed: int = 0) -> Curves:
    """Return a climb of n records to an accuracy, noisy and different for each seed."""
    noise = np.random.default_rng(seed).normal(0, 0.004, n)
    climb = last - (last - 0.1) * np.exp(-np.arange(n) / (n / 6)) + noise
    return Curves(tuple(record(i, float(min(a, 1.0))) for i, a in enumerate(climb)), ())
