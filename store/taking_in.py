"""Runs that come from elsewhere, such as from a file of another server: added to an owner's list all together, or not.

They get new ids and numbers. What they say of themselves was checked by whoever read it; here it is bounded once more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, insert, select

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


class Prepared(NamedTuple):
    """A run as rows of the tables."""

    values: dict[str, Any]  # of RUN, but for its number
    rows: tuple[tuple[Table, list[dict[str, Any]]], ...]  # of the other tables


def prepare(owner: str, run: Brought, limits: StoreLimits, now: float) -> Prepared:
    """Return a run as rows, under a new id. That takes its time, for which no transaction need wait.

    One that was under way, or broke off, has stopped: nothing goes on with it here.
    """
    run_id, kept, spec = new_id(), run.kept, run.kept.settings.spec
    networks = list(_networks(run, limits))
    status = kept.status if kept.status in ENDED else Status.STOPPED
    n_train = n_examples(kept.settings.config)
    network_bytes = len(networks) * rough_bytes(spec) + exact_bytes(spec) if networks else 0
    values = {
        "id": run_id, "owner": owner, "created": min(kept.created, now), "status": status.value, "process": 0,
        "name": texts.clean(kept.name, MAX_NAME), "note": texts.clean(kept.note, MAX_NOTE), "pinned": kept.pinned,
        "uploaded": kept.uploaded, "sweep": texts.clean(kept.sweep, MAX_SWEEP), "n_train": n_train,
        "settings": texts.settings_text(Settings(*kept.settings)), "seconds": kept.seconds,
        "progress": texts.line(_progress(run.curves.records, n_train)),
        "n_bytes": network_bytes + len(run.curves.records) * RECORD_BYTES + ANSWERS_BYTES,
        "reached": texts.line([kept.reached]) if kept.reached else None,
        "test": texts.line(kept.test) if kept.test else None,
        "answers_due": bool(networks) and run.answers is None and status is not Status.DIVERGED,
    }  # fmt: skip
    lines = {RECORD: map(texts.line, run.curves.records), CHANGE: map(texts.line, run.curves.changes)}
    rows: list[tuple[Table, list[dict[str, Any]]]] = [
        (table, [{"run_id": run_id, "position": i, "figures": line} for i, line in enumerate(of)])
        for table, of in lines.items()
    ]
    answers = [] if run.answers is None else [{"run_id": run_id, "digits": run.answers.tobytes()}]
    rows += [(SNAPSHOT, [{"run_id": run_id, **network} for network in networks]), (ANSWERS, answers)]
    return Prepared(values, tuple(rows))


def take_in(connection: Connection, owner: str, runs: Sequence[Prepared], limits: StoreLimits) -> tuple[str, ...]:
    """Add runs to an owner's list, in this order, and return their ids.

    Raises:
        NoRoomError: with them, the owner would keep more than the limits allow.
    """
    sums = select(func.coalesce(func.sum(RUN.c.n_bytes), 0), func.count())
    n_bytes, n_runs = connection.execute(sums.where(RUN.c.owner == owner, RUN.c.deleted.is_(None))).one()
    n_bytes += sum(run.values["n_bytes"] for run in runs)
    if n_runs + len(runs) > limits.visitor_runs or n_bytes > limits.visitor_bytes:
        raise NoRoomError(NO_ROOM.format(runs=limits.visitor_runs, mb=limits.visitor_mb))
    for run in runs:
        add_run(connection, run.values)
        for table, rows in run.rows:
            if rows:
                connection.execute(insert(table), rows)
    return tuple(run.values["id"] for run in runs)


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
