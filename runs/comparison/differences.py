"""Which settings differ among runs, and what changed from one run to the next, in words."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from fcnn.config import CHOICES, Settings
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from fcnn.written import written
from runs.kept import KeptRun

ARROW = "\N{RIGHTWARDS ARROW}"
UNKNOWN = "\N{EM DASH}"  # of a model that was brought, only the network is known
_OF_THE_NETWORK = ("hidden", "activation")
_ROWS = tuple(row for row in SETTINGS.values() if row.word)  # the others are told by these


class Difference(NamedTuple):
    """A setting that is not what it was."""

    row: Setting
    before: str
    after: str

    @property
    def words(self) -> str:
        """It as a part of a sentence: 'learning rate 0.1 -> 0.5'."""
        return f"{in_a_sentence(self.row)} {self.before} {ARROW} {self.after}"


def differing(runs: Collection[KeptRun], *, seeds: bool = True) -> tuple[Setting, ...]:
    """Return the settings that are not the same in all of these runs, in the order of the page.

    Args:
        runs: what is compared; of a model that was brought, what is not known does not count.
        seeds: whether different seeds are a difference.
    """
    return tuple(
        row
        for row in _ROWS
        if (seeds or row.name != "seed") and len({r.settings.value(row) for r in runs if is_known(row, r)}) > 1
    )


def changed(before: Settings, after: Settings) -> tuple[Difference, ...]:
    """Return what differs from the settings before."""
    differ = (row for row in _ROWS if written(row, before) != written(row, after))
    return tuple(Difference(row, in_words(row, before), in_words(row, after)) for row in differ)


def from_the_run_before(runs: Sequence[KeptRun]) -> list[tuple[Difference, ...]]:
    """Return of each run what differs from the one before it, nothing of the first.

    Args:
        runs: in the order of their numbers. Models that were brought are passed over: nobody chose their settings here.
    """
    found: list[tuple[Difference, ...]] = []
    before = None
    for run in runs:
        found.append(changed(before, run.settings) if before and not run.uploaded else ())
        before = before if run.uploaded else run.settings
    return found


def is_known(row: Setting, run: KeptRun) -> bool:
    """Return whether anybody knows what this setting was in a run."""
    return not run.uploaded or row.name in _OF_THE_NETWORK


def shown(row: Setting, run: KeptRun) -> str:
    """Return what a setting of a run is, as people read it."""
    return in_words(row, run.settings) if is_known(row, run) else UNKNOWN


def in_words(row: Setting, settings: Settings) -> str:
    """Return what a setting is, as people read it: 'Adam', not the 'adam' of an address."""
    word = written(row, settings)
    return CHOICES[row.name][word] if row.kind == "choice" else word


def in_a_sentence(row: Setting) -> str:
    """Return the label of a setting as it stands inside of a sentence: 'learning rate', but 'L2'."""
    label = row.label
    return label if label[1:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]
