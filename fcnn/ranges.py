"""The range of every number that a visitor may set: one table, which settings, widgets and addresses read."""

from collections.abc import Mapping
from dataclasses import Field, fields
from numbers import Integral
from types import MappingProxyType
from typing import Any

# Whole numbers where the setting is one. The ends of a range are allowed.
RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "n_hidden_layers": (0, 5),
        "n_neurons": (1, 1024),  # of each hidden layer
        "learning_rate": (0.0, 1000.0),
        "n_epochs": (1, 100_000),
        "batch_size": (1, 1_000_000),
        "momentum": (0.0, 0.9999),
        "l2": (0.0, 10.0),
        "dropout": (0.0, 0.95),
        "warmup_epochs": (0.0, 1000.0),
        "step_epochs": (1, 100_000),
        "patience": (0, 100_000),
        "seed": (0, 2**32 - 1),
        "weight_width": (0.0, 10.0),
        "bias_width": (0.0, 10.0),
        "shift_px": (0.0, 8.0),
        "rotation_deg": (0.0, 180.0),
        "scale": (0.0, 0.9),
        "elastic_px": (0.0, 8.0),
        "elastic_blur_px": (2.0, 14.0),
        "noise": (0.0, 1.0),
    }
)


def is_whole(name: str) -> bool:
    """Return whether a setting is a whole number."""
    return isinstance(RANGES[name][0], int)


def in_range(name: str, value: float) -> bool:
    """Return whether a setting may have this value; nan lies in no range, a fraction in none of whole numbers."""
    low, high = RANGES[name]
    return low <= value <= high and (isinstance(value, Integral) or not is_whole(name))


def check_ranges(settings: Any) -> None:  # noqa: ANN401 - any dataclass with fields that are named in RANGES
    """Compare the fields of a dataclass with their ranges; None stands for no number at all.

    Raises:
        ValueError: one of them is out of its range, not finite, or a fraction where only whole numbers make sense.
    """
    names: tuple[Field[Any], ...] = fields(settings)
    for name in (field.name for field in names if field.name in RANGES):
        value = getattr(settings, name)
        if value is not None and not in_range(name, value):
            low, high = RANGES[name]
            between = f"a whole number from {low:,} to {high:,}" if is_whole(name) else f"between {low:g} and {high:g}"
            raise ValueError(f"{name} must be {between}, got {value}")
