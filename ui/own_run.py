"""What a visitor does with runs of their own: prepare one, let a kept one go on, give one up."""

from collections.abc import Callable
from functools import partial
from typing import Any

from fcnn.config import Settings, TrainConfig
from fcnn.mnist import Mnist
from fcnn.network import NetworkSpec
from runs.memory import RunRefusedError, memory_of
from runs.registry import new_id
from runs.run import Run
from ui import kept
from ui.server import runs, scheduler
from ui.visit import Visit
from ui.your_run import current_run, live_run, show_run


def own_run(state: Visit) -> Run | None:
    """Return the run that is shown if it is the visitor's own and in memory, on which to act."""
    return current_run(state) if runs().is_of(state.run_id, state.owner) else None


def new_run(state: Visit, mnist: Mnist) -> Run | None:
    """Prepare a run with the visitor's settings, in place of the one before, which ends; it may have to wait in line.

    The one before stays in the list of kept runs. Returns None, and leaves everything as it is, where the server could
    never hold it: refusal() says why, and the Train page shows that.
    """
    make = _prepared(state.settings, mnist, pace=state.pace)
    return _add(state, make, new_id())


def revive(state: Visit, mnist: Mnist) -> Run | None:
    """Put the kept run that is shown into memory again, to go on from its state; None if that is not there."""
    run_id, view = str(state.run_id), kept.view_of_kept(state)
    resume = kept.state_of(run_id, state.owner)
    if view is None or resume is None:
        return None
    make = _prepared(Settings(view.spec, view.config), mnist, resume=resume, past=view)
    return _add(state, make, run_id)


def _prepared(settings: Settings, mnist: Mnist, **details: Any) -> Callable[..., Run]:  # noqa: ANN401 - for Run
    """Return what makes a run with these settings, which waits for memory."""
    spec, config = settings
    return partial(Run, spec, mnist.dataset(config), config, scheduler(), admitted=False, **details)


def _add(state: Visit, make: Callable[..., Run], run_id: str) -> Run | None:
    run = kept.followed(run_id, state.owner, make)
    before = state.live_id if live_run(state) else state.run_id
    try:
        runs().add(run, instead_of=before, owner=state.owner, run_id=run_id)
    except RunRefusedError:
        return None
    state.live_id = run_id
    show_run(state, run_id)
    kept.let_go(state)
    return run


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
