"""A loss that is not finite any more, or far higher than it was: what is said of it, why, and what mends it."""

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec
from runs.diagnosis.evidence import Cause
from runs.diagnosis.remedies import MOST_MOMENTUM, is_odd_width, likely_learning_rate, remedy, usual_learning_rate
from runs.records import EpochRecord

WIDE_LOSS = 50.0  # nats: a first loss that only far too large first weights make


def exploded(spec: NetworkSpec, config: TrainConfig, records: tuple[EpochRecord, ...]) -> tuple[str, Cause]:
    """Explain a loss that is not finite."""
    number = records[-1].number
    when = f"in epoch {number}" if number else "before it learned anything"
    what = f"The network exploded {when}: its numbers grew beyond what a computer can hold."
    return what, _too_large_steps(spec, config, records)


def too_high(spec: NetworkSpec, config: TrainConfig, records: tuple[EpochRecord, ...]) -> tuple[str, Cause]:
    """Explain a loss that has climbed far above its lowest."""
    newest = records[-1]
    lowest = min(records, key=lambda record: record.train.loss)
    rising = newest.train.loss > records[-2].train.loss
    was = f"its lowest was {lowest.train.loss:,.2f}, after epoch {lowest.number}"
    loss = f"{newest.train.loss:,.2f} after epoch {newest.number}"
    what = f"The loss is climbing: {loss}." if rising else f"The loss has climbed far up: {loss}; {was}."
    return what, _too_large_steps(spec, config, records)


def _too_large_steps(spec: NetworkSpec, config: TrainConfig, records: tuple[EpochRecord, ...]) -> Cause:
    """Name what makes steps too large: the first weights, L2, momentum, else the learning rate."""
    rate, width, usual = config.learning_rate, config.initialization.weight_width, usual_learning_rate(config)
    slower = remedy(spec, config, learning_rate=likely_learning_rate(config))
    usual_or_less = remedy(spec, config, learning_rate=min(rate, usual))
    if is_odd_width(spec, config)[1] and not records[0].train.loss < WIDE_LOSS:
        why = (
            f"Its first weights were drawn with a width of {width:g}: so wide that each layer makes its numbers many "
            "times larger."
        )
        return Cause(why, (usual_or_less,))
    if config.l2 * rate > 1:
        why = (
            f"L2 takes {config.l2:g} x {rate:g} of each weight away in every step: more than is there, so that the "
            "weights change sign and grow."
        )
        return Cause(why, (usual_or_less,))
    if config.momentum > MOST_MOMENTUM and config.optimizer != "gradient_descent" and rate <= 2 * usual:
        why = f"A momentum of {config.momentum:g} hardly ever slows down: steps add up until they jump over the valley."
        return Cause(why, (usual_or_less,))
    why = (
        f"The steps are too large: with a learning rate of {rate:g} each one overshoots the valley that it aims for, "
        "and the next starts from higher up."
    )
    return Cause(why, (slower,))
