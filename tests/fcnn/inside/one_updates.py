"""A small network in float32 with wide biases, and a batch of six, for the tests of one update."""

import numpy as np

from fcnn import Examples, Initialization, NetworkSpec, Params, TrainConfig, init_params

SPEC = NetworkSpec((5, 4, 3), "tanh")
BATCH = Examples(np.random.default_rng(1).random((6, 5), dtype=np.float32), np.array([0, 1, 2, 0, 1, 2]))
ONE = Examples(BATCH.X[:1], BATCH.labels[:1])


def start(spec: NetworkSpec = SPEC) -> Params:
    return init_params(spec, Initialization("normal", 0.7, 0.5), rng=np.random.default_rng(2))


def settings(optimizer: str, learning_rate: float = 0.05, l2: float = 0.0) -> TrainConfig:
    return TrainConfig(learning_rate, optimizer=optimizer, momentum=0.8, l2=l2, batch_size=None)
