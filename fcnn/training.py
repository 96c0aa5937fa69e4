"""Learning: a generator that yields the network after each epoch.

To stop, stop asking. A notebook writes ``for epoch in train(...)``. The app asks train_steps() instead, which also
yields in between, after at most 1,024 examples, so that a run can pause in the middle of an epoch, and which asks
for the settings before every batch, so that they can be changed while it runs. The numbers are the same to the bit.
"""

from collections.abc import Callable, Generator, Iterator
from math import isfinite

from fcnn.config import TrainConfig, learning_rate_at, updates_an_epoch
from fcnn.engine.at_once import AtOnce, one_by_one
from fcnn.engine.batches import batches, n_parts
from fcnn.engine.gradients import add_weighted, norms
from fcnn.engine.learner import Learner
from fcnn.epoch import Epoch, LastUpdate, Progress, State
from fcnn.measuring import glance, measure
from fcnn.mnist import Dataset
from fcnn.moments import moments_inside, place
from fcnn.network import NetworkSpec
from fcnn.types import Params


def train(spec: NetworkSpec, data: Dataset, config: TrainConfig, *, at_once: AtOnce = one_by_one) -> Iterator[Epoch]:
    """Yield the untrained network, then the network after each epoch.

    Ends early, after yielding it, at the first epoch whose loss is not finite: divergence is something to show the
    learner, not an exception. With config.restore_best, the best epoch is yielded once more at the end, so that the
    last network yielded is always the one to use. For at_once see train_steps().
    """
    best = None
    for piece in train_steps(spec, data, lambda: config, at_once=at_once):
        if isinstance(piece, Epoch) and piece.is_whole:
            best = piece if piece.best == piece.number else best
            yield piece
    if config.restore_best and best is not None:
        yield best


def train_steps(
    spec: NetworkSpec,
    data: Dataset,
    settings: Callable[[], TrainConfig],
    *,
    resume: State | None = None,
    keep: Callable[[State], None] | None = None,
    look_every: Callable[[], int] = lambda: 0,
    at_once: AtOnce = one_by_one,
) -> Iterator[Epoch | Progress]:
    """Yield what train() yields, moments inside of the first epochs, and Progress after each piece of work.

    Args:
        spec: the network.
        data: what it learns from and is watched on.
        settings: asked before each batch and after each epoch; its learning rate, schedule, momentum, L2, dropout,
            batch size, patience and number of epochs may change on the way. After the last epoch, more of them make
            the next piece go on where the last one ended.
        resume: go on after this state, given the same data and settings; its arrays are copied, not held.
        keep: called with the state at the end of each epoch, before the Epoch is yielded.
        look_every: asked before each update; after each so many, counted from the first of the run, the network is
            looked at besides its moments. 0: never.
        at_once: calls the parts of a piece of work, in threads if it has some; the result is the same to the bit.

    Raises:
        ValueError: the state to go on from is that of another network or optimizer.
    """
    learner, epoch = Learner(spec, data.train, settings(), data.by_ink), None
    if resume:
        learner.restore(resume.epoch.params, resume.learner)
        epoch, resume = resume.epoch, None
    while epoch is None or not is_over(epoch, settings()):
        number, last_update = 0, LastUpdate()
        if epoch:
            number = int(epoch.number) + 1
            last_update = yield from _learn(learner, data, settings, epoch, look_every, at_once)
        epoch = yield from measure(learner, data, epoch, number, last_update)
        if keep:
            keep(State(epoch, learner.state()))
        yield epoch


def is_over(epoch: Epoch, config: TrainConfig) -> bool:
    """Return whether a run ends with this epoch."""
    out_of_patience = 0 < config.patience <= epoch.number - epoch.best
    return epoch.number >= config.n_epochs or epoch.diverged or out_of_patience


def _learn(
    learner: Learner,
    data: Dataset,
    settings: Callable[[], TrainConfig],
    previous: Epoch,
    look_every: Callable[[], int],
    at_once: AtOnce,
) -> Generator[Epoch | Progress, None, LastUpdate]:
    """Use every training example once, batch by batch, and return what the last update was."""
    number, n, n_seen, last_update = int(previous.number) + 1, len(learner.examples.X), 0, LastUpdate()
    config = settings()
    n_batches = updates_an_epoch(config, n)
    moments = moments_inside(number, n_batches)
    in_parts = n_parts(learner.spec.n_parameters, config.batch_size)
    for i, batch in enumerate(batches(n, config.batch_size, rng=learner.rng, n_parts=in_parts), start=1):
        config = settings()  # once, so that all pieces of a batch and its update agree
        gradients: Params = ()
        for piece in batch.pieces:
            gradients = add_weighted(gradients, learner.gradients(piece.parts, config, at_once), piece.n / batch.n)
            n_seen += piece.n
            yield Progress(number, n_seen)
        # The rate is that of the middle of the update: a warm-up starts above 0, and a cosine ends there.
        learning_rate = learning_rate_at(config, number - 1 + (n_seen - batch.n / 2) / n)
        exploded = not isfinite(gradients[-1].b.sum())
        looked_at = n_seen < n and (i in moments or _is_nth(learner.n_updates + 1, look_every()))
        if exploded or n_seen == n or looked_at:
            last_update = LastUpdate(learning_rate, norms(gradients))
        learner.update(gradients, config, learning_rate)
        if exploded:
            break  # there is nothing left to learn from the rest of the epoch
        if looked_at:
            where = place(number, i, n_batches)
            yield glance(learner, data, previous, where, last_update, planned=i in moments)
    return last_update


def _is_nth(number: int, n: int) -> bool:
    return n > 0 and number % n == 0
