"""fcnn's train(); measuring the network after each epoch is part of the time.

Of the threads that all contenders are given, its products use as many as the app would let them: one for small ones.
"""

import os
from collections.abc import Iterator

from benchmarks.cases import Case
from benchmarks.clock import now
from fcnn import Dataset, TrainConfig, mnist_spec, train
from runs import process
from runs.threads import most_threads

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


def use_threads(case: Case) -> None:
    """Let the products of this process use as many threads as suit the case, at most those that it was given."""
    process.set_threads(most_threads(mnist_spec(case.hidden).n_parameters, case.batch_size, GIVEN))


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    use_threads(case)
    run = train(mnist_spec(case.hidden), data, config(case))
    next(run)  # epoch 0, the network before it learned anything
    while True:
        start = now()
        next(run)
        yield now() - start
