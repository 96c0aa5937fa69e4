"""fcnn's train(); measuring the network after each epoch is part of the time.

Of the threads that all contenders are given, it uses as many as the app would let it have when alone.
"""

import os
from collections.abc import Iterator

from benchmarks.cases import Case
from benchmarks.clock import now
from fcnn import Dataset, TrainConfig, mnist_spec, train
from runs import process
from runs.threads import Together, most_threads

GIVEN = int(os.environ.get("OPENBLAS_NUM_THREADS", "1"))


def config(case: Case) -> TrainConfig:
    """Return the case in our words, with more epochs than anyone will ask for."""
    return TrainConfig(
        learning_rate=case.learning_rate,
        n_epochs=100_000,
        batch_size=case.batch_size,
        optimizer=case.optimizer,
        dropout=case.dropout,
    )


def at_once(case: Case) -> Together:
    """Return what computes the parts of a piece, with as many threads as the app would let it have when alone."""
    process.set_threads(1)
    together = Together()
    together.n_threads = most_threads(mnist_spec(case.hidden).n_parameters, case.batch_size, GIVEN)
    return together


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    run = train(mnist_spec(case.hidden), data, config(case), at_once=at_once(case))
    next(run)  # epoch 0, the network before it learned anything
    while True:
        start = now()
        next(run)
        yield now() - start
