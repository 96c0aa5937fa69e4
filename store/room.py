"""Nothing grows without end: what goes when a visitor, or all of them together, keep more than the limits allow."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, true, update

from runs.store_limits import StoreLimits
from store.presence import UNDER_WAY
from store.schema import RUN, STATE, VISITOR

UNDO_S = 3_600.0  # a deleted run can be had back so long
N_STATES = 5  # of a visitor's newest runs that are not under way stay, to go on from, where there is too little room
MANY = 500  # rows in one statement
_STANDS_STILL = RUN.c.status.not_in(UNDER_WAY)


def purge(connection: Connection, now: float) -> bool:
    """Delete for good what its owners deleted; return whether there was something."""
    return connection.execute(delete(RUN).where(RUN.c.deleted < now - UNDO_S)).rowcount > 0


def make_room(connection: Connection, limits: StoreLimits, owners: Sequence[str]) -> bool:
    """Delete what is too much: of these owners, then of all; return whether something was.

    What is under way stays. Of what is left, deleted runs go first; then states to go on from; then the oldest runs
    that are not pinned; pinned ones last.
    """
    went = [_bring_within(connection, RUN.c.owner == o, limits.visitor_bytes, limits.visitor_runs) for o in owners]
    return any([*went, _bring_within(connection, true(), limits.server_bytes, None)])


def gone(connection: Connection, owner: str) -> int:
    """Return how many runs of an owner went for lack of room."""
    return connection.execute(select(VISITOR.c.gone).where(VISITOR.c.owner == owner)).scalar() or 0


def has_room(connection: Connection, limits: StoreLimits, owner: str, n_bytes: int) -> bool:
    """Return whether one run more, of so many bytes, would stay: what is neither pinned nor under way makes way."""
    stays = RUN.c.owner == owner, RUN.c.deleted.is_(None), RUN.c.pinned | RUN.c.status.in_(UNDER_WAY)
    sums = select(func.coalesce(func.sum(RUN.c.n_bytes), 0), func.count()).where(*stays)
    kept_bytes, kept_runs = connection.execute(sums).one()
    return bool(kept_bytes + n_bytes <= limits.visitor_bytes and kept_runs < limits.visitor_runs)


def _bring_within(connection: Connection, whose: ColumnElement[bool], n_bytes: int, n_runs: int | None) -> bool:
    sums = select(func.coalesce(func.sum(RUN.c.n_bytes), 0), func.count()).where(whose)
    kept_bytes, kept_runs = connection.execute(sums).one()
    too_many = max(0, kept_runs - n_runs) if n_runs else 0
    too_large = int(kept_bytes) - n_bytes
    if too_large <= 0 and not too_many:
        return False
    deleted = _delete(connection, whose & RUN.c.deleted.is_not(None), too_large, too_many)
    too_large, too_many = too_large - sum(row.n_bytes for row in deleted), too_many - len(deleted)
    too_large -= _drop_states(connection, whose, too_large)
    _delete(connection, whose, too_large, too_many)
    return True


def _drop_states(connection: Connection, whose: ColumnElement[bool], n_bytes: int) -> int:
    """Delete the oldest states that make up so many bytes, if there are; return how many bytes went."""
    if n_bytes <= 0:
        return 0
    newness = func.row_number().over(partition_by=RUN.c.owner, order_by=RUN.c.created.desc()).label("newness")
    states = (
        select(RUN.c.id, RUN.c.state_bytes, RUN.c.pinned, RUN.c.created, newness)
        .where(whose, _STANDS_STILL, RUN.c.state_bytes > 0)
        .subquery()
    )
    spare = select(states).where(states.c.newness > N_STATES, ~states.c.pinned).order_by(states.c.created)
    ids, freed = [], 0
    for row in connection.execute(spare):
        if freed >= n_bytes:
            break
        ids.append(row.id)
        freed += row.state_bytes
    for some in _portions(ids):
        connection.execute(delete(STATE).where(STATE.c.run_id.in_(some)))
        without = {"n_bytes": RUN.c.n_bytes - RUN.c.state_bytes, "state_bytes": 0}
        connection.execute(update(RUN).where(RUN.c.id.in_(some)).values(without))
    return freed


def _delete(
    connection: Connection, whose: ColumnElement[bool], n_bytes: int, n_runs: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Delete the runs that are missed least, so many or of so many bytes; count those that nobody had deleted."""
    least_missed = RUN.c.deleted.is_(None), RUN.c.pinned, RUN.c.created
    columns = RUN.c.id, RUN.c.owner, RUN.c.deleted, RUN.c.n_bytes
    victims: list[Row[*tuple[Any, ...]]] = []
    freed = 0
    for row in connection.execute(select(*columns).where(whose, _STANDS_STILL).order_by(*least_missed)):
        if freed >= n_bytes and len(victims) >= n_runs:
            break
        victims.append(row)
        freed += row.n_bytes
    for some in _portions([row.id for row in victims]):
        connection.execute(delete(RUN).where(RUN.c.id.in_(some)))
    for owner, n in Counter(row.owner for row in victims if row.deleted is None).items():
        connection.execute(update(VISITOR).where(VISITOR.c.owner == owner).values(gone=VISITOR.c.gone + n))
    return victims


def _portions(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[i : i + MANY] for i in range(0, len(ids), MANY)]
