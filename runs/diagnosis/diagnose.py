"""What went wrong with a run, in words, with the cause as far as it is known, and settings that are likely to learn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isfinite, log

from fcnn.config import TrainConfig, updates_an_epoch
from fcnn.inside.signals import Signals
from fcnn.network import N_CLASSES, NetworkSpec
from runs.diagnosis.causes import known_cause
from runs.diagnosis.evidence import Cause, Evidence
from runs.diagnosis.explosion import exploded, too_high
from runs.diagnosis.remedies import Remedy
from runs.records import Change, EpochRecord

GUESSING_LOSS = log(N_CLASSES)  # of a network that gives every digit the same probability, in nats
NEAR = 0.03  # how far from GUESSING_LOSS a loss still says nothing else, as a share of it
CHANCE = 0.2  # accuracy below which nothing has been learned: the commonest digit alone gives 0.11
N_UPDATES = 100  # after which a network that learns at all is better than that
PROGRESS = 0.01  # nats by which a loss must fall in so many updates to be called falling
SAME_ANSWER = 0.02  # probabilities that differ less from picture to picture are the same answer to all of them


@dataclass(frozen=True)
class Diagnosis:
    """A problem of a run and its cures."""

    what: str
    why: str
    remedies: tuple[Remedy, ...]


def diagnose(
    spec: NetworkSpec,
    config: TrainConfig,
    records: tuple[EpochRecord, ...],
    measured: Callable[[], Signals],
    *,
    n_train: int,
    ended: bool = False,
    changes: Sequence[Change] = (),
) -> Diagnosis | None:
    """Return what is wrong with a run, None if nothing seems to be.

    Args:
        spec: the network.
        config: how it learns now.
        records: of its epochs so far.
        measured: measures the newest network; asked only if it has not learned.
        n_train: examples in an epoch.
        ended: whether the run is over, so that few updates are no reason to wait.
        changes: of its settings on the way; what was before the last one says nothing of the settings now.
    """
    if not records:
        return None
    newest = records[-1]
    if not isfinite(newest.train.loss):
        return _diagnosis(exploded(spec, config, records))
    learned, high = _has_learned(newest), _is_high(records)
    if newest.number == 0 or (learned and not high):
        return None
    if high and (learned or not _is_deaf(measured())):
        return _diagnosis(too_high(spec, config, records))
    updates, since = (
        updates_an_epoch(config, n_train),
        max((change.epoch for change in changes), default=0),
    )
    fell = _fall([record.train.loss for record in records if record.number >= since], updates)
    known = Evidence(spec, config, records[0].train, newest, measured(), int(newest.number) * updates)
    return _guess(known, fell) if ended or _is_stuck(known, fell) else None


def _has_learned(newest: EpochRecord) -> bool:
    return newest.train.accuracy >= CHANCE or newest.train.loss < (1 - NEAR) * GUESSING_LOSS


def _is_high(records: Sequence[EpochRecord]) -> bool:
    loss = records[-1].train.loss
    return loss > 2 * GUESSING_LOSS and loss > 2 * min(record.train.loss for record in records)


def _is_stuck(known: Evidence, fell: float | None) -> bool:
    """Return whether a network that has learned nothing so far is not about to, as far as can be told on the way."""
    config, newest = known.config, known.newest
    if config.learning_rate == 0:
        return True
    if newest.number < config.warmup_epochs < config.n_epochs:
        return False  # the learning rate will reach its height before the run is over
    long_enough = newest.number > 1 and known.n_updates >= N_UPDATES and newest.learning_rate > 0
    return (long_enough and _is_deaf(known.signals)) or (fell is not None and fell <= PROGRESS)


def _guess(known: Evidence, fell: float | None) -> Diagnosis:
    cause = known_cause(known)
    falling = fell is not None and fell > PROGRESS and not _is_deaf(known.signals)
    return Diagnosis(_what(known, falling=falling), cause.why, cause.remedies)


def _diagnosis(found: tuple[str, Cause]) -> Diagnosis:
    what, cause = found
    return Diagnosis(what, cause.why, cause.remedies)


def _is_deaf(signals: Signals) -> bool:
    """Return whether the neurons of some layer say the same to every picture: then the layers before learn nothing."""
    return 0 in signals.spread


def _fall(losses: Sequence[float], updates: int) -> float | None:
    """Return by how many nats the loss fell over the last N_UPDATES; None if there were not so many.

    A fall before the window counts for nothing: it may have been that of the biases alone, down to a blind guess.

    Args:
        losses: after each epoch with the present settings.
        updates: in an epoch.
    """
    window = max(2, ceil(N_UPDATES / updates))
    return losses[-window] - min(losses[-window:]) if len(losses) > window else None


def _what(known: Evidence, *, falling: bool) -> str:
    loss, first = known.newest.train.loss, known.first.loss
    if falling:
        return f"The network still guesses, although its loss has fallen: from {_short(first)} to {_short(loss)}."
    if not known.signals.answers_spread < SAME_ANSWER:
        return "The network guesses: it is right hardly more often than by chance."
    if abs(loss / GUESSING_LOSS - 1) < NEAR:
        return "The network guesses: it gives every digit about the same probability, whatever the picture."
    return "The network guesses: it says the same to every picture."


def _short(loss: float) -> str:
    return f"{loss:,.2f}" if loss < 1000 else f"{loss:,.0f}"
