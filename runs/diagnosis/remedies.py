"""Settings that are likely to learn where others did not, each with the words for its button."""

from dataclasses import dataclass, replace

from fcnn.activations import ACTIVATIONS
from fcnn.augmentation import NOTHING
from fcnn.config import TrainConfig
from fcnn.initialization import NORMAL, SCHEMES, Initialization
from fcnn.network import NetworkSpec
from fcnn.optimizers import OPTIMIZERS
from runs.diagnosis.enough_updates import with_enough_updates

SUITS = {"relu": "he", "leaky_relu": "he", "tanh": "xavier", "sigmoid": "he"}  # the scheme for each activation
USUAL_MOMENTUM, MOST_MOMENTUM = 0.9, 0.95
USUAL_WIDTHS = (0.3, 3.0)  # of first weights, as multiples of what He gives to a layer
MOST_BIAS_WIDTH = 1.0
MOST_L2, MOST_DROPOUT = 1e-3, 0.5  # beyond which little is learned
FEWEST_NEURONS, USUAL_NEURONS = 8, 32  # of a hidden layer that lets ten digits through
MOST_SIGMOIDS = 2  # hidden layers through which sigmoids pass enough of a gradient for plain steps
MOST_AUGMENTATION = {"shift_px": 4.0, "rotation_deg": 45.0, "scale": 0.5, "elastic_px": 3.0, "noise": 0.7}


@dataclass(frozen=True)
class Remedy:
    """Other settings, and what pressing the button does, in words."""

    label: str
    spec: NetworkSpec
    config: TrainConfig


def remedy(spec: NetworkSpec, config: TrainConfig, **changes: object) -> Remedy:
    """Return the settings with changes to the config, and with whatever else would still keep them from learning.

    A learning rate among the changes is kept as it is.
    """
    return _remedy(spec, config, spec, replace(config, **changes), keep_rate="learning_rate" in changes)  # type: ignore[arg-type]


def with_relu(spec: NetworkSpec, config: TrainConfig) -> Remedy:
    """Return the settings with ReLU in place of an activation that lets too little of a gradient through."""
    he = replace(config, initialization=Initialization("he"))
    return _remedy(spec, config, replace(spec, activation="relu"), he)


def with_adam(spec: NetworkSpec, config: TrainConfig) -> Remedy:
    """Return the settings with Adam, whose steps do not shrink with the gradient."""
    return _remedy(spec, config, spec, _adam(config))


def safe_settings(spec: NetworkSpec, config: TrainConfig) -> Remedy:
    """Return settings that learn with a network of any shape; how long, from what and with which seed stays."""
    stays = ("n_epochs", "n_train", "all_images", "patience", "restore_best", "seed")
    kept = {name: getattr(config, name) for name in stays}
    safe = _remedy(spec, config, replace(spec, activation="relu"), _adam(TrainConfig(**kept)))
    return replace(safe, label="Use safe settings: ReLU, He's first weights, Adam with a learning rate of 0.001")


def likely_learning_rate(config: TrainConfig) -> float:
    """Return a rate that suits the optimizer, and is well below the one that failed."""
    return min(usual_learning_rate(config), config.learning_rate / 10)


def usual_learning_rate(config: TrainConfig) -> float:
    """Return a rate with which the optimizer usually learns."""
    return OPTIMIZERS[config.optimizer].usual_learning_rate


def is_odd_width(spec: NetworkSpec, config: TrainConfig) -> tuple[bool, bool]:
    """Return whether the first weights of some layer were drawn far too narrow, and whether far too wide."""
    if config.initialization.scheme != NORMAL:
        return False, False
    he = [SCHEMES["he"].width(n_in, 0) for n_in in spec.sizes[:-1]]
    width = config.initialization.weight_width
    return width < USUAL_WIDTHS[0] * max(he), width > USUAL_WIDTHS[1] * min(he)


def drops_too_much(spec: NetworkSpec, config: TrainConfig) -> bool:
    """Return whether dropout leaves so few neurons of some layer that little can pass."""
    few = any(width * (1 - config.dropout) < FEWEST_NEURONS for width in spec.hidden)
    return config.dropout > MOST_DROPOUT or (config.dropout > 0 and (few or len(spec.hidden) > MOST_SIGMOIDS + 1))


def varies_too_much(config: TrainConfig) -> bool:
    """Return whether the images are varied so much that little of the digits may be left."""
    return any(getattr(config.augmentation, name) > most for name, most in MOST_AUGMENTATION.items())


def _adam(config: TrainConfig) -> TrainConfig:
    return replace(config, optimizer="adam", learning_rate=OPTIMIZERS["adam"].usual_learning_rate)


def _remedy(
    spec: NetworkSpec, config: TrainConfig, wanted: NetworkSpec, now: TrainConfig, *, keep_rate: bool = False
) -> Remedy:
    hidden = tuple(width if width >= FEWEST_NEURONS else USUAL_NEURONS for width in wanted.hidden)
    wanted = replace(wanted, sizes=(wanted.sizes[0], *hidden, wanted.sizes[-1]))
    if wanted.activation == "sigmoid" and len(hidden) > MOST_SIGMOIDS and now.optimizer != "adam":
        now, keep_rate = _adam(now), False
    now = _within_reason(wanted, now, keep_rate=keep_rate)
    label = ", ".join(_changes(spec, config, wanted, now)) or "try again"
    return Remedy(label[0].upper() + label[1:], wanted, now)


def _within_reason(spec: NetworkSpec, config: TrainConfig, *, keep_rate: bool) -> TrainConfig:
    """Return settings in which each one that would keep any network from learning is a usual one."""
    config = with_enough_updates(config)
    usual = usual_learning_rate(config)
    odd = any(is_odd_width(spec, config)) or config.initialization.bias_width > MOST_BIAS_WIDTH
    fades = config.schedule == "step" and config.step_epochs < config.n_epochs / 4
    return replace(
        config,
        learning_rate=config.learning_rate if keep_rate or usual / 4 <= config.learning_rate <= 2 * usual else usual,
        momentum=config.momentum if config.momentum <= MOST_MOMENTUM else USUAL_MOMENTUM,
        l2=config.l2 if config.l2 <= MOST_L2 else 0.0,
        dropout=0.0 if drops_too_much(spec, config) else config.dropout,
        warmup_epochs=config.warmup_epochs if config.warmup_epochs <= config.n_epochs / 4 else 0.0,
        schedule="constant" if fades else config.schedule,
        augmentation=NOTHING if varies_too_much(config) else config.augmentation,
        initialization=Initialization(SUITS.get(spec.activation, "he")) if odd else config.initialization,
    )


def _changes(spec: NetworkSpec, config: TrainConfig, now_spec: NetworkSpec, now: TrainConfig) -> list[str]:
    """Return what differs, in the words of a button."""
    adam = now.optimizer != config.optimizer
    rate = f"{now.learning_rate:g}"
    words = [
        (f"use {OPTIMIZERS[now.optimizer].title} with a learning rate of {rate}", adam),
        (f"set the learning rate to {rate}", now.learning_rate != config.learning_rate and not adam),
        (f"use {ACTIVATIONS[now_spec.activation].title}", now_spec.activation != spec.activation),
        (f"draw the first weights with {_scheme(now)}", now.initialization != config.initialization),
        ("switch L2 off", now.l2 != config.l2),
        ("switch dropout off", now.dropout != config.dropout),
        ("switch the warm-up off", now.warmup_epochs != config.warmup_epochs),
        ("keep the learning rate constant", now.schedule != config.schedule),
        (f"set the momentum to {now.momentum:g}", now.momentum != config.momentum),
        (f"learn from {now.batch_size} images at a time", now.batch_size != config.batch_size),
        (f"learn for {now.n_epochs} epochs", now.n_epochs != config.n_epochs),
        ("show the images as they are", now.augmentation != config.augmentation),
        (f"give narrow layers {USUAL_NEURONS} neurons", now_spec.hidden != spec.hidden),
    ]
    return [word for word, changed in words if changed]


def _scheme(config: TrainConfig) -> str:
    scheme = config.initialization.scheme
    return SCHEMES[scheme].title if scheme in SCHEMES else f"a width of {config.initialization.weight_width:g}"
