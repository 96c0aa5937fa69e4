"""Settings that are likely to learn where others did not, each with the words for its button."""

from dataclasses import dataclass, replace

from fcnn.activations import ACTIVATIONS
from fcnn.config import TrainConfig
from fcnn.initialization import NORMAL, SCHEMES, Initialization
from fcnn.network import NetworkSpec
from fcnn.optimizers import OPTIMIZERS

SUITS = {"relu": "he", "leaky_relu": "he", "tanh": "xavier", "sigmoid": "xavier"}  # the scheme for each activation
USUAL_BATCH = 128
USUAL_WIDTHS = (0.01, 0.2)  # of first weights, where somebody chooses it
MOST_L2, MOST_DROPOUT = 1e-3, 0.6  # beyond which little is learned
FEWEST_NEURONS = 8  # of a hidden layer that lets ten digits through
MOST_SIGMOIDS = 2  # layers through which sigmoids pass a gradient on


@dataclass(frozen=True)
class Remedy:
    """Other settings, and what pressing the button does, in words."""

    label: str
    spec: NetworkSpec
    config: TrainConfig


def remedy(spec: NetworkSpec, config: TrainConfig, **changes: object) -> Remedy:
    """Return the settings with changes to the config, and with whatever else would still keep them from learning."""
    now_spec, now = _with_neurons(spec), _within_reason(replace(config, **changes), spec)  # type: ignore[arg-type]
    return _remedy(spec, config, now_spec, now)


def with_relu(spec: NetworkSpec, config: TrainConfig) -> Remedy:
    """Return the settings with ReLU in place of an activation that lets no gradient through so many layers."""
    now = replace(spec, activation="relu")
    he = replace(config, initialization=Initialization("he"))
    return _remedy(spec, config, _with_neurons(now), _within_reason(he, now))


def safe_settings(spec: NetworkSpec) -> Remedy:
    """Return settings that learn with any network of this shape."""
    config = TrainConfig(learning_rate=OPTIMIZERS["adam"].usual_learning_rate, optimizer="adam")
    return Remedy("Use settings that are sure to learn", _with_neurons(replace(spec, activation="relu")), config)


def likely_learning_rate(config: TrainConfig) -> float:
    """Return a rate that suits the optimizer, and is well below the one that failed."""
    return min(usual_learning_rate(config), config.learning_rate / 10)


def usual_learning_rate(config: TrainConfig) -> float:
    """Return a rate with which the optimizer usually learns; much momentum asks for a smaller one."""
    usual = OPTIMIZERS[config.optimizer].usual_learning_rate
    rolls = config.optimizer in ("momentum", "nesterov") and config.momentum > 0.9
    return usual * (1 - config.momentum) / 0.1 if rolls else usual


def _within_reason(config: TrainConfig, spec: NetworkSpec) -> TrainConfig:
    usual = usual_learning_rate(config)
    width = config.initialization.weight_width
    odd_width = config.initialization.scheme == NORMAL and not USUAL_WIDTHS[0] <= width <= USUAL_WIDTHS[1]
    odd = odd_width or config.initialization.bias_width > 1
    return replace(
        config,
        learning_rate=config.learning_rate if usual / 20 <= config.learning_rate <= 3 * usual else usual,
        momentum=min(config.momentum, 0.99),
        l2=config.l2 if config.l2 <= MOST_L2 else 0.0,
        dropout=config.dropout if config.dropout <= MOST_DROPOUT else 0.0,
        warmup_epochs=min(config.warmup_epochs, config.n_epochs / 4),
        initialization=Initialization(SUITS.get(spec.activation, "he")) if odd else config.initialization,
    )


def _with_neurons(spec: NetworkSpec) -> NetworkSpec:
    hidden = tuple(width if width >= FEWEST_NEURONS else 32 for width in spec.hidden)
    return replace(spec, sizes=(spec.sizes[0], *hidden, spec.sizes[-1]))


def _remedy(spec: NetworkSpec, config: TrainConfig, now_spec: NetworkSpec, now: TrainConfig) -> Remedy:
    words = [
        (f"set the learning rate to {now.learning_rate:g}", now.learning_rate != config.learning_rate),
        (f"use {ACTIVATIONS[now_spec.activation].title}", now_spec.activation != spec.activation),
        (f"use {OPTIMIZERS[now.optimizer].title}", now.optimizer != config.optimizer),
        (f"draw the first weights with {_scheme(now)}", now.initialization != config.initialization),
        ("take L2 away", now.l2 != config.l2),
        ("take dropout away", now.dropout != config.dropout),
        ("shorten the warm-up", now.warmup_epochs != config.warmup_epochs),
        (f"learn from {now.batch_size} images at a time", now.batch_size != config.batch_size),
        ("use more neurons", now_spec.hidden != spec.hidden),
        (f"train for {now.n_epochs} epochs", now.n_epochs != config.n_epochs),
    ]
    label = ", ".join(word for word, changed in words if changed) or "try again"
    return Remedy(label[0].upper() + label[1:], now_spec, now)


def _scheme(config: TrainConfig) -> str:
    scheme = config.initialization.scheme
    return SCHEMES[scheme].title if scheme in SCHEMES else f"width {config.initialization.weight_width:g}"
