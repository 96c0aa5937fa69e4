"""scikit-learn's MLPClassifier: one partial_fit() is one epoch, in shuffled batches.

Given float32 it computes in float32, except within Adam, where a NumPy float64 number in the step makes the update of
each array float64. L2 is set to 0, like ours; partial_fit() never stops early. It measures nothing but the loss on the
batches while it learns.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.neural_network import MLPClassifier

from benchmarks.cases import GRADIENT_DESCENT, Case
from benchmarks.clock import now
from fcnn import Dataset
from fcnn.pixels import as_numbers


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    X, labels = as_numbers(data.train.X), data.train.labels
    model = MLPClassifier(
        case.hidden,
        solver="sgd" if case.optimizer == GRADIENT_DESCENT else "adam",
        learning_rate_init=case.learning_rate,
        batch_size=case.batch_size or len(X),
        shuffle=case.batch_size is not None,  # the order within a full batch does not matter; ours has none either
        momentum=0.0,
        nesterovs_momentum=False,
        alpha=0.0,
        random_state=0,
    )
    while True:
        start = now()
        model.partial_fit(X, labels, classes=np.arange(10))
        yield now() - start
