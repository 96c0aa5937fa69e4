"""A whole run in one call, from its start to its end: for workers that are given one and bring back what came of it."""

from collections.abc import Callable
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from fcnn import mnist
from fcnn.config import Settings
from fcnn.epoch import Epoch, Progress
from fcnn.training import train_steps
from runs.history import History
from runs.pace import Pace
from runs.records import EpochRecord
from runs.status import Status, status_after

TELL_S = 0.2  # how often it tells how far it is, and asks whether it is still wanted


class News(NamedTuple):
    """What is new of a run."""

    n_before: int  # records that were told before; 0 if it begins anew, since the worker that had it is gone
    records: tuple[EpochRecord, ...]
    progress: Progress
    examples_per_s: float


class Outcome(NamedTuple):
    """What came of a run: of its networks the final one alone, which is bounded by what a network may be."""

    status: Status
    records: tuple[EpochRecord, ...]
    final: Epoch | None  # None if it was not wanted before it began
    progress: Progress


@lru_cache(maxsize=1)
def digits() -> mnist.Mnist:
    """Return the digits, which each computer reads from its own disk, once: to send them takes longer."""
    return mnist.load()


def learn(settings: Settings, say: Callable[[News], None], wanted: Callable[[], bool]) -> Outcome:
    """Train until the end, or until it is no longer wanted; the figures are those of a Run, to the bit.

    Raises:
        DataError: the digits are not there.
    """
    spec, config = settings
    data = digits().dataset(config)
    history, n_told, status = History(len(data.train.X)), 0, Status.RUNNING
    history.snapshots.keep_within(0)  # the first, the best and the newest
    pieces = train_steps(spec, data, lambda: config)
    while status is Status.RUNNING:
        if not wanted():
            status = Status.STOPPED
            break
        since, before = monotonic(), history.progress
        while status is Status.RUNNING and monotonic() < since + TELL_S:
            piece = next(pieces)
            if isinstance(piece, Progress):
                history.progress = piece
            else:
                history.add(piece)
                status = status_after(piece, status, config, None)
        history.add_time(monotonic() - since, before, slow=False)
        say(News(n_told, history.records[n_told:], history.progress, history.examples_per_s))
        n_told = len(history.records)
    final = history.view(spec, config, status, "", Pace(None)).final
    return Outcome(status, history.records, final, history.progress)
