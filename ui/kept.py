"""Runs that outlive a visit: what pages ask of the store."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from time import time
from weakref import finalize

from fcnn.epoch import State
from fcnn.model_file import Model
from fcnn.types import Params
from runs.kept import Answered, Curves, KeptRun
from runs.run import Run
from runs.view import RunView
from ui.keeping import keeping
from ui.server import runs
from ui.visit import Visit


def my_runs(state: Visit) -> tuple[KeptRun, ...]:
    """Return the kept runs of a visitor by number; those that learn just now as they were written last."""
    store = keeping().store
    return store.runs_of(state.owner) if store else ()


def curves(run_ids: Iterable[str]) -> dict[str, Curves]:
    """Return how runs went, by their ids."""
    store = keeping().store
    return store.curves(run_ids) if store else {}


def answers(run_ids: Iterable[str]) -> dict[str, Answered]:
    """Return what runs answer to the test digits, by their ids; without those that have not ended."""
    store = keeping().store
    return store.answers(run_ids) if store else {}


def last_params(run_id: str) -> Params | None:
    """Return the network that a kept run stands for."""
    store = keeping().store
    model = store.network(run_id) if store else None
    return model.params[0] if model else None


def keep_model(owner: str, model: Model, content: bytes, name: str) -> str | None:
    """Add an uploaded model to its owner's list, the same content once; return its id, None where it is not kept.

    The id is one that nobody can guess who does not know the owner's token.
    """
    store = keeping().store
    if store is None or not owner:
        return None
    run_id = sha256(owner.encode() + content).hexdigest()[:32]
    store.add_model(run_id, owner, model, name)
    return run_id if store.find(run_id) else None


def find(run_id: str | None) -> KeptRun | None:
    """Return a kept run, whosever it is."""
    store = keeping().store
    return store.find(run_id) if store and run_id else None


def is_kept_of(run_id: str | None, owner: str) -> bool:
    """Return whether a kept run is this owner's."""
    store = keeping().store
    return bool(store and run_id and store.is_owner(run_id, owner))


class _Look:
    """How the store looks at a run, from before it is there; that is not to watch it, so it keeps no run alive."""

    def __init__(self) -> None:
        self.run: Run | None = None

    def __call__(self) -> RunView | None:
        """Return the run as it is now."""
        return self.run.view() if self.run else None


def followed(run_id: str, owner: str, make: Callable[..., Run], *, sweep: str = "") -> Run:
    """Make a run that is kept from now on, perhaps as one of a series.

    make() gets what the run gives its states to as keep, None where nothing is kept.
    """
    look = _Look()
    look.run = make(keep=follow(run_id, owner, look, sweep=sweep))
    return look.run


def follow(
    run_id: str, owner: str, look: Callable[[], RunView | None], *, sweep: str = ""
) -> Callable[[State], None] | None:
    """Keep a run from now on, as look() shows it; see followed()."""
    store = keeping().store
    return store.follow(run_id, owner, look, created=time(), sweep=sweep) if store else None


def unfollow(run_id: str) -> None:
    """Keep a run that has ended as it is now: it is about to be closed."""
    if store := keeping().store:
        store.unfollow(run_id)


def state_of(run_id: str, owner: str) -> State | None:
    """Return what an owner's run goes on from."""
    store = keeping().store
    return store.state(run_id) if store and store.is_owner(run_id, owner) else None


def view_of_kept(state: Visit) -> RunView | None:
    """Return the kept run that is shown, with its networks; the visit holds it, and its memory is counted, as long."""
    run_id, store = state.run_id, keeping().store
    if run_id is None or store is None:
        return None
    if state.kept_id == run_id:
        return state.kept_view
    view = keeping().views.get(run_id) or store.view(run_id)
    if view is not None:
        view = _held(state, run_id, keeping().views.setdefault(run_id, view))
    return view


def _held(state: Visit, run_id: str, view: RunView) -> RunView:
    """Count a kept run as long as the visit shows it; where there is no memory for all its networks, the last stays."""
    name = f"kept run {run_id}"
    if not runs().hold(name, _n_bytes(view)):
        view = replace(view, epochs=view.epochs[-1:])
        runs().hold(name, _n_bytes(view))
    let_go(state)
    state.kept_id, state.kept_view = run_id, view
    state.let_go_of_kept = finalize(state, runs().let_go, name)
    return view


def let_go(state: Visit) -> None:
    """Let go of the kept run that was shown."""
    if state.let_go_of_kept is not None:
        state.let_go_of_kept()
    state.kept_id, state.kept_view, state.let_go_of_kept = None, None, None


def _n_bytes(view: RunView) -> int:
    return sum(array.nbytes for epoch in view.epochs for layer in epoch.params for array in layer)
