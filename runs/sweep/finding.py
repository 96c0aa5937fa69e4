"""What a series shows, in one plain sentence or two. It is true of the results that there are, also while more come.

Settings are compared by the validation digits, since the test set chooses nothing; what luck makes is told by the test
digits, since no choice follows from it. A run that was stopped says nothing about its settings.
"""

from collections.abc import Sequence
from typing import NamedTuple

from fcnn.config import Settings
from fcnn.metrics import interval_95
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from fcnn.written import written
from runs.comparison.differences import in_a_sentence, in_words
from runs.comparison.results import RESULTS
from runs.comparison.verdict import of_seeds
from runs.kept import KeptRun
from runs.status import Status
from runs.sweep import trend
from runs.sweep.plan import Plan
from runs.sweep.trend import Point

COMPLETE = (Status.FINISHED, Status.DIVERGED)  # an explosion, too, is what came of a setting
N_TEST = 10_000
COUNTED = ("hidden", "n_epochs", "n_train")  # of which one says how many
_VALIDATION, _TEST = RESULTS["validation_accuracy"], RESULTS["test_accuracy"]


class Spread(NamedTuple):
    """What runs reach that differ in nothing but the seed, in percent of the test digits."""

    values: tuple[float, ...]  # one or more
    low: float  # the 95 % interval of one run that reaches their mean
    high: float

    @property
    def mean(self) -> float:
        """What they reach on average."""
        return sum(self.values) / len(self.values)

    @property
    def n_within(self) -> int:
        """How many of them lie in the interval."""
        return sum(self.low <= value <= self.high for value in self.values)


def tried(plan: Plan) -> tuple[Setting, ...]:
    """Return the settings that a plan changes, but for the seed."""
    return tuple(SETTINGS[name] for name in plan.names)


def complete(runs: Sequence[KeptRun]) -> list[KeptRun]:
    """Return the runs that came to their own end."""
    return [run for run in runs if run.status in COMPLETE]


def spread_of(runs: Sequence[KeptRun]) -> Spread | None:
    """Return what runs reach on the test digits; None if nothing is known."""
    values = tuple(value for run in complete(runs) if (value := _TEST.of(run)) is not None)
    if not values:
        return None
    low, high = interval_95(sum(values) / len(values) / 100, N_TEST)
    return Spread(values, 100 * low, 100 * high)


def said(row: Setting, settings: Settings) -> str:
    """Return what a setting is as part of a sentence: 'learning rate 0.1', but '64 neurons' and '1 epoch'."""
    word, label = in_words(row, settings), in_a_sentence(row)
    if row.name == "hidden" and not settings.spec.hidden:
        return "no hidden layer"
    if row.name not in COUNTED:
        return f"{label} {word}"
    return f"{word} {label.removesuffix('s') if word == '1' else label}"


def finding(plan: Plan, runs: Sequence[KeptRun], *, whole: bool) -> str:
    """Return what the results show; "" as long as there are none.

    Args:
        plan: what was to be tried.
        runs: those of it that have ended.
        whole: whether there will be no more.
    """
    so_far, rows = "" if whole else " so far", tried(plan)
    if not rows:
        return _of_luck(spread_of(runs), so_far)
    points = _points(rows, complete(runs))
    if len(points) < 2:
        return "".join(
            f"{point.title}: {point.percent} of the validation digits are right{so_far}." for point in points
        )
    if len(rows) == 1 and not plan.ranges:
        words = trend.of_widths(points, so_far) if rows[0].name == "hidden" else ""
        words = trend.of_images(points, so_far) if rows[0].name == "n_train" else words
        if words:
            return words
    return _of_best(points, so_far)


def _points(rows: Sequence[Setting], runs: Sequence[KeptRun]) -> list[Point]:
    """Return what each tried value, or pair of them, reaches, in the order in which they came."""
    groups: dict[tuple[str, ...], list[KeptRun]] = {}
    for run in runs:
        if _VALIDATION.of(run) is not None:
            groups.setdefault(tuple(written(row, run.settings) for row in rows), []).append(run)
    return [_point(rows, group) for group in groups.values()]


def _point(rows: Sequence[Setting], runs: Sequence[KeptRun]) -> Point:
    settings: Settings = runs[0].settings
    words = " with ".join(said(row, settings) for row in rows)
    values = tuple(value for run in runs if (value := _VALIDATION.of(run)) is not None)
    n_measured = sum(run.reached.n_validated for run in runs if run.reached)
    exploded = all(run.status is Status.DIVERGED for run in runs)
    return Point(words, settings.value(rows[0]), values, n_measured, exploded)


def _of_best(points: Sequence[Point], so_far: str) -> str:
    best, second, *_ = ranked = sorted(points, key=lambda point: -point.mean)
    worst = ranked[-1]
    exploded = ", where it exploded" if worst.exploded else ""
    words = f"Best{so_far}: {best.words}, with {best.percent} of the validation digits right. "
    words += f"Worst{so_far}: {worst.words}, with {worst.percent}{exploded}."
    if min(len(best.values), len(second.values)) > 1:
        a, b = ([value / 100 for value in point.values] for point in (best, second))
        return f"{words} {of_seeds(a, b, (best.title, second.words)).words}"
    low, high = (100 * end for end in interval_95(best.mean / 100, best.n_measured))
    near = [point for point in ranked[1:] if point.mean >= low]
    if not near:
        return words
    which = f"{near[0].title} comes" if len(near) == 1 else f"{len(near):,} of the others come"
    return f"{words} {which} so near that it may be luck: the 95 % interval of the best is {low:.2f} to {high:.2f} %."


def _of_luck(spread: Spread | None, so_far: str) -> str:
    if spread is None:
        return ""
    n, mean = len(spread.values), f"{spread.mean:.2f} %"
    if n == 1:
        return f"One run has ended{so_far}: it reads {mean} of the test digits. Others show how much of that is luck."
    low, high = min(spread.values), max(spread.values)
    inside = f"all {n:,}" if spread.n_within == n else f"{spread.n_within:,} of {n:,}"
    return (
        f"{n:,} runs{so_far} that differ in nothing but the seed read {low:.2f} to {high:.2f} % of the test digits. "
        f"Luck alone makes {high - low:.2f} points between two of them. The 95 % interval of one run with their mean "
        f"is {spread.low:.2f} to {spread.high:.2f} %, and {inside} lie in it."
    )
