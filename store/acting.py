"""What an owner does with a kept run. Each change is one statement that finds the run only if it is the owner's."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, update

from fcnn.config import Settings, TrainConfig
from fcnn.model_file import Model
from runs.status import Status
from store import texts
from store.begin import add_run
from store.pack import exact, rough
from store.schema import MAX_NAME, RUN, SNAPSHOT, VISITOR
from store.thinning import most_networks, thinned
from store.write import ANSWERS_BYTES


def change(connection: Connection, run_id: str, owner: str, is_so: ColumnElement[bool], **values: Any) -> bool:  # noqa: ANN401
    """Change a run of an owner's, if it is so; return whether it was."""
    theirs = update(RUN).where(RUN.c.id == run_id, RUN.c.owner == owner, is_so).values(values)
    return connection.execute(theirs).rowcount == 1


def forget(connection: Connection, owner: str) -> int:
    """Delete all that is kept of an owner, for good, and return how many runs that were, without deleted ones."""
    theirs = delete(RUN).where(RUN.c.owner == owner)
    n = connection.execute(theirs.where(RUN.c.deleted.is_(None))).rowcount
    connection.execute(theirs)
    connection.execute(delete(VISITOR).where(VISITOR.c.owner == owner))
    return n


def add_model(
    connection: Connection, run_id: str, owner: str, model: Model, name: str, *, created: float, visitor_bytes: int
) -> bool:
    """Add a model that was brought, as a run without history: of its settings, only the network is known.

    If its owner has a run of this id already, that stays as it is; if it was deleted, it is there again.
    """
    if connection.execute(update(RUN).where(RUN.c.id == run_id, RUN.c.owner == owner).values(deleted=None)).rowcount:
        return True
    planned, most = dict.fromkeys(model.numbers, True), most_networks(model.spec, visitor_bytes)
    kept = thinned(planned, model.numbers[-1], most)
    numbered = zip(model.numbers[:-1], model.params[:-1], strict=True)
    networks = [(n, rough(params)) for n, params in numbered if n in kept]
    networks.append((model.numbers[-1], exact(model.params[-1:])))
    values = {
        "id": run_id, "owner": owner, "created": created, "name": texts.clean(name, MAX_NAME), "uploaded": True,
        "status": Status.FINISHED.value, "process": 0, "answers_due": True,
        "settings": texts.settings_text(Settings(model.spec, TrainConfig())),
        "n_bytes": sum(len(content) for _, content in networks) + ANSWERS_BYTES,
    }  # fmt: skip
    add_run(connection, values)
    rows = [{"run_id": run_id, "number": n, "about": None, "params": params} for n, params in networks]
    connection.execute(insert(SNAPSHOT), rows)
    return True
