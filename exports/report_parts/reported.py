"""A run as a report takes it, and what to call it there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fcnn.reading.text import visible
from fcnn.types import Params
from runs.kept import Answered, Curves, KeptRun

MOST_LETTERS = 40  # of a name: it stands in every table


@dataclass(frozen=True)
class ReportedRun:
    """A run, with what a report shows of it; where networks or answers were not kept, it says so."""

    kept: KeptRun
    curves: Curves
    params: Params | None = None  # of the network that the run stands for
    answers: Answered | None = None  # of that network


def labels(runs: Sequence[ReportedRun]) -> list[str]:
    """Return what to call each run: by its title, and by its number as well where two have the same."""
    titles = [visible(run.kept.title, MOST_LETTERS) for run in runs]
    n = Counter(titles)
    return [f"{title} ({run.kept.number})" if n[title] > 1 else title for title, run in zip(titles, runs, strict=True)]
