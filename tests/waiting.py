"""Waiting for what another thread does, and a clock that a test sets."""

from collections.abc import Callable
from time import monotonic, sleep


class Clock:
    """Time that passes only where a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def until(reached: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so; the test fails if it is not within so many seconds."""
    end = monotonic() + seconds
    while not reached():
        assert monotonic() < end, f"not reached in {seconds} s"
        sleep(0.005)
