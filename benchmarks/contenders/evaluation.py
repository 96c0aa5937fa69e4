"""The part of our epochs that is not learning: measuring the network on 5,000 training and 5,000 validation images."""

from collections.abc import Iterator

from benchmarks.cases import Case
from benchmarks.clock import now
from benchmarks.contenders.ours import at_once, config
from fcnn import Dataset, Epoch, Progress, mnist_spec
from fcnn.training import train_steps


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds from the last gradient of an epoch to its Epoch, for one epoch after another.

    The last update is within them: one of many, and even with a full batch less than a millisecond.
    """
    n, settings, start = len(data.train.X), config(case), 0.0
    for piece in train_steps(mnist_spec(case.hidden), data, lambda: settings, at_once=at_once(case)):
        if isinstance(piece, Epoch) and piece.is_whole:
            if piece.number > 0:
                yield now() - start
            start = 0.0
        elif isinstance(piece, Progress) and piece.n_seen == n and not start:
            start = now()
