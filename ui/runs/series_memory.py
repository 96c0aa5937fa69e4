"""What the Runs page remembers of series: what was chosen for the next one, and what is known of the present one."""

from dataclasses import dataclass, field

from runs.kept import Curves, KeptRun
from ui.sweeps import Asked

NOTHING = ""  # stands for a setting that was not chosen


@dataclass
class SeriesMemory:
    """Choices live here; their widgets show them."""

    race: str = "one"
    asked: Asked | None = None  # what was to begin while another series goes on
    refused: str = ""  # why the last one could not begin
    turn: int = 0  # counts the clicks after which something stands below that is to be seen
    any_runs: bool | None = None  # whether the list had runs when the page was drawn last
    kind: str = "values"
    first: str = "learning_rate"  # names of settings
    second: str = NOTHING
    values: dict[str, str] = field(default_factory=dict)  # name of a setting -> the values to try, as text
    chosen: dict[str, list[str]] = field(default_factory=dict)  # and of one with names: those names
    drawn: list[str] = field(default_factory=lambda: ["learning_rate", "hidden"])
    ends: dict[str, float] = field(default_factory=dict)  # name of a setting and of an end of its range -> number
    n_draws: int = 12
    n_seeds: int = 1
    of: str = ""  # the series of which the next two are:
    ended: dict[str, KeptRun] = field(default_factory=dict)  # as they were kept, with all their figures
    curves: dict[str, Curves] = field(default_factory=dict)  # of those, thinned
