"""The run that is shown: the visitor's own or somebody else's, one that learns just now or one that was kept.

Anybody may look. What its owner can do with it is in own_run.py.
"""

from dataclasses import replace

from runs.run import Run
from runs.view import RunView
from ui import kept
from ui.server import runs
from ui.visit import Visit


def current_run(state: Visit) -> Run | None:
    """Return the run that is shown, if it is in memory, and note that somebody looked."""
    return runs().get(state.run_id)


def live_run(state: Visit) -> Run | None:
    """Return the run that was begun here last, whatever is shown meanwhile; looking keeps it alive."""
    return runs().get(state.live_id)


def view_of_run(state: Visit) -> RunView | None:
    """Return the run that is shown with its networks: not to be kept by a page."""
    run = current_run(state)
    return run.view() if run else kept.view_of_kept(state)


def run_at_a_glance(state: Visit) -> RunView | None:
    """Return the run that is shown as it is now, but for its networks: they are large, and some of a page is kept.

    Streamlit keeps the variables of a page until the server draws the next one, and what a button is to be given until
    the visitor goes to another page or the visit is over.
    """
    view = view_of_run(state)
    return replace(view, epochs=()) if view else None


def is_mine(state: Visit, run_id: str | None) -> bool:
    """Return whether a run is the visitor's own."""
    return runs().is_of(run_id, state.owner) or kept.is_kept_of(run_id, state.owner)


def is_watching(state: Visit) -> bool:
    """Return whether the run that is shown is somebody else's."""
    return view_of_run(state) is not None and not is_mine(state, state.run_id)


def is_first_look(state: Visit) -> bool:
    """Return whether this is the first look at a run of another, and note that it was."""
    first = is_watching(state) and state.watched != state.run_id
    state.watched = state.run_id if first else state.watched
    return first


def show_run(state: Visit, run_id: str | None) -> None:
    """Show a run on all pages; its networks are read when a page asks for them."""
    if state.kept_id != run_id:
        kept.let_go(state)
    state.run_id = run_id
    state.source, state.epoch, state.lost, state.successor = "run", None, "", None
