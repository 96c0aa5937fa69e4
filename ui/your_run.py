"""The run that a visitor owns or looks at: prepare one, follow one, give one up."""

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
    """Return the visitor's run, and note that somebody looked."""
    return runs().get(state.run_id)


def run_at_a_glance(state: Visit) -> RunView | None:
    """Return the visitor's run as it is now, but for its networks: they are large, and some of a page is kept for long.

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
    data = mnist.dataset(all_images=state.config.all_images)
    run = Run(state.spec, data, state.config, scheduler(), admitted=False, pace=state.pace)
    try:
        state.run_id = runs().add(run, instead_of=state.run_id)
    except RunRefusedError:
        return None
    follow_run(state, state.run_id)
    return run


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
    runs().close(state.run_id)
    state.run_id, state.source, state.epoch = None, "ready", None
