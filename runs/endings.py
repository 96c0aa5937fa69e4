"""Why runs are gone: remembered for a while, so that whoever still has the address of one is told the real reason."""

from collections import OrderedDict
from enum import StrEnum
from typing import NamedTuple

MOST = 2_000  # endings of about 100 bytes each; the oldest go first


class Why(StrEnum):
    """What ended a run for good."""

    REPLACED = "replaced"  # its owner, or somebody else with its address, prepared another one in its place
    ABANDONED = "abandoned"  # nobody looked at it for longer than the lease
    GIVEN_UP = "given_up"  # it left the line before it began
    FORGOTTEN = "forgotten"  # its owner has deleted all that is theirs
    DONE = "done"  # it was one of a series, whose next one needs its memory


class Ending(NamedTuple):
    """How a run went, and which one came in its place."""

    why: Why
    successor: str | None = None


class Endings:
    """The endings of the last MOST runs; whoever uses it holds the lock of the runs."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, Ending] = OrderedDict()

    def note(self, run_id: str, ending: Ending) -> None:
        """Remember how a run ended."""
        self._of[run_id] = ending
        while len(self._of) > MOST:
            self._of.popitem(last=False)

    def of(self, run_id: str) -> Ending | None:
        """Return how a run ended; None if it was never here, or so long ago that it is forgotten."""
        return self._of.get(run_id)
