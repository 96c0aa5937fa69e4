"""Kept runs as rows of a table: what they were set to, only where they differ, and what came of them."""

from collections.abc import Collection, Sequence
from sys import float_info

from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from runs.comparison.differences import differing, is_known, shown
from runs.comparison.results import RESULTS, best_of
from runs.kept import KeptRun
from ui.components.run_table import Cell, Column, Row

USUAL_RESULTS = ("test_accuracy", "validation_accuracy", "seconds")
_SETTING = "set_"  # begins the key of a setting's column, so that it is none of a result's


def columns_of(
    runs: Collection[KeptRun], *, only_differing: bool = True, results: Sequence[str] = USUAL_RESULTS
) -> list[Column]:
    """Return the columns for settings, of all runs or where they differ, and behind them those for results."""
    rows = differing(runs) if only_differing else [row for row in SETTINGS.values() if row.word]
    settings = [Column(_SETTING + row.name, row.title, row.help, row.kind in ("number", "whole")) for row in rows]
    return [*settings, *(Column(name, RESULTS[name].label) for name in results)]


def rows_of(runs: Collection[KeptRun], columns: Sequence[Column], *, now: str | None = None) -> list[Row]:
    """Return the rows of runs.

    Args:
        runs: what is listed.
        columns: from columns_of(): what is told of them.
        now: the id of the run that the pages show.
    """
    best = best_of(runs)
    return [
        Row(run.id, run.number, run.name, run.note, _cells(run, columns), run.pinned, run is best, run.id == now)
        for run in runs
    ]


def _cells(run: KeptRun, columns: Sequence[Column]) -> dict[str, Cell]:
    return {column.key: _cell(run, column.key) for column in columns}


def _cell(run: KeptRun, key: str) -> Cell:
    if not key.startswith(_SETTING):
        value = RESULTS[key].of(run)
        return Cell(RESULTS[key].text(value), value)
    row = SETTINGS[key.removeprefix(_SETTING)]
    return Cell(shown(row, run), _sorted_by(row, run))


def _sorted_by(row: Setting, run: KeptRun) -> float | str | None:
    """Return by what a setting is sorted: numbers as such, 'full' behind all of them, and names by their letters."""
    if not is_known(row, run):
        return None
    value = run.settings.value(row)
    if row.kind in ("number", "whole"):
        return float_info.max if value is None else float(value)
    return shown(row, run)
