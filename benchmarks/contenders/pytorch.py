"""PyTorch on the CPU in a plain loop, as its tutorials write it: a shuffled index, autograd, torch.optim.

Not compiled, optimizers as they are by default. It computes in float32 and measures nothing while it learns.
"""

import os
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import torch

from benchmarks.cases import GRADIENT_DESCENT, Case
from benchmarks.clock import now
from fcnn import Dataset, mnist_spec
from fcnn.pixels import as_numbers

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def make_model(case: Case) -> Any:  # noqa: ANN401 - the checks run without PyTorch
    """Return the layers of a case, with dropout behind each hidden activation."""
    layers: list[Any] = []
    for n_in, n_out in pairwise(mnist_spec(case.hidden).sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
        if case.dropout > 0:
            layers.append(torch.nn.Dropout(case.dropout))
    n_behind_last = 2 if case.dropout > 0 else 1
    return torch.nn.Sequential(*layers[:-n_behind_last])


def epochs(case: Case, data: Dataset) -> Iterator[float]:
    """Yield the seconds of one epoch after another."""
    X = torch.from_numpy(as_numbers(data.train.X))
    labels = torch.from_numpy(data.train.labels.astype("int64"))
    torch.manual_seed(0)
    model, loss = make_model(case), torch.nn.CrossEntropyLoss()
    optimizer_class = torch.optim.SGD if case.optimizer == GRADIENT_DESCENT else torch.optim.Adam
    optimizer = optimizer_class(model.parameters(), lr=case.learning_rate)
    n = len(X)
    while True:
        start = now()
        order = torch.randperm(n) if case.batch_size else None  # a full batch is used as it lies there, like ours
        for i in range(0, n, case.batch_size or n):
            rows = slice(None) if order is None else order[i : i + (case.batch_size or n)]
            optimizer.zero_grad(set_to_none=True)
            loss(model(X[rows]), labels[rows]).backward()
            optimizer.step()
        yield now() - start
