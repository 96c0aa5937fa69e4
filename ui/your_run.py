"""The run that a visitor looks at, or owns: prepare one, follow one, give one up. Its owner alone can act on it."""

from dataclasses import replace

from fcnn.config import TrainConfig
from fcnn.mnist import Mnist
from fcnn.network import NetworkSpec
from runs.memory import RunRefusedError, memory_of
from runs.run import Run
from runs.view import RunView
from ui.server import runs, scheduler
from ui.visit import Visit


def current_run(state: Visit) -> Run | None:
    """Return the run that is shown, whosever it is, and note that somebody looked."""
    return runs().get(state.run_id)


def own_run(state: Visit) -> Run | None:
    """Return the run that is shown if it is the visitor's own, on which to act."""
    return current_run(state) if runs().is_of(state.run_id, state.owner) else None


def is_watching(state: Visit) -> bool:
    """Return whether the run that is shown is somebody else's."""
    return current_run(state) is not None and not runs().is_of(state.run_id, state.owner)


def is_first_look(state: Visit) -> bool:
    """Return whether this is the first look at a run of another, and note that it was."""
    first = is_watching(state) and state.watched != state.run_id
    state.watched = state.run_id if first else state.watched
    return first


def run_at_a_glance(state: Visit) -> RunView | None:
    """Return the run that is shown as it is now, but for its networks: they are large, and some of a page is kept.

    Streamlit keeps the variables of a page until the server draws the next one, and what a button is to be given until
    the visitor goes to another page or the visit is over.
    """
    run = current_run(state)
    return replace(run.view(), epochs=()) if run else None


def new_run(state: Visit, mnist: Mnist) -> Run | None:
    """Prepare a run with the visitor's settings, in place of the one before, which ends; it may have to wait in line.

    Returns None, and leaves everything as it is, where the server could never hold it: refusal() says why, and the
    Train page shows that.
    """
    data = mnist.dataset(state.config)
    run = Run(state.spec, data, state.config, scheduler(), admitted=False, pace=state.pace)
    try:
        state.live_id = runs().add(run, instead_of=_before(state), owner=state.owner)
    except RunRefusedError:
        return None
    follow_run(state, state.live_id)
    return run


def live_run(state: Visit) -> Run | None:
    """Return the run that was begun here last, whatever is shown meanwhile; looking keeps it alive."""
    return runs().get(state.live_id)


def _before(state: Visit) -> str | None:
    """Return which run a new one takes the place of: a tab has one that learns."""
    return state.live_id if live_run(state) else state.run_id


def follow_run(state: Visit, run_id: str | None = None) -> None:
    """Show a run on all pages: this one, or the one that came in place of a lost one."""
    state.run_id = run_id or state.successor
    state.source, state.epoch, state.lost, state.successor = "run", None, "", None


def refusal(spec: NetworkSpec, config: TrainConfig) -> str:
    """Return why this server has too little memory for a run with these settings, "" if it has enough."""
    try:
        runs().budget.check(memory_of(spec, config))
    except RunRefusedError as error:
        return str(error)
    return ""


def leave_line(state: Visit) -> None:
    """Give up a run that waits in line."""
    if own_run(state):
        runs().close(state.run_id)
    state.run_id, state.source, state.epoch = None, "ready", None
