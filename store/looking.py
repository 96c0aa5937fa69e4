"""What is read of kept runs: lines of a list, curves, networks, states. What cannot be read any more is not there."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Connection, Select, Table, select

from fcnn.epoch import Progress, State
from fcnn.model_file import Model
from runs.kept import Answered, Curves, KeptRun
from runs.status import Status
from runs.view import RunView
from store import texts
from store.lines import LINE, Row, kept_run
from store.pack import read_exact, read_network
from store.room import MANY
from store.schema import ANSWERS, CHANGE, RECORD, RUN, SNAPSHOT, STATE

T = TypeVar("T")
_THERE = RUN.c.deleted.is_(None)


def find(connection: Connection, run_id: str) -> KeptRun | None:
    """Return the line of one run."""
    rows = connection.execute(select(*LINE).where(RUN.c.id == run_id, _THERE))
    return next((run for row in rows if (run := _readable(kept_run, row))), None)


def runs_of(connection: Connection, owner: str, most: int) -> tuple[KeptRun, ...]:
    """Return an owner's runs, the newest so many, by number."""
    newest = select(*LINE).where(RUN.c.owner == owner, _THERE).order_by(RUN.c.number.desc()).limit(most)
    rows = connection.execute(newest).all()
    return tuple(run for row in reversed(rows) if (run := _readable(kept_run, row)))


def curves(connection: Connection, run_ids: Iterable[str]) -> dict[str, Curves]:
    """Return how runs went, without those that are not there."""
    ids = list(dict.fromkeys(run_ids))
    there = _in_portions(connection, select(RUN.c.id).where(_THERE), RUN.c.id, ids)
    records, changes = (_by_run(connection, table, ids) for table in (RECORD, CHANGE))
    return {
        row.id: Curves(texts.read_records(records.get(row.id, [])), texts.read_changes(changes.get(row.id, [])))
        for row in there
    }


def answers(connection: Connection, run_ids: Iterable[str]) -> dict[str, Answered]:
    """Return what the networks of runs answer to the test digits, where that is known."""
    query = select(ANSWERS.c.run_id, ANSWERS.c.digits).join(RUN, RUN.c.id == ANSWERS.c.run_id).where(_THERE)
    rows = _in_portions(connection, query, ANSWERS.c.run_id, list(dict.fromkeys(run_ids)))
    return {row.run_id: np.frombuffer(row.digits, np.uint8) for row in rows}


def view(connection: Connection, run_id: str) -> RunView | None:
    """Return a run as it would be seen if it were still in memory; None of an uploaded model, which never ran."""
    row = connection.execute(select(RUN).where(RUN.c.id == run_id, _THERE, ~RUN.c.uploaded)).one_or_none()
    return _readable(lambda row: _view(connection, row), row) if row else None


def model(connection: Connection, run_id: str) -> Model | None:
    """Return the networks of a run or an uploaded model, those of them that are kept."""
    row = connection.execute(select(RUN).where(RUN.c.id == run_id, _THERE)).one_or_none()
    return _readable(lambda row: _model(connection, row), row) if row else None


def state(connection: Connection, run_id: str) -> State | None:
    """Return what a run goes on from."""
    query = select(RUN.c.id, RUN.c.settings, STATE.c.about, STATE.c.arrays).join(STATE, STATE.c.run_id == RUN.c.id)
    row = connection.execute(query.where(RUN.c.id == run_id, _THERE)).one_or_none()
    return _readable(_state, row) if row else None


def _view(connection: Connection, row: Row) -> RunView:
    spec, config = texts.read_settings(row.settings)
    curve = curves(connection, [row.id])[row.id]
    kept = _snapshots(connection, row.id)
    return RunView(
        spec=spec, config=config, status=Status(row.status), records=curve.records, changes=curve.changes,
        epochs=tuple(texts.read_epoch(about, read_network(params, spec)) for _, about, params in kept),
        progress=Progress(*texts.read_line(row.progress)), n_train=row.n_train, examples_per_s=0.0, error=row.error,
    )  # fmt: skip


def _model(connection: Connection, row: Row) -> Model | None:
    spec = texts.read_settings(row.settings).spec
    kept = _snapshots(connection, row.id)
    return (
        Model(spec, tuple(n for n, *_ in kept), tuple(read_network(params, spec) for *_, params in kept))
        if kept
        else None
    )


def _state(row: Row) -> State:
    return texts.read_state(row.about, read_exact(row.arrays, texts.read_settings(row.settings).spec))


def _snapshots(connection: Connection, run_id: str) -> Sequence[Row]:
    query = select(SNAPSHOT.c.number, SNAPSHOT.c.about, SNAPSHOT.c.params).where(SNAPSHOT.c.run_id == run_id)
    return connection.execute(query.order_by(SNAPSHOT.c.number)).all()


def _by_run(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    query = select(table.c.run_id, table.c.figures).order_by(table.c.run_id, table.c.position)
    for run_id, figures in _in_portions(connection, query, table.c.run_id, ids):
        lists.setdefault(run_id, []).append(figures)
    return lists


def _in_portions(connection: Connection, query: Select[Any], column: Any, ids: Sequence[str]) -> Iterator[Row]:  # noqa: ANN401
    for i in range(0, len(ids), MANY):
        yield from connection.execute(query.where(column.in_(ids[i : i + MANY])))


def _readable(read: Callable[[Row], T], row: Row) -> T | None:
    try:
        return read(row)
    except (ValueError, TypeError, KeyError):
        _say(row.id)
        return None


@lru_cache(100)
def _say(run_id: str) -> None:
    logging.getLogger(__name__).warning("The kept run %s cannot be read", run_id, exc_info=True)
