"""Several seeds of one setting as one: what they reach, and their mean curve with the band between the outermost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.config import Settings
from fcnn.settings import SETTINGS
from runs.kept import KeptRun
from runs.status import Status

Numbers = npt.NDArray[np.float64]
_COMPLETE = (Status.FINISHED, Status.DIVERGED)  # an explosion, too, is what came of a seed


@dataclass(frozen=True)
class Fold:
    """Runs that differ in nothing but the seed; often a single one."""

    runs: tuple[KeptRun, ...]  # in the order in which they were given

    @property
    def first(self) -> KeptRun:
        """The one that gives all of them their name and colour."""
        return self.runs[0]

    @property
    def test_accuracies(self) -> tuple[float, ...]:
        """Of those that came to their end, 0 to 1: a run that was stopped says nothing about its settings."""
        return tuple(run.test.accuracy for run in self.runs if run.test and run.status in _COMPLETE)


class Band(NamedTuple):
    """What several curves do together, at n places."""

    x: Numbers  # (n,), rising
    mean: Numbers  # (n,)
    lowest: Numbers  # (n,)
    highest: Numbers  # (n,)
    n_runs: npt.NDArray[np.intp]  # (n,): how many of them have come so far

    def at(self, places: npt.NDArray[np.intp]) -> "Band":
        """Return it at some of its places."""
        x, mean, lowest, highest, n_runs = self
        return Band(x[places], mean[places], lowest[places], highest[places], n_runs[places])


def folded(runs: Iterable[KeptRun], alone: Collection[str] = ()) -> list[Fold]:
    """Return the runs in groups that differ in nothing but the seed, in the order of their first runs.

    Args:
        runs: what is grouped. A model that was brought stays alone: nobody knows its settings.
        alone: the ids of runs that stay alone, such as those whose settings were changed on the way.
    """
    groups: dict[Settings | str, list[KeptRun]] = {}
    for run in runs:
        stays_alone = run.uploaded or run.id in alone
        groups.setdefault(run.id if stays_alone else _without_seed(run.settings), []).append(run)
    return [Fold(tuple(group)) for group in groups.values()]


def band(curves: Sequence[tuple[Numbers, Numbers]]) -> Band:
    """Return the mean of some curves, and the lowest and the highest of them, wherever one of them was measured.

    Between its measurements a curve runs straight; beyond its last one it does not count, nor where it is not finite.

    Args:
        curves: x (n,), rising, and y (n,) of each.
    """
    finite = [(x[np.isfinite(y)], y[np.isfinite(y)]) for x, y in curves]
    finite = [(x, y) for x, y in finite if len(x)]
    if not finite:
        return Band(np.empty(0), np.empty(0), np.empty(0), np.empty(0), np.empty(0, np.intp))
    places = np.unique(np.concatenate([x for x, _ in finite]))
    rows = np.array([np.interp(places, x, y, left=np.nan, right=np.nan) for x, y in finite])
    n_runs = np.isfinite(rows).sum(axis=0)  # 1 or more: each place is one of some curve's own
    return Band(places, np.nanmean(rows, axis=0), np.nanmin(rows, axis=0), np.nanmax(rows, axis=0), n_runs)


def _without_seed(settings: Settings) -> Settings:
    return settings.changed(SETTINGS["seed"], 0)
