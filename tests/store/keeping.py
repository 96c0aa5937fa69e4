"""Two owners, and runs that the store keeps for them."""

from fcnn import Dataset
from runs.view import RunView
from store.owners import new_token, owner_of
from store.store import Store
from tests.made_runs import MadeRun

ANNA, BEN = owner_of(new_token()), owner_of(new_token())


def follow(store: Store, run: MadeRun, run_id: str = "run-1", owner: str = ANNA, created: float = 5.0) -> MadeRun:
    run.keep = store.follow(run_id, owner, run.view, created=created)
    return run


def kept(store: Store, data: Dataset, run_id: str = "run-1", n_epochs: float = 8, owner: str = ANNA) -> MadeRun:
    run = follow(store, MadeRun(data), run_id, owner)
    run.learn(n_epochs)
    store.flush()
    return run


def seen(store: Store, run_id: str = "run-1") -> RunView:
    view = store.view(run_id)
    assert view is not None
    return view
