"""A line of the list of runs, from a row of the database."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Row as AnyRow

from runs.kept import KeptRun
from runs.records import EpochRecord
from runs.status import Status
from store import texts
from store.schema import RUN

Row = AnyRow[*tuple[Any, ...]]
# What a line needs, in the order in which _kept_run() takes it.
LINE = (
    RUN.c.id, RUN.c.number, RUN.c.name, RUN.c.note, RUN.c.pinned, RUN.c.uploaded, RUN.c.sweep, RUN.c.created,
    RUN.c.status, RUN.c.settings, RUN.c.seconds, RUN.c.reached, RUN.c.test,
)  # fmt: skip


def kept_run(row: Row) -> KeptRun:
    """Return the line of a run from its columns LINE.

    Raises:
        ValueError: this program does not know what stands there; KeyError likewise.
    """
    return _kept_run(*row)


@lru_cache(2_000)  # a page asks for its list every second, and only what is under way changes
def _kept_run(
    run_id: str, number: int, name: str, note: str, pinned: bool, uploaded: bool, sweep: str, created: float,
    status: str, settings: str, seconds: float, reached: str | None, test: str | None,
) -> KeptRun:  # fmt: skip
    return KeptRun(
        run_id, number, texts.read_settings(settings), Status(status), created, seconds, standing(status, reached),
        texts.read_figures(test), name, note, pinned, uploaded, sweep,
    )  # fmt: skip


def standing(status: str, reached: str | None) -> EpochRecord | None:
    """Return the record of the network that a run stands for: the best only once it does not learn any more."""
    records = texts.read_list(reached) if reached else ()
    return records[0 if status == Status.RUNNING.value else -1] if records else None
