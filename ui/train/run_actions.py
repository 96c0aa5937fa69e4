"""What is done with a run when a button is pressed: each function acts on the visitor's own run, or begins one."""

from collections.abc import Callable

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec
from runs.run import Run
from ui import cached
from ui.own_run import new_run, own_run, revive
from ui.server import runs
from ui.train.changed import differences, taken_over, use_settings_of
from ui.train.memory import TrainMemory
from ui.visit import Visit, remembered
from ui.your_run import is_mine

MORE_EPOCHS = 10


def set_and_prepare(state: Visit, spec: NetworkSpec, config: TrainConfig) -> None:
    """Take other settings, and prepare a run with them."""
    state.spec, state.config = spec, config
    new_run(state, cached.load_mnist())
    remembered(TrainMemory).focus_turn += 1


def start(state: Visit) -> None:
    """Begin a run with the settings of the page."""
    if run := new_run(state, cached.load_mnist()):
        run.resume()


def one_epoch(state: Visit) -> None:
    """Let the run learn for one epoch more, or a new one for its first."""
    if run := own_run(state) or _again(state) or new_run(state, cached.load_mnist()):
        _and_follow(state, run, Run.one_epoch)


def one_update(state: Visit) -> None:
    """Let the run, or a new one, learn for one update more."""
    if run := own_run(state) or _again(state) or new_run(state, cached.load_mnist()):
        _and_follow(state, run, Run.one_update)


def pause(state: Visit) -> None:
    """Let the run stand still."""
    _tell(state, Run.pause)


def resume(state: Visit) -> None:
    """Let the run go on; one that was kept, from where its state was kept."""
    if run := own_run(state) or _again(state):
        run.resume()


def stop(state: Visit) -> None:
    """End the run where it is."""
    _tell(state, Run.stop)


def reset(state: Visit) -> None:
    """Prepare a run with the settings of the page, which has learned nothing."""
    new_run(state, cached.load_mnist())


def _again(state: Visit) -> Run | None:
    """Return the kept run that is shown, in memory again; where it cannot be, the page says why."""
    if not is_mine(state, state.run_id):
        return None
    run = revive(state, cached.load_mnist())
    remembered(TrainMemory).cannot_go_on = None if run else state.run_id
    return run


def _tell(state: Visit, command: Callable[[Run], None]) -> None:
    if run := own_run(state):
        command(run)


def go_on(state: Visit) -> None:
    """Let a run that is over learn for some epochs more, with what it may take over from the page."""
    if run := own_run(state) or _again(state):
        view = run.view()
        if changed := taken_over(state, view):
            run.change(**{row.name: getattr(state.config, row.name) for row in changed})
        _and_follow(state, run, lambda run: run.continue_for(MORE_EPOCHS))
        runs().share_out()  # more epochs to keep


def _and_follow(state: Visit, run: Run, command: Callable[[Run], None]) -> None:
    """Give a command that lengthens a run; a page that had its settings has them afterwards, too."""
    same = not differences(state, run.view())
    command(run)
    if same:
        use_settings_of(state, run.view())
