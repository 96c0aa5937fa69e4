"""fcnn's train() as a notebook calls it; measuring the network after each epoch is part of the time."""

from collections.abc import Iterator

from benchmarks.cases import Case
from benchmarks.clock import now
from fcnn import Dataset, TrainConfig, mnist_spec, train


def config(case: Case) -> TrainConfig:
    """Return the case in our words, with more epochs than anyone will ask for."""
    return TrainConfig(
        learning_rate=case.learning_rate,
        n_epochs=100_000,
        batch_size=case.batch_size,
        optimizer=case.optimizer,
        dropout=case.dropout,
    )


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    run = train(mnist_spec(case.hidden), data, config(case))
    next(run)  # epoch 0, the network before it learned anything
    while True:
        start = now()
        next(run)
        yield now() - start
