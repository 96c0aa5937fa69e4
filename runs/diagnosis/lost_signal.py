"""Where a picture gets lost on its way through the layers, or a gradient on its way back: measured, not guessed."""

from fcnn.config import TrainConfig
from runs.diagnosis.evidence import Cause, Evidence
from runs.diagnosis.remedies import (
    FEWEST_NEURONS,
    MOST_BIAS_WIDTH,
    MOST_MOMENTUM,
    is_odd_width,
    remedy,
    safe_settings,
    usual_learning_rate,
    with_adam,
    with_relu,
)

WIDE_LOSS = 50.0  # nats: a first loss that only far too large first weights make
FADED = 0.01  # beside an output that usually differs by about 0.3 from picture to picture
MOSTLY_FLAT, MOSTLY_SILENT = 0.6, 0.9
SMALL_SHARE = 0.05  # of the largest gradient of all layers


def look_at_layers(known: Evidence) -> Cause | None:
    """Follow the picture through the layers: where does it get lost?"""
    spec, config = known.spec, known.config
    narrow, wide = is_odd_width(spec, config)
    width = config.initialization.weight_width
    measured = zip(known.signals.silent, known.signals.flat, known.signals.spread, strict=True)
    for number, (silent, flat, spread) in enumerate(measured, 1):
        if spread < FADED and narrow:
            why = (
                f"The first weights were drawn with a width of {width:g}. That is so narrow that the picture fades on "
                f"its way: behind hidden layer {number} all pictures look nearly the same."
            )
            return Cause(why, (remedy(spec, config),))
        if silent > MOSTLY_SILENT and spec.activation == "relu":
            which = "All" if silent == 1 else f"{silent:.0%} of the"
            why = (
                f"{which} neurons of hidden layer {number} are silent: their output is 0 for every picture, and a "
                f"silent neuron has no gradient to learn from. {_too_large(known)}"
            )
            return Cause(why, (remedy(spec, config, **_slower(config)),))
        if flat > MOSTLY_FLAT and spec.activation in ("tanh", "sigmoid"):
            why = (
                f"The neurons of hidden layer {number} are saturated: the activation is flat at {flat:.0%} of their "
                f"sums, and lets no gradient through there. {_too_large(known)}"
            )
            return Cause(why, (remedy(spec, config, **_slower(config)), with_relu(spec, config)))
    if wide and known.first.loss > WIDE_LOSS:
        why = (
            f"The first weights were drawn with a width of {width:g}. That is so wide that its numbers are far too "
            f"large: it began with a loss of {known.first.loss:,.0f}, where a blind guess has 2.3."
        )
        return Cause(why, (remedy(spec, config),))
    return None


def look_at_gradient(known: Evidence) -> Cause | None:
    """Follow the gradient back: does it reach the first layers?"""
    spec, config, norms = known.spec, known.config, known.newest.gradient_norms
    if not (norms and spec.hidden and norms[0] < SMALL_SHARE * max(norms)):
        return None
    sigmoid = " Each sigmoid lets at most a quarter of it through." if spec.activation == "sigmoid" else ""
    why = (
        f"The gradient fades on its way back: in the last layer it has a length of {norms[-1]:.1g}, in the first "
        f"{norms[0]:.1g}. So the first layers hardly learn.{sigmoid}"
    )
    if spec.activation in ("relu", "leaky_relu"):
        return Cause(why, (remedy(spec, config), safe_settings(spec, config)))
    return Cause(why, (with_relu(spec, config), *([with_adam(spec, config)] if config.optimizer != "adam" else [])))


def _too_large(known: Evidence) -> str:
    """Say what is too large, if anything is known to be."""
    config, first = known.config, known.config.initialization
    if is_odd_width(known.spec, config)[1]:
        return f"The first weights were drawn with a width of {first.weight_width:g}, which is far too wide."
    if first.bias_width > MOST_BIAS_WIDTH:
        return f"The first biases were drawn with a width of {first.bias_width:g}, which is far too wide."
    if config.optimizer in ("momentum", "nesterov") and config.momentum > MOST_MOMENTUM:
        return f"A momentum of {config.momentum:g} adds up so many steps that they become far too large."
    if config.learning_rate > usual_learning_rate(config):
        return f"Steps that are too large do that, and a learning rate of {config.learning_rate:g} is large here."
    if known.spec.hidden and min(known.spec.hidden) < FEWEST_NEURONS:
        return "In a layer of so few neurons that easily happens."
    return ""


def _slower(config: TrainConfig) -> dict[str, float]:
    usual = usual_learning_rate(config)
    return {"learning_rate": min(usual, config.learning_rate / 10)} if config.learning_rate > usual else {}
