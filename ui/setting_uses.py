"""Where a setting has no use, given the others: there it is not drawn, or drawn so that nothing can be done with it."""

from collections.abc import Callable

from fcnn.config import Settings
from fcnn.initialization import NORMAL
from fcnn.setting import Setting

_SHOWN_IF: dict[str, Callable[[Settings], bool]] = {
    "step_epochs": lambda now: now.config.schedule == "step",
    "weight_width": lambda now: now.config.initialization.scheme == NORMAL,
}
_USED_IF: dict[str, Callable[[Settings], bool]] = {
    "momentum": lambda now: now.config.optimizer != "gradient_descent",
    "n_train": lambda now: not now.config.all_images,
    "patience": lambda now: not now.config.all_images,
    "restore_best": lambda now: not now.config.all_images,
    "elastic_blur_px": lambda now: now.config.augmentation.elastic_px > 0,
}


def is_shown(row: Setting, settings: Settings) -> bool:
    """Return whether a setting is drawn at all."""
    return _SHOWN_IF.get(row.name, _always)(settings)


def is_used(row: Setting, settings: Settings) -> bool:
    """Return whether a setting makes a difference, if it is drawn."""
    return _USED_IF.get(row.name, _always)(settings)


def _always(_: Settings) -> bool:
    return True
