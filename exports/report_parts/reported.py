"""A run as a report takes it, and what to call it there."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fcnn.reading.text import visible
from fcnn.types import Params
from runs.kept import Answered, Curves, KeptRun

MOST_LETTERS = 40  # of a name: it stands in every table


def no_network() -> Params | None:
    """Return what there is where no network was kept."""
    return None


@dataclass(frozen=True)
class ReportedRun:
    """A run, with what a report shows of it; where networks or answers were not kept, it says so."""

    kept: KeptRun
    curves: Curves
    # Returns the parameters of the network that the run stands for. It is asked once, and they are let go before the
    # next run is asked: twenty large networks together would fill a small server.
    network: Callable[[], Params | None] = no_network
    answers: Answered | None = None  # of that network


def labels(runs: Sequence[KeptRun]) -> list[str]:
    """Return what to call each run: by its title, and by its number as well where two have the same."""
    titles = [visible(run.title, MOST_LETTERS) for run in runs]
    n = Counter(titles)
    return [f"{title} ({run.number})" if n[title] > 1 else title for title, run in zip(titles, runs, strict=True)]
