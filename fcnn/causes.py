"""Why a network has learned nothing: the first cause that is known to hold, and settings without it."""

from typing import NamedTuple

from fcnn.config import TrainConfig
from fcnn.initialization import NORMAL
from fcnn.network import NetworkSpec
from fcnn.remedies import (
    FEWEST_NEURONS,
    MOST_DROPOUT,
    MOST_L2,
    MOST_SIGMOIDS,
    USUAL_BATCH,
    Remedy,
    remedy,
    safe_settings,
    usual_learning_rate,
    with_relu,
)
from fcnn.signals import Signals
from fcnn.view import Record

FEW_UPDATES = 100
TINY_RATE = 1 / 50  # of the usual one
FADED = 1e-3  # beside what a layer usually has: spreads of about 0.3, weights of about 0.05


class Cause(NamedTuple):
    """Why, in a sentence or two, and what mends it."""

    why: str
    remedies: tuple[Remedy, ...]


def known_cause(spec: NetworkSpec, config: TrainConfig, newest: Record, signals: Signals, n_updates: int) -> Cause:
    """Return the cause; if none is known for sure, say no more than that, and offer settings that learn."""
    for look in (_settings, _weights, _signal, _gradient):
        if cause := look(spec, config, newest, signals):
            return cause
    mended = remedy(spec, config)
    if n_updates < FEW_UPDATES:
        why = f"It has made only {n_updates} updates: one for each batch. That is too few to learn from."
        return Cause(why, (remedy(spec, config, batch_size=USUAL_BATCH, n_epochs=max(config.n_epochs, 5)),))
    why = "These settings do not suit each other. Which of them is to blame cannot be told from what was measured."
    different = (mended.spec, mended.config) != (spec, config)
    return Cause(why, (*([mended] if different else []), safe_settings(spec)))


def _settings(spec: NetworkSpec, config: TrainConfig, newest: Record, _: Signals) -> Cause | None:
    """Look for a setting that lets nothing be learned, whatever the network is."""
    usual = usual_learning_rate(config)
    why = ""
    if config.learning_rate == 0:
        why = "The learning rate is 0: its steps have no length, and no weight ever changes."
    elif config.warmup_epochs > newest.number and newest.learning_rate < usual * TINY_RATE:
        so_far = f"and the rate has only come to {newest.learning_rate:.2g}."
        why = f"The learning rate is still climbing from 0: the warm-up lasts {config.warmup_epochs:g} epochs, {so_far}"
    elif config.learning_rate < usual * TINY_RATE:
        why = f"A learning rate of {config.learning_rate:g} makes steps so small that the weights hardly change."
    elif config.l2 > MOST_L2 * 10:
        why = f"An L2 of {config.l2:g} pulls all weights to 0 more strongly than the digits can hold against it."
    elif config.dropout > MOST_DROPOUT and spec.hidden:
        why = f"With a dropout of {config.dropout:g}, too few hidden neurons are left in each batch to learn with."
    if not why:
        return None
    rate = {"learning_rate": usual} if "rate" in why else {}
    return Cause(why, (remedy(spec, config, **rate),))


def _weights(spec: NetworkSpec, config: TrainConfig, _: Record, signals: Signals) -> Cause | None:
    """Look at the weights themselves."""
    if any(signals.equal[:-1]) or (signals.equal[-1] and not spec.hidden):
        return Cause(
            "All neurons of a layer have the same weights, so they all learn the same, if anything. Random first "
            "weights are there to make them differ.",
            (remedy(spec, config),),
        )
    return None


def _signal(spec: NetworkSpec, config: TrainConfig, _: Record, signals: Signals) -> Cause | None:
    """Follow the picture through the layers: where does it get lost?"""
    width = config.initialization.weight_width
    drawn_small = config.initialization.scheme == NORMAL and width < 0.01
    for i, (silent, flat, spread) in enumerate(zip(signals.silent, signals.flat, signals.spread, strict=True), 1):
        if spec.hidden[i - 1] < FEWEST_NEURONS:
            few = spec.hidden[i - 1]
            why = f"Hidden layer {i} has {few} neuron{'s' if few > 1 else ''}: too narrow for ten digits to pass."
            return Cause(why, (remedy(spec, config),))
        if silent > 0.98 and spec.activation == "relu" and not drawn_small:
            why = (
                f"The neurons of hidden layer {i} are silent: none of them answers to any picture, and a silent neuron "
                f"has no gradient to learn from. {_silencer(config)}"
            )
            return Cause(why, (remedy(spec, config, **_smaller(config)),))
        if flat > 0.95 and spec.activation in ("tanh", "sigmoid"):
            why = (
                f"The neurons of hidden layer {i} are saturated: their sums are so large that the activation is flat "
                "there, and lets no gradient through."
            )
            return Cause(why, (remedy(spec, config, **_smaller(config)), with_relu(spec, config)))
        if spread < FADED and drawn_small:
            why = (
                f"The first weights were drawn with a width of {width:g}. That is so narrow that the picture fades on "
                f"its way: behind hidden layer {i} all pictures look the same."
            )
            return Cause(why, (remedy(spec, config),))
    return None


def _gradient(spec: NetworkSpec, config: TrainConfig, newest: Record, _: Signals) -> Cause | None:
    """Follow the gradient back: does it reach the first layers?"""
    norms = newest.gradient_norms
    if not (norms and spec.hidden and norms[0] < 0.05 * max(norms)):
        return None
    why = (
        f"The gradient fades on its way back: in the first layer it is {norms[0]:.1g}, in the last {norms[-1]:.1g}. "
        "So the first layers hardly learn."
    )
    if spec.activation == "sigmoid" and len(spec.hidden) > MOST_SIGMOIDS:
        return Cause(why + " Each sigmoid lets at most a quarter of it through.", (with_relu(spec, config),))
    return Cause(why, (with_relu(spec, config), safe_settings(spec)))


def _silencer(config: TrainConfig) -> str:
    if config.learning_rate > usual_learning_rate(config):
        return f"Steps that are too large do that, and a learning rate of {config.learning_rate:g} is large here."
    return "First weights or steps that are too large do that."


def _smaller(config: TrainConfig) -> dict[str, float]:
    usual = usual_learning_rate(config)
    return {"learning_rate": min(usual, config.learning_rate / 10)} if config.learning_rate > usual else {}
