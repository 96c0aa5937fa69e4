"""How well a network does while it learns: at the end of an epoch, and at a glance inside of one."""

from collections.abc import Generator
from math import inf

from fcnn.engine.learner import Learner
from fcnn.epoch import Epoch, LastUpdate, Progress
from fcnn.metrics import Figures, answer, answer_in_pieces, join, summarize
from fcnn.mnist import N_VALIDATION, Dataset
from fcnn.moments import N_MEASURED_INSIDE, is_whole
from fcnn.types import Examples, Params

N_MEASURED = 5_000  # training figures come from the first so many images; measuring all would take as long as learning


def n_validated(number: float) -> int:
    """Return on how many validation images, where there are any, a network is measured at a moment of its training."""
    return N_VALIDATION if is_whole(number) else N_MEASURED_INSIDE


def glance(
    learner: Learner, data: Dataset, previous: Epoch, number: float, last_update: LastUpdate, *, planned: bool
) -> Epoch:
    """Measure the network inside of an epoch, on so few images that it is not among those that may be the best."""
    params, first = learner.copy_params(), _first(data.train, N_MEASURED_INSIDE)
    train = _figures_at_once(learner, params, first)
    few = _first(data.validation, N_MEASURED_INSIDE) if data.validation else None
    validation = _figures_at_once(learner, params, few) if few else None
    best = previous.best, previous.best_loss
    return Epoch(number, params, train, validation, *best, *last_update, learner.n_updates, len(first.X), planned)


def measure(
    learner: Learner, data: Dataset, previous: Epoch | None, number: int, last_update: LastUpdate
) -> Generator[Progress, None, Epoch]:
    """Measure the network at the end of an epoch, a piece at a time."""
    learner.rest()
    params = learner.copy_params()
    first = _first(data.train, N_MEASURED)
    train = yield from _figures(learner, params, first, number)
    validation = (yield from _figures(learner, params, data.validation, number)) if data.validation else None
    loss = (validation or train).loss
    best, best_loss = (previous.best, previous.best_loss) if previous else (number, inf)
    if loss < best_loss:
        best, best_loss = number, loss
    return Epoch(number, params, train, validation, best, best_loss, *last_update, learner.n_updates, len(first.X))


def _figures(learner: Learner, params: Params, examples: Examples, number: int) -> Generator[Progress, None, Figures]:
    pieces = []
    for piece in answer_in_pieces(learner.spec, params, examples):
        pieces.append(piece)
        yield Progress(number, len(learner.examples.X) if number else 0)
    return summarize(join(pieces), examples.labels)


def _figures_at_once(learner: Learner, params: Params, examples: Examples) -> Figures:
    return summarize(answer(learner.spec, params, examples), examples.labels)


def _first(examples: Examples, n: int) -> Examples:
    return Examples(examples.X[:n], examples.labels[:n])
