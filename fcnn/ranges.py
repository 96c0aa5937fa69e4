"""The check that all settings share: a number lies where it makes sense."""

from collections.abc import Mapping
from math import isfinite


def check_ranges(settings: object, ranges: Mapping[str, tuple[float, float]]) -> None:
    """Compare attributes with their least and greatest values.

    Raises:
        ValueError: one of them is out of its range, or not finite.
    """
    for name, (low, high) in ranges.items():
        value = getattr(settings, name)
        if not (isfinite(value) and low <= value <= high):
            raise ValueError(f"{name} must be between {low:g} and {high:g}, got {value}")
