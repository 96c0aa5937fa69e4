"""What is read of kept runs: lines of a list, curves, answers. What cannot be read any more is not there."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Connection, Select, Table, func, select

from runs.kept import Answered, Curves, KeptRun
from store import texts
from store.lines import LINE, Row, kept_run
from store.room import MANY
from store.schema import ANSWERS, CHANGE, RECORD, RUN

T = TypeVar("T")
THERE = RUN.c.deleted.is_(None)


def find(connection: Connection, run_id: str) -> KeptRun | None:
    """Return the line of one run."""
    rows = connection.execute(select(*LINE).where(RUN.c.id == run_id, THERE))
    return next((run for row in rows if (run := readable(kept_run, row))), None)


def runs_of(connection: Connection, owner: str, most: int) -> tuple[KeptRun, ...]:
    """Return an owner's runs, the newest so many, by number."""
    newest = select(*LINE).where(RUN.c.owner == owner, THERE).order_by(RUN.c.number.desc()).limit(most)
    rows = connection.execute(newest).all()
    return tuple(run for row in reversed(rows) if (run := readable(kept_run, row)))


def curves(connection: Connection, run_ids: Iterable[str]) -> dict[str, Curves]:
    """Return how runs went, without those that are not there."""
    ids = list(dict.fromkeys(run_ids))
    there = _in_portions(connection, select(RUN.c.id).where(THERE), RUN.c.id, ids)
    records, changes = (_by_run(connection, table, ids) for table in (RECORD, CHANGE))
    return {
        row.id: Curves(texts.read_records(records.get(row.id, [])), texts.read_changes(changes.get(row.id, [])))
        for row in there
    }


def most_records(connection: Connection, run_ids: Sequence[str]) -> int:
    """Return how many records the longest of some histories has."""
    query = select(func.max(RECORD.c.position) + 1).group_by(RECORD.c.run_id)
    return max((n for (n,) in _in_portions(connection, query, RECORD.c.run_id, run_ids)), default=0)


def answers(connection: Connection, run_ids: Iterable[str]) -> dict[str, Answered]:
    """Return what the networks of runs answer to the test digits, where that is known."""
    query = select(ANSWERS.c.run_id, ANSWERS.c.digits).join(RUN, RUN.c.id == ANSWERS.c.run_id).where(THERE)
    rows = _in_portions(connection, query, ANSWERS.c.run_id, list(dict.fromkeys(run_ids)))
    return {row.run_id: np.frombuffer(row.digits, np.uint8) for row in rows}


def _by_run(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    query = select(table.c.run_id, table.c.figures).order_by(table.c.run_id, table.c.position)
    for run_id, figures in _in_portions(connection, query, table.c.run_id, ids):
        lists.setdefault(run_id, []).append(figures)
    return lists


def _in_portions(connection: Connection, query: Select[Any], column: Any, ids: Sequence[str]) -> Iterator[Row]:  # noqa: ANN401
    for i in range(0, len(ids), MANY):
        yield from connection.execute(query.where(column.in_(ids[i : i + MANY])))


def readable(read: Callable[[Row], T], row: Row) -> T | None:
    """Return what is made of a row; None, and a line in the log, where that does not work any more."""
    try:
        return read(row)
    except (ValueError, TypeError, KeyError):
        _say(row.id)
        return None


@lru_cache(100)
def _say(run_id: str) -> None:
    logging.getLogger(__name__).warning("The kept run %s cannot be read", run_id, exc_info=True)
