"""The networks of a followed run in the database: a dozen of its moments, roughly, and its newest state, exactly."""

from bisect import bisect_left
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, update

from fcnn.epoch import Epoch, State
from runs.records import EpochRecord
from runs.status import Status
from runs.store_limits import StoreLimits
from runs.view import RunView
from store import texts
from store.followed import Stored
from store.pack import exact, exact_bytes, rough
from store.schema import SNAPSHOT, STATE
from store.thinning import most_networks, thinned


def write_snapshots(
    connection: Connection, run_id: str, view: RunView, stored: Stored, limits: StoreLimits
) -> dict[float, bool]:
    """Write the moments that are new, delete those that make way for them, and return which there are then."""
    there = {n: planned for n, planned in stored.snapshots.items() if _still_there(n, view.records)}
    live = {epoch.number: epoch for epoch in view.epochs}
    known = there | {number: epoch.planned for number, epoch in live.items()}
    best = view.epochs[-1].best if view.epochs else 0.0
    keep = thinned(known, best, most_networks(view.spec, limits.visitor_bytes))
    if gone := [number for number in stored.snapshots if number not in keep]:
        connection.execute(delete(SNAPSHOT).where(SNAPSHOT.c.run_id == run_id, SNAPSHOT.c.number.in_(gone)))
    new = [live[number] for number in sorted(keep - stored.snapshots.keys())]
    rows = [
        {"run_id": run_id, "number": e.number, "about": texts.epoch_text(e), "params": rough(e.params)} for e in new
    ]
    if rows:
        connection.execute(insert(SNAPSHOT), rows)
    return {number: known[number] for number in keep}


def write_state(
    connection: Connection, run_id: str, view: RunView, state: State | None, stored: Stored, limits: StoreLimits
) -> int:
    """Write the newest state, if it is new, in place of the one before, and return how many bytes there are then.

    From a network that exploded nothing goes on; and a state that would take half of what its owner may keep is too
    large.
    """
    if state is None and not (view.status is Status.DIVERGED and stored.state_bytes):
        return stored.state_bytes
    n_bytes = exact_bytes(view.spec) * (1 + len(state.learner.memory)) if state else 0
    if state is None or view.status is Status.DIVERGED or n_bytes > limits.visitor_bytes // 2:
        connection.execute(delete(STATE).where(STATE.c.run_id == run_id))
        return 0
    arrays = exact((state.epoch.params, *state.learner.memory))
    values = {"about": texts.state_text(state), "arrays": arrays}
    if not connection.execute(update(STATE).where(STATE.c.run_id == run_id).values(values)).rowcount:
        connection.execute(insert(STATE).values(run_id=run_id, **values))
    return len(arrays)


def write_exactly(connection: Connection, run_id: str, epoch: Epoch) -> None:
    """Keep the network that a run stands for to the bit: what pages show of it is what it answered to the test set."""
    this = SNAPSHOT.c.run_id == run_id, SNAPSHOT.c.number == epoch.number
    connection.execute(update(SNAPSHOT).where(*this).values(params=exact([epoch.params])))


def _still_there(number: float, records: Sequence[EpochRecord]) -> bool:
    """Return whether a moment is of an earlier life of the run, or one that the run still remembers."""
    i = bisect_left(records, number, key=lambda record: record.number)
    return number < records[0].number or (i < len(records) and records[i].number == number)
