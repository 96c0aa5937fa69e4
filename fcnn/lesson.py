"""How a network learns, in one function. train() gives the same numbers, only sooner: a test holds it to this."""

from collections.abc import Iterator
from copy import deepcopy

import numpy as np

from fcnn.augmentation import augment
from fcnn.config import TrainConfig, learning_rate_at
from fcnn.engine.masks import draw_masks
from fcnn.initialization import init_params
from fcnn.network import NetworkSpec, backward, forward
from fcnn.optimizers import OPTIMIZERS, Step
from fcnn.pixels import as_numbers
from fcnn.types import Examples, Params


def learn(spec: NetworkSpec, examples: Examples, config: TrainConfig) -> Iterator[Params]:
    """Yield the parameters before learning, then after each epoch. To stop early, stop asking."""
    rng = np.random.default_rng(config.seed)
    optimizer = OPTIMIZERS[config.optimizer]
    params = init_params(spec, config.initialization, rng=rng)
    memory = [[[np.zeros_like(p) for _ in range(optimizer.n_slots)] for p in layer] for layer in params]
    n, n_seen, n_updates = len(examples.X), 0, 0
    size = min(config.batch_size or n, n)
    yield deepcopy(params)
    for _ in range(config.n_epochs):
        order = rng.permutation(n) if size < n else np.arange(n)
        for batch in np.split(order, range(size, n, size)):
            X = augment(as_numbers(examples.X[batch]), config.augmentation, rng=rng)
            masks = draw_masks(len(batch), spec.hidden, config.dropout, rng=rng)
            trace = forward(spec, params, X, dropout_masks=masks)
            gradients = backward(spec, params, trace, examples.labels[batch])
            n_seen, n_updates = n_seen + len(batch), n_updates + 1
            step = Step(learning_rate_at(config, (n_seen - len(batch) / 2) / n), config.momentum, n_updates)
            for (W, b), (dW, db), (W_memory, b_memory) in zip(params, gradients, memory, strict=True):
                optimizer.update(W, dW + config.l2 * W, W_memory, step)
                optimizer.update(b, db, b_memory, step)
        yield deepcopy(params)
