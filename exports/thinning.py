"""Fewer records of a run that has very many: evenly over its course, always with the first and the last."""

from collections.abc import Sequence

from runs.records import EpochRecord


def thin(records: Sequence[EpochRecord], most: int) -> tuple[EpochRecord, ...]:
    """Return at most so many of the records, at least two; fewer than that are returned as they are."""
    n = len(records)
    if n <= most:
        return tuple(records)
    return tuple(records[i * (n - 1) // (most - 1)] for i in range(most))
