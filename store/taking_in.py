"""Runs that come from elsewhere, such as from a file of another server: added to an owner's list all together, or not.

They get new ids and numbers. What they say of themselves was checked by whoever read it; here it is bounded once more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf, isfinite

from sqlalchemy import Connection, func, insert, select

from fcnn.config import Settings
from fcnn.epoch import Epoch, Progress
from fcnn.model_file import Model
from fcnn.moments import is_whole
from fcnn.types import Params
from runs.kept import Answered, Curves, KeptRun
from runs.records import EpochRecord
from runs.registry import new_id
from runs.status import Status
from runs.store_limits import StoreLimits
from runs.sweep.plan import n_examples
from store import texts
from store.begin import add_run
from store.errors import NoRoomError
from store.pack import exact, exact_bytes, rough, rough_bytes
from store.schema import ANSWERS, CHANGE, MAX_NAME, MAX_NOTE, MAX_SWEEP, RECORD, RUN, SNAPSHOT
from store.thinning import most_networks, thinned
from store.write import ANSWERS_BYTES, ENDED, RECORD_BYTES

NO_ROOM = "There is no room for them in your list: at most {runs:,} runs, or {mb:,} MB, are kept. Delete some first."


@dataclass(frozen=True)
class Brought:
    """A run with all that is kept of it, as it comes from elsewhere."""

    kept: KeptRun  # its id and number are those of where it comes from, and are not used
    curves: Curves
    model: Callable[[], Model | None]  # asked when the run is written: one model at a time is in memory
    answers: Answered | None = None  # (10_000,), to the test digits


def take_in(
    connection: Connection, owner: str, runs: Iterable[Brought], limits: StoreLimits, now: float
) -> tuple[str, ...]:
    """Add runs to an owner's list, in this order, and return their ids.

    One that was under way, or broke off, has stopped: nothing goes on with it here.

    Raises:
        NoRoomError: with them, the owner would keep more than the limits allow.
    """
    sums = select(func.coalesce(func.sum(RUN.c.n_bytes), 0), func.count())
    n_bytes, n_runs = connection.execute(sums.where(RUN.c.owner == owner, RUN.c.deleted.is_(None))).one()
    ids: list[str] = []
    for run in runs:
        ids.append(new_id())
        n_bytes += _add(connection, ids[-1], owner, run, limits, now)
        if n_runs + len(ids) > limits.visitor_runs or n_bytes > limits.visitor_bytes:
            raise NoRoomError(NO_ROOM.format(runs=limits.visitor_runs, mb=limits.visitor_mb))
    return tuple(ids)


def _add(connection: Connection, run_id: str, owner: str, run: Brought, limits: StoreLimits, now: float) -> int:
    """Add one run, and return how many bytes it takes."""
    kept, records, changes = run.kept, run.curves.records, run.curves.changes
    networks = list(_networks(run, limits))
    status = kept.status if kept.status in ENDED else Status.STOPPED
    n_train = n_examples(kept.settings.config)
    spec = kept.settings.spec
    network_bytes = len(networks) * rough_bytes(spec) + exact_bytes(spec) if networks else 0
    n_bytes = network_bytes + len(records) * RECORD_BYTES + ANSWERS_BYTES
    values = {
        "id": run_id, "owner": owner, "created": min(kept.created, now), "status": status.value, "process": 0,
        "name": texts.clean(kept.name, MAX_NAME), "note": texts.clean(kept.note, MAX_NOTE), "pinned": kept.pinned,
        "uploaded": kept.uploaded, "sweep": texts.clean(kept.sweep, MAX_SWEEP), "n_train": n_train,
        "settings": texts.settings_text(Settings(*kept.settings)), "seconds": kept.seconds,
        "progress": texts.line(_progress(records, n_train)), "n_bytes": n_bytes,
        "reached": texts.line([kept.reached]) if kept.reached else None,
        "test": texts.line(kept.test) if kept.test else None,
        "answers_due": bool(networks) and run.answers is None and status is not Status.DIVERGED,
    }  # fmt: skip
    add_run(connection, values)
    for table, lines in ((RECORD, records), (CHANGE, changes)):
        rows = [{"run_id": run_id, "position": i, "figures": texts.line(line)} for i, line in enumerate(lines)]
        if rows:
            connection.execute(insert(table), rows)
    if networks:
        connection.execute(insert(SNAPSHOT), [{"run_id": run_id, **network} for network in networks])
    if run.answers is not None:
        connection.execute(insert(ANSWERS).values(run_id=run_id, digits=run.answers.tobytes()))
    return n_bytes


def _networks(run: Brought, limits: StoreLimits) -> Iterator[dict[str, object]]:
    """Yield rows of networks: of those moments whose records are there, since a network without is shown nowhere."""
    model = run.model()
    if model is None:
        return
    epochs = {record.number: (record, best) for record, best in _with_best(run.curves.records)}
    known = {n: True for n in model.numbers if run.kept.uploaded or n in epochs}
    if not known:
        return
    best = epochs[max(known)][1][0] if epochs and not run.kept.uploaded else max(known)
    keep = thinned(known, best, most_networks(model.spec, limits.visitor_bytes))
    stands = run.kept.reached.number if run.kept.reached and run.kept.reached.number in keep else max(keep)
    for number, params in zip(model.numbers, model.params, strict=True):
        if number in keep:
            about = None if run.kept.uploaded else texts.epoch_text(_epoch(*epochs[number], params))
            yield {"number": number, "about": about, "params": exact([params]) if number == stands else rough(params)}


def _with_best(records: Iterable[EpochRecord]) -> Iterator[tuple[EpochRecord, tuple[float, float]]]:
    """Yield records, each with the whole epoch so far that has the lowest loss, and that loss."""
    best: tuple[float, float] | None = None
    for record in records:
        loss = (record.validation or record.train).loss
        if best is None or (is_whole(record.number) and loss < best[1]):
            best = record.number, loss if isfinite(loss) else inf
        yield record, best


def _epoch(record: EpochRecord, best: tuple[float, float], params: Params) -> Epoch:
    return Epoch(
        record.number, params, record.train, record.validation, *best, record.learning_rate, record.gradient_norms,
        record.n_updates, record.n_measured,
    )  # fmt: skip


def _progress(records: tuple[EpochRecord, ...], n_train: int) -> Progress:
    number = records[-1].number if records else 0
    if is_whole(number):
        return Progress(int(number), n_train if number else 0)
    return Progress(int(number) + 1, round(number % 1 * n_train))
