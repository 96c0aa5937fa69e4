"""What the settings of a run put into its script: which lines it has, and the words in them."""

from exports.script_parts import formulas
from fcnn.config import Settings, TrainConfig
from fcnn.engine.batches import ROWS_AT_ONCE, n_parts
from fcnn.measuring import N_MEASURED
from fcnn.mnist import N_VALIDATION, spread
from fcnn.optimizers import OPTIMIZERS

N_IMAGES = 60_000  # of which the last N_VALIDATION can be kept back


def n_train(config: TrainConfig) -> int:
    """Return how many images such a run learns from."""
    return N_IMAGES if config.all_images else config.n_train or N_IMAGES - N_VALIDATION


def batch_size(config: TrainConfig) -> int:
    """Return how many images there are in a batch but, perhaps, the last."""
    return min(config.batch_size or N_IMAGES, n_train(config))


def traits(settings: Settings) -> frozenset[str]:
    """Return the conditions of template lines that hold for these settings."""
    spec, config = settings
    pieces, parts = batch_size(config) > ROWS_AT_ONCE, n_parts(spec.n_parameters, config.batch_size) > 1
    found = {
        "hidden": bool(spec.hidden),
        "dropout": _drops(settings),
        "l2": config.l2 > 0,
        "remembers": OPTIMIZERS[config.optimizer].n_slots > 0,
        "velocity": config.optimizer in ("momentum", "nesterov"),
        "warmup": config.warmup_epochs > 0,
        "scheduled": _changes_rate(config),
        "counted": _changes_rate(config) or config.optimizer == "adam",
        "shuffled": batch_size(config) < n_train(config),
        "pieces": pieces,
        "parts": parts,
        "cut": pieces or parts,
        "validation": not config.all_images,
        "best": config.restore_best or config.patience > 0,
        "patience": config.patience > 0,
        config.optimizer: True,
    }
    return frozenset(name for name, holds in found.items() if holds)


def words(settings: Settings) -> dict[str, str]:
    """Return what stands in the template for $names."""
    return {**_words_of_network(settings), **_words_of_batches(settings), **_words_of_learning(settings.config)}


def _words_of_network(settings: Settings) -> dict[str, str]:
    spec, config = settings
    return {
        "layers": str(spec),
        "sizes": str(spec.sizes),
        "n_hidden": str(len(spec.hidden)),
        "f": formulas.activation(spec.activation),
        "df": formulas.slope(spec.activation, drops=_drops(settings)),
        "threshold": str(round(config.dropout * 2**16)),  # see draw_masks()
        "speaking": formulas.speaking(config.dropout),
        "weight_width": formulas.width(config.initialization),
        "bias_width": repr(config.initialization.bias_width),
        "seed": str(config.seed),
    }


def _words_of_batches(settings: Settings) -> dict[str, str]:
    config, present = settings.config, traits(settings)
    n, size = n_train(config), batch_size(config)
    step = spread(n, N_IMAGES - N_VALIDATION).step
    depth = len(present & {"pieces", "parts"})  # loops within a batch
    summed = "sums" if depth else "gradients"
    cut, n_rows = ("piece", ROWS_AT_ONCE) if depth == 2 else ("batch", N_IMAGES)
    return {
        "n": f"{n:_}",
        "apart": f" * {step}" if step > 1 else "",
        "first": f":{min(n, N_MEASURED) * step:_}" + (f":{step}" if step > 1 else ""),
        "n_split": f"{N_IMAGES - N_VALIDATION:_}",
        "batch_size": f"{size:_}",
        "batch": "batch" if depth else "rows",
        "piece": "piece" if depth == 2 else "rows",
        "halves": formulas.halves(cut, {size % n_rows, n % size % n_rows}),
        "more": "    " * depth,
        "averaged": summed,
        "summed": "gradients" if config.l2 > 0 else summed,
    }


def _words_of_learning(config: TrainConfig) -> dict[str, str]:
    return {
        "n_epochs": f"{config.n_epochs:_}",
        "learning_rate": repr(config.learning_rate),
        "momentum": repr(config.momentum),
        "l2": repr(config.l2),
        "rate": "rate" if _changes_rate(config) else "learning_rate",
        "scheduled_rate": formulas.scheduled_rate(config),
        "warmup": repr(config.warmup_epochs),
        "patience": str(config.patience),
        "final": "best[2]" if config.restore_best else "params",
    }


def _changes_rate(config: TrainConfig) -> bool:
    return config.schedule != "constant" or config.warmup_epochs > 0


def _drops(settings: Settings) -> bool:
    return settings.config.dropout > 0 and bool(settings.spec.hidden)
