"""What is large of kept runs: their networks, and the state to go on from. What cannot be read is not there."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from fcnn.epoch import Progress, State
from fcnn.model_file import Model, one_epoch
from runs.status import Status
from runs.view import RunView
from store import texts
from store.lines import Row, standing
from store.looking import THERE, curves, readable
from store.pack import read_exact, read_network
from store.schema import RUN, SNAPSHOT, STATE


def view(connection: Connection, run_id: str) -> RunView | None:
    """Return a run as it would be seen if it were still in memory; None of an uploaded model, which never ran."""
    row = connection.execute(select(RUN).where(RUN.c.id == run_id, THERE, ~RUN.c.uploaded)).one_or_none()
    return readable(lambda row: _view(connection, row), row) if row else None


def model(connection: Connection, run_id: str) -> Model | None:
    """Return the networks of a run or an uploaded model, those of them that are kept."""
    row = connection.execute(select(RUN).where(RUN.c.id == run_id, THERE)).one_or_none()
    return readable(lambda row: _model(connection, row), row) if row else None


def network(connection: Connection, run_id: str) -> Model | None:
    """Return the network that a run or an uploaded model stands for, alone."""
    row = connection.execute(select(RUN).where(RUN.c.id == run_id, THERE)).one_or_none()
    return readable(lambda row: _network(connection, row), row) if row else None


def state(connection: Connection, run_id: str) -> State | None:
    """Return what a run goes on from."""
    query = select(RUN.c.id, RUN.c.settings, STATE.c.about, STATE.c.arrays).join(STATE, STATE.c.run_id == RUN.c.id)
    row = connection.execute(query.where(RUN.c.id == run_id, THERE)).one_or_none()
    return readable(_state, row) if row else None


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


def _network(connection: Connection, row: Row) -> Model | None:
    record, spec = standing(row.status, row.reached), texts.read_settings(row.settings).spec
    query = select(SNAPSHOT.c.number, SNAPSHOT.c.params).where(SNAPSHOT.c.run_id == row.id)
    stands = SNAPSHOT.c.number == (record.number if record else None)
    found = connection.execute(query.order_by(stands.desc(), SNAPSHOT.c.number.desc()).limit(1)).first()
    return one_epoch(spec, found.number, read_network(found.params, spec)) if found else None


def _state(row: Row) -> State:
    return texts.read_state(row.about, read_exact(row.arrays, texts.read_settings(row.settings).spec))


def _snapshots(connection: Connection, run_id: str) -> Sequence[Row]:
    query = select(SNAPSHOT.c.number, SNAPSHOT.c.about, SNAPSHOT.c.params).where(SNAPSHOT.c.run_id == run_id)
    return connection.execute(query.order_by(SNAPSHOT.c.number)).all()
