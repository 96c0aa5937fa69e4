"""Why a network has learned nothing: the first cause that is known to hold, and settings without it."""

from runs.diagnosis.evidence import Cause, Evidence
from runs.diagnosis.lost_signal import look_at_gradient, look_at_layers
from runs.diagnosis.remedies import MOST_L2, drops_too_much, remedy, safe_settings, usual_learning_rate, varies_too_much

FEW_UPDATES = 100
TINY_RATE, LOW_RATE = 1 / 50, 1 / 10  # of the usual one


def known_cause(known: Evidence) -> Cause:
    """Return the cause; if none is known for sure, say no more than that, and offer settings that learn."""
    spec, config = known.spec, known.config
    for look in (_steps, _weights, _pulls, look_at_layers, look_at_gradient, _odd_settings):
        if cause := look(known):
            return cause
    why = "Which of its settings is to blame cannot be told from what was measured."
    mended = remedy(spec, config)
    different = (mended.spec, mended.config) != (spec, config)
    return Cause(why, (*([mended] if different else []), safe_settings(spec, config)))


def _steps(known: Evidence) -> Cause | None:
    """Look whether its steps could bring it anywhere at all."""
    spec, config, newest = known.spec, known.config, known.newest
    usual = usual_learning_rate(config)
    tiny, now = usual * TINY_RATE, f"{newest.learning_rate:.2g}"
    if config.learning_rate == 0 or newest.learning_rate == 0:
        verb = "is" if config.learning_rate == 0 else "was"
        why = f"The learning rate {verb} 0: steps without length change no weight."
    elif newest.number <= config.warmup_epochs and newest.learning_rate < usual * LOW_RATE:
        why = (
            f"The learning rate is still climbing from 0: its warm-up lasts {config.warmup_epochs:g} epochs, and so "
            f"far the rate has only come to {now}."
        )
        return Cause(why, (remedy(spec, config, warmup_epochs=0.0),))
    elif config.learning_rate < tiny:
        why = f"A learning rate of {config.learning_rate:g} makes steps so small that it would take very many epochs."
    elif config.schedule == "step" and newest.learning_rate < tiny:
        why = f"The schedule has halved the learning rate so often that only {now} is left."
        return Cause(why, (remedy(spec, config, schedule="constant"),))
    elif known.n_updates < FEW_UPDATES:
        n = known.n_updates
        few = f"there are few of them in {config.n_train:,} images" if config.n_train else "its batches are large"
        why = (
            f"It has made only {n} update{'' if n == 1 else 's'} of its weights: one for each batch, and {few}. "
            "That is too few to learn from."
        )
        return Cause(why, (remedy(spec, config),))
    else:
        return None
    return Cause(why, (remedy(spec, config, learning_rate=usual),))


def _weights(known: Evidence) -> Cause | None:
    """Look whether the neurons of a layer are all the same."""
    if not any(known.signals.equal):
        return None
    number = known.signals.equal.index(True) + 1
    why = (
        f"All neurons of hidden layer {number} have the same weights, so they all learn the same, if anything. First "
        "weights are drawn at random to make neurons differ."
    )
    return Cause(why, (remedy(known.spec, known.config),))


def _pulls(known: Evidence) -> Cause | None:
    """Look for what works against learning in every update."""
    spec, config = known.spec, known.config
    if config.l2 > 10 * MOST_L2:
        why = f"An L2 of {config.l2:g} pulls all weights to 0 more strongly than the digits can hold against it."
    elif drops_too_much(spec, config) and spec.hidden:
        why = f"With a dropout of {config.dropout:g}, too few hidden neurons are left in each batch to learn with."
    else:
        return None
    return Cause(why, (remedy(spec, config),))


def _odd_settings(known: Evidence) -> Cause | None:
    """Look for settings so far from usual ones that hardly any network learns with them."""
    spec, config = known.spec, known.config
    if config.learning_rate > 10 * usual_learning_rate(config):
        why = (
            f"With a learning rate of {config.learning_rate:g} its steps are so large that they jump over every valley."
        )
        return Cause(why, (remedy(spec, config, learning_rate=usual_learning_rate(config)),))
    if varies_too_much(config):
        why = "The images are varied so strongly that little of the digits may be left in them."
        return Cause(why, (remedy(spec, config),))
    return None
