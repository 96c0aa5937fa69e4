"""The range of every number that a visitor may set: one table, which settings, widgets and addresses read."""

from collections.abc import Mapping
from dataclasses import Field, fields
from math import isfinite
from types import MappingProxyType
from typing import Any

# Whole numbers where the setting is one. The last in a range is allowed.
RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "learning_rate": (0.0, 1000.0),
        "n_epochs": (1, 100_000),
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


def check_ranges(settings: Any) -> None:  # noqa: ANN401 - any dataclass with fields that are named in RANGES
    """Compare the fields of a dataclass with their ranges.

    Raises:
        ValueError: one of them is out of its range, or not finite.
    """
    names: tuple[Field[Any], ...] = fields(settings)
    for name in (field.name for field in names if field.name in RANGES):
        (low, high), value = RANGES[name], getattr(settings, name)
        if not (isfinite(value) and low <= value <= high):
            raise ValueError(f"{name} must be between {low:g} and {high:g}, got {value}")
