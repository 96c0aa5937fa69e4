"""The package neural-network-digits: its NeuralNetwork.train_step(), in shuffled batches, as its Trainer calls it.

It computes in float32. Momentum and L2 are set to 0, like ours, though it still does their arithmetic. What its
Trainer does beside that is left out, in its favour: turning and shifting the photos, and measuring all of them after
each epoch.
"""

from collections.abc import Iterator

import numpy as np
from nn_digits.neural_net.data import one_hot
from nn_digits.neural_net.network import NeuralNetwork

from benchmarks.cases import Case
from benchmarks.clock import now
from fcnn import Dataset, mnist_spec
from fcnn.pixels import as_numbers


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    X, Y = as_numbers(data.train.X), one_hot(data.train.labels)
    network = NeuralNetwork(mnist_spec(case.hidden).sizes)
    rng, n = np.random.default_rng(0), len(X)
    while True:
        start = now()
        order = rng.permutation(n) if case.batch_size else None  # a full batch is used as it lies there, like ours
        for i in range(0, n, case.batch_size or n):
            rows = slice(None) if order is None else order[i : i + (case.batch_size or n)]
            network.train_step(
                X[rows], Y[rows], case.learning_rate, momentum=0.0, l2=0.0, dropout=case.dropout, rng=rng
            )
        yield now() - start
