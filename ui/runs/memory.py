"""What the Runs page remembers."""

from dataclasses import dataclass, field

from runs.comparison.results import RESULTS
from ui.run_rows import USUAL_RESULTS

HIDDEN = frozenset(RESULTS) - frozenset(USUAL_RESULTS)  # columns that are one click away


@dataclass
class RunsMemory:
    """What was picked and done here."""

    picked: list[str] = field(default_factory=list)  # ids of runs, as table and charts show them
    hidden: frozenset[str] = field(default_factory=lambda: HIDDEN)  # keys of columns that are not shown
    deleted: tuple[str, ...] = ()  # ids of the runs that were deleted last, and can be had back
