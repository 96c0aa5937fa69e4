"""What went wrong with a run, in words, and a learning rate that is likely to do better."""

from dataclasses import dataclass
from math import log

from fcnn.config import TrainConfig
from fcnn.network import N_CLASSES
from fcnn.optimizers import OPTIMIZERS
from fcnn.view import Record

GUESSING_LOSS = log(N_CLASSES)  # of a network that gives every digit the same probability, in nats


@dataclass(frozen=True)
class Diagnosis:
    """A problem of a run and its cure."""

    what: str
    why: str
    learning_rate: float  # likely to work


def diagnose(config: TrainConfig, records: tuple[Record, ...]) -> Diagnosis | None:
    """Return what is wrong with a run, None if nothing seems to be."""
    if not records or records[-1].number == 0:
        return None
    newest = records[-1]
    rate = likely_learning_rate(config)
    if not abs(newest.train.loss) < float("inf"):
        return Diagnosis(
            f"The network exploded in epoch {newest.number}: its numbers grew beyond what a computer can hold.",
            f"With a learning rate of {config.learning_rate:g} every step overshoots the valley that it aims for, "
            "and the next one starts from higher up, so that the steps grow and grow.",
            rate,
        )
    lowest = min(record.train.loss for record in records)
    if newest.train.loss > 2 * GUESSING_LOSS and newest.train.loss > 2 * lowest:
        return Diagnosis(
            f"The loss is climbing: {newest.train.loss:.2f} after epoch {newest.number}.",
            f"The steps are too large: with a learning rate of {config.learning_rate:g} they jump over the valley.",
            rate,
        )
    if newest.train.loss > 0.98 * GUESSING_LOSS and newest.number >= 2 and _is_large(config):
        return Diagnosis(
            "The network guesses: it gives every digit about the same probability, whatever the picture.",
            "Its first steps were so large that its hidden neurons fell silent for every picture, and a silent neuron "
            "has no gradient to learn from.",
            rate,
        )
    return None


def _is_large(config: TrainConfig) -> bool:
    return config.learning_rate > OPTIMIZERS[config.optimizer].usual_learning_rate


def likely_learning_rate(config: TrainConfig) -> float:
    """Return a rate that suits the optimizer, and is well below the one that failed."""
    return min(OPTIMIZERS[config.optimizer].usual_learning_rate, config.learning_rate / 10)
