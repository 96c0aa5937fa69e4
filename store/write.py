"""One transaction of a followed run: what is new since the last one, and nothing else."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, update

from fcnn.config import Settings
from fcnn.epoch import State
from runs.records import EpochRecord
from runs.status import Status
from runs.store_limits import StoreLimits
from runs.view import RunView
from store import texts
from store.begin import add_run, find_earlier
from store.followed import Followed, Stored
from store.networks import write_exactly, write_snapshots, write_state
from store.pack import exact_bytes, rough_bytes
from store.schema import ANSWERS, CHANGE, MAX_ERROR, RECORD, RUN

RECORD_BYTES, ANSWERS_BYTES = 250, 10_000
ENDED = (Status.FINISHED, Status.STOPPED, Status.DIVERGED)


class Writing(NamedTuple):
    """What a transaction writes of a run."""

    run: Followed
    view: RunView
    state: State | None
    process: int  # that follows it
    limits: StoreLimits


def write(connection: Connection, what: Writing) -> Stored | None:
    """Write what is new of a run; None, and nothing written, if it was deleted for good meanwhile.

    Raises:
        NotTheirsError: the run is somebody else's.
    """
    run, view = what.run, what.view
    stored = run.stored or find_earlier(connection, run, view)
    is_new = stored is None
    stored = stored or Stored()
    status = run.status(view)
    if is_new:
        about = {"id": run.id, "owner": run.owner, "created": run.created, "sweep": run.sweep, "n_bytes": 0}
        settings = texts.settings_text(Settings(view.spec, view.config))
        add_run(connection, {**about, "status": status.value, "process": what.process, "settings": settings})
    elif not _take(connection, run, what.process):
        return None
    records = view.records if not stored.later_s else tuple(_later(view.records, stored.later_s))
    _write_rows(connection, RECORD, run.id, len(stored.before), stored.records, view.records, records)
    _write_rows(connection, CHANGE, run.id, stored.n_changes_before, stored.changes, view.changes, view.changes)
    after = replace(
        stored,
        records=view.records,
        changes=view.changes,
        config=view.config,
        status=status,
        snapshots=write_snapshots(connection, run.id, view, stored, what.limits),
        state_bytes=write_state(connection, run.id, view, what.state, stored, what.limits),
    )
    return _write_run(connection, what, after, (*stored.before, *records))


def _later(records: Sequence[EpochRecord], seconds: float) -> Iterator[EpochRecord]:
    return (record._replace(seconds=record.seconds + seconds) for record in records)


def _take(connection: Connection, run: Followed, process: int) -> bool:
    """Say who follows a run; return whether it is there."""
    taken = update(RUN).where(RUN.c.id == run.id, RUN.c.owner == run.owner).values(process=process)
    return connection.execute(taken).rowcount == 1


def _write_rows(
    connection: Connection, table: Table, run_id: str, n_before: int, old: Sequence[Any], new: Sequence[Any],
    values: Sequence[Any],
) -> None:  # fmt: skip
    """Write the values of a list from where it differs: in slow motion, its last one makes way for the next."""
    n_same = min(len(old), len(new))
    while n_same and old[n_same - 1] is not new[n_same - 1]:
        n_same -= 1
    if n_same < len(old):
        connection.execute(delete(table).where(table.c.run_id == run_id, table.c.position >= n_before + n_same))
    rows = [
        {"run_id": run_id, "position": n_before + i, "figures": texts.line(values[i])} for i in range(n_same, len(new))
    ]
    if rows:
        connection.execute(insert(table), rows)


def _write_run(connection: Connection, what: Writing, after: Stored, records: Sequence[EpochRecord]) -> Stored:
    view, run = what.view, what.run
    standing = _standing(view, after)
    reached = [record for number in standing if (record := _record_at(records, number))]
    final = next((epoch for epoch in view.epochs if epoch.number == standing[-1]), None)
    is_sane = final is None or not final.diverged
    answered = standing[-1] if after.status in ENDED and is_sane else None
    values: dict[str, Any] = {
        "status": after.status,
        "error": texts.clean(view.error, MAX_ERROR),
        "settings": texts.settings_text(Settings(view.spec, view.config)),
        "n_train": view.n_train,
        "progress": texts.line(view.progress),
        "seconds": records[-1].seconds,
        "reached": texts.line(reached),
        "state_bytes": after.state_bytes,
        "n_bytes": _n_bytes(view, after, len(records)),
    }
    if answered != after.answered:  # another network stands for the run, or it goes on
        values |= {"test": None, "answers_due": answered is not None}
        connection.execute(delete(ANSWERS).where(ANSWERS.c.run_id == run.id))
        if final is not None and answered is not None:
            write_exactly(connection, run.id, final)
    connection.execute(update(RUN).where(RUN.c.id == run.id).values(values))
    return replace(after, answered=answered)


def _standing(view: RunView, after: Stored) -> tuple[float, ...]:
    """Return the number of the newest moment and, where the settings ask for it and it is kept, that of the best."""
    newest = view.epochs[-1]
    has_best = view.config.restore_best and newest.best != newest.number and newest.best in after.snapshots
    return (newest.number, newest.best) if has_best else (newest.number,)


def _record_at(records: Sequence[EpochRecord], number: float) -> EpochRecord | None:
    i = bisect_left(records, number, key=lambda record: record.number)
    return records[i] if i < len(records) and records[i].number == number else None


def _n_bytes(view: RunView, after: Stored, n_records: int) -> int:
    networks = len(after.snapshots) * rough_bytes(view.spec) + exact_bytes(view.spec)  # of the one it stands for
    return networks + after.state_bytes + n_records * RECORD_BYTES + ANSWERS_BYTES
