"""What went wrong with a run, in words, with the cause as far as it is known, and settings that are likely to learn."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, log

from fcnn.causes import known_cause
from fcnn.config import TrainConfig
from fcnn.initialization import NORMAL
from fcnn.network import N_CLASSES, NetworkSpec
from fcnn.remedies import Remedy, likely_learning_rate, remedy
from fcnn.signals import Signals
from fcnn.view import Record

GUESSING_LOSS = log(N_CLASSES)  # of a network that gives every digit the same probability, in nats
CHANCE = 0.2  # accuracy below which nothing has been learned: the commonest digit alone gives 0.11
N_UPDATES = 100  # after which a network that learns at all is better than that
TOO_WIDE = 20 * GUESSING_LOSS  # a first loss that only far too large first weights make


@dataclass(frozen=True)
class Diagnosis:
    """A problem of a run and its cures."""

    what: str
    why: str
    remedies: tuple[Remedy, ...]


def diagnose(
    spec: NetworkSpec,
    config: TrainConfig,
    records: tuple[Record, ...],
    measured: Callable[[], Signals],
    *,
    n_train: int,
    ended: bool = False,
) -> Diagnosis | None:
    """Return what is wrong with a run, None if nothing seems to be.

    Args:
        spec: the network.
        config: how it learns.
        records: of its epochs so far.
        measured: measures the newest network; asked only if it has not learned.
        n_train: examples in an epoch.
        ended: whether the run is over, so that few updates are no reason to wait.
    """
    if not records:
        return None
    newest, lowest = records[-1], min(record.train.loss for record in records)
    if not isfinite(newest.train.loss):
        return _exploded(spec, config, records)
    if newest.number and newest.train.loss > 2 * GUESSING_LOSS and newest.train.loss > 2 * lowest:
        return _climbing(spec, config, newest.train.loss, newest.number)
    n_updates = newest.number * -(-n_train // (config.batch_size or n_train))
    if newest.number == 0 or not (ended or (newest.number >= 2 and n_updates >= N_UPDATES)):
        return None
    if newest.train.accuracy < CHANCE and newest.train.loss > 0.97 * GUESSING_LOSS:
        cause = known_cause(spec, config, newest, measured(), n_updates)
        return Diagnosis(_what(newest.train.loss), cause.why, cause.remedies)
    return None


def _what(loss: float) -> str:
    if abs(loss / GUESSING_LOSS - 1) < 0.03:
        return "The network guesses: it gives every digit about the same probability, whatever the picture."
    return "The network guesses: it is right no more often than by chance."


def _exploded(spec: NetworkSpec, config: TrainConfig, records: tuple[Record, ...]) -> Diagnosis:
    number = records[-1].number
    when = f"in epoch {number}" if number else "before it learned anything"
    what = f"The network exploded {when}: its numbers grew beyond what a computer can hold."
    why = (
        f"With a learning rate of {config.learning_rate:g} every step overshoots the valley that it aims for, "
        "and the next one starts from higher up, so that the steps grow and grow."
    )
    wide = config.initialization.scheme == NORMAL and not records[0].train.loss < TOO_WIDE
    if wide:
        why = (
            f"Its first weights were drawn with a width of {config.initialization.weight_width:g}: so wide that each "
            "layer makes its numbers many times larger."
        )
    elif config.l2 * config.learning_rate > 1:
        why = (
            f"L2 takes {config.l2:g} x {config.learning_rate:g} of each weight away in every step: more than is there, "
            "so that the weights change sign and grow."
        )
    return Diagnosis(what, why, (_slower(spec, config, keep_rate=wide),))


def _climbing(spec: NetworkSpec, config: TrainConfig, loss: float, number: int) -> Diagnosis:
    return Diagnosis(
        f"The loss is climbing: {loss:.2f} after epoch {number}.",
        f"The steps are too large: with a learning rate of {config.learning_rate:g} they jump over the valley.",
        (_slower(spec, config, keep_rate=False),),
    )


def _slower(spec: NetworkSpec, config: TrainConfig, *, keep_rate: bool) -> Remedy:
    return remedy(spec, config, **({} if keep_rate else {"learning_rate": likely_learning_rate(config)}))
