"""The first write of a run: a new line in its owner's list, or the one of the run that it goes on from."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from fcnn.epoch import Epoch
from runs.records import EpochRecord
from runs.status import Status
from runs.view import RunView
from store import texts
from store.errors import NotTheirsError
from store.followed import Followed, Stored
from store.schema import CHANGE, RECORD, RUN, SNAPSHOT

OF_BEFORE = -1.0  # no epoch: what the network answered with which the run ended before
_NEXT = text(
    "INSERT INTO visitor (owner, last_number, gone) VALUES (:owner, 1, 0) "
    "ON CONFLICT (owner) DO UPDATE SET last_number = visitor.last_number + 1 RETURNING last_number"
)


def add_run(connection: Connection, values: dict[str, Any]) -> None:
    """Add a run to its owner's list, under the next number."""
    number = connection.execute(_NEXT, {"owner": values["owner"]}).scalar_one()
    usual = {
        "number": number, "name": "", "note": "", "pinned": False, "uploaded": False, "sweep": "", "error": "",
        "progress": texts.line((0, 0)), "seconds": 0.0, "answers_due": False, "n_train": 0, "state_bytes": 0,
    }  # fmt: skip
    connection.execute(insert(RUN).values({**usual, **values}))


def find_earlier(connection: Connection, run: Followed, view: RunView) -> Stored | None:
    """Return what there is of the run that this one goes on from; None if it is a new one.

    What came after the state from which it goes on is forgotten: it is learned once more.

    Raises:
        NotTheirsError: the run is somebody else's.
    """
    columns = RUN.c.owner, RUN.c.status, RUN.c.state_bytes
    row = connection.execute(select(*columns).where(RUN.c.id == run.id)).one_or_none()
    if row is None:
        return None
    if row.owner != run.owner:
        raise NotTheirsError("this run is somebody else's")
    first = view.records[0]
    figures = select(RECORD.c.figures).where(RECORD.c.run_id == run.id).order_by(RECORD.c.position)
    records = texts.read_records(connection.execute(figures).scalars())
    before = tuple(record for record in records if record.number < first.number)
    connection.execute(delete(RECORD).where(RECORD.c.run_id == run.id, RECORD.c.position >= len(before)))
    if not before:  # the run remembers its earlier life itself
        connection.execute(delete(CHANGE).where(CHANGE.c.run_id == run.id))
    return Stored(
        before=before,
        status=Status(row.status),
        state_bytes=row.state_bytes,
        n_changes_before=_rewrite_changes(connection, run.id, first.number) if before else 0,
        later_s=_seconds_at(first, records, before) - first.seconds if before else 0.0,
        snapshots=_snapshots(connection, run.id),
        answered=OF_BEFORE,
    )


def _seconds_at(first: EpochRecord, records: tuple[EpochRecord, ...], before: tuple[EpochRecord, ...]) -> float:
    return next((record.seconds for record in records if record.number == first.number), before[-1].seconds)


def _rewrite_changes(connection: Connection, run_id: str, number: float) -> int:
    """Let the changes that came after this epoch be made at it: from there on the run goes with them."""
    figures = select(CHANGE.c.figures).where(CHANGE.c.run_id == run_id).order_by(CHANGE.c.position)
    changes = texts.read_changes(connection.execute(figures).scalars())
    connection.execute(delete(CHANGE).where(CHANGE.c.run_id == run_id))
    made = [change._replace(epoch=min(change.epoch, number)) for change in changes]
    rows = [{"run_id": run_id, "position": i, "figures": texts.line(change)} for i, change in enumerate(made)]
    if rows:
        connection.execute(insert(CHANGE), rows)
    return len(rows)


def _snapshots(connection: Connection, run_id: str) -> dict[float, bool]:
    rows = connection.execute(select(SNAPSHOT.c.number, SNAPSHOT.c.about).where(SNAPSHOT.c.run_id == run_id))
    return {number: _is_planned(about) for number, about in rows}


def _is_planned(about: str | None) -> bool:
    epoch: Epoch | None = texts.read_epoch(about, ()) if about else None
    return epoch is None or epoch.planned
