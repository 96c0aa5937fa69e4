"""What differs between runs: their settings in tables, and each beside the one before it in words."""

from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

import numpy as np

from exports.report_parts.elements import table, tag
from exports.report_parts.reported import ReportedRun
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from fcnn.types import Labels
from runs.comparison.differences import differing, in_a_sentence, is_known, shown

COLUMNS = 5  # settings beside each other: as many as an A4 page holds
MOST_NAMED = 5  # differences in a sentence


def settings_tables(runs: Sequence[ReportedRun], labels: Sequence[str]) -> list[Element]:
    """Return tables of the settings that differ, and the others below, once."""
    rows = differing([run.kept for run in runs])
    made = []
    for start in range(0, len(rows), COLUMNS):
        few = rows[start : start + COLUMNS]
        caption = "Settings that differ" if len(rows) <= COLUMNS else f"Settings that differ, {start // COLUMNS + 1}"
        lines: list[list[Element | str]] = [
            [label, *(shown(row, run.kept) for row in few)] for label, run in zip(labels, runs, strict=True)
        ]
        made.append(table(caption, ["Run", *(row.title for row in few)], lines))
    same = [row for row in SETTINGS.values() if row.word and row not in rows]
    pairs = (tag("div", tag("dt", row.title), tag("dd", _common(row, runs))) for row in same)
    heading = "The same in all runs" if len(runs) > 1 else "Settings"
    return [*made, tag("h3", heading), tag("dl", *pairs, class_="facts")]


def _common(row: Setting, runs: Sequence[ReportedRun]) -> str:
    """Return what all runs set a setting to of which that is known."""
    return shown(row, next((run for run in runs if is_known(row, run.kept)), runs[0]).kept)


def in_words(runs: Sequence[ReportedRun], labels: Sequence[str], truths: Labels) -> list[str]:
    """Return a sentence or two for each run but the first, about what it does differently and what came of it."""
    both = zip(pairwise(runs), pairwise(labels), strict=True)
    return [f"{_settings(*pair, *names)} {_answers(*pair, names[0], truths)}".strip() for pair, names in both]


def _settings(before: ReportedRun, run: ReportedRun, name_before: str, name: str) -> str:
    changed = [
        f"{in_a_sentence(row)} {shown(row, run.kept)} instead of {shown(row, before.kept)}"
        for row in differing([before.kept, run.kept])
    ]
    if not changed:
        return f"{name} has the same settings as {name_before}."
    more = len(changed) - MOST_NAMED
    if more > 0:
        changed = [*changed[:MOST_NAMED], f"{more} more {'setting' if more == 1 else 'settings'}"]
    listed = " and ".join(filter(None, [", ".join(changed[:-1]), changed[-1]]))
    return f"{name}, beside {name_before}: {listed}."


def _answers(before: ReportedRun, run: ReportedRun, name_before: str, truths: Labels) -> str:
    if before.answers is None or run.answers is None:
        return ""
    was_right, is_right = (answers == truths for answers in (before.answers, run.answers))
    n_won, n_lost = int(np.sum(is_right & ~was_right)), int(np.sum(was_right & ~is_right))
    return f"It reads {n_won:,} digits that {name_before} misses, and misses {n_lost:,} that {name_before} reads."
