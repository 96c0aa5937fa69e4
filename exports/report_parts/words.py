"""Facts of a run in the words of a report."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from charts.answers import NBSP
from runs.status import Status

STATUS: Mapping[Status, str] = MappingProxyType(
    {
        Status.WAITING: "not begun",
        Status.RUNNING: "still learning",
        Status.PAUSED: "paused",
        Status.STOPPED: "stopped",
        Status.FINISHED: "finished",
        Status.DIVERGED: "diverged",
        Status.FAILED: "broke off",
        Status.CLOSED: "ended",
        Status.INTERRUPTED: "interrupted",
    }
)


def duration(seconds: float) -> str:
    """Return a time as it was measured: '8.3 s', '12 min 5 s', '2 h 3 min'."""
    minutes, rest = divmod(round(seconds), 60)
    words = f"{minutes} min {rest} s" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
    return (f"{seconds:.1f} s" if seconds < 99.95 else words).replace(" ", NBSP)


def day(when: datetime) -> str:
    """Return a date as everybody reads it: '3 March 2026'."""
    return f"{when.day} {when:%B %Y}"
