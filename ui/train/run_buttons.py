"""What can be done with a run: a row of buttons whose keys never change, so that the keyboard's focus stays on them."""

from collections.abc import Callable

import streamlit as st

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec
from runs.run import Run
from runs.status import Status
from runs.view import RunView
from ui import cached
from ui.press import act_once
from ui.server import runs
from ui.train.changed import differences, in_words, taken_over, use_settings_of
from ui.train.memory import TrainMemory
from ui.train.pace import choose_pace
from ui.visit import Visit, remembered
from ui.your_run import current_run, leave_line, new_run, refusal

MORE_EPOCHS = 10
AN_UPDATE = "It looks at one batch of images, and corrects itself once."
AGAIN = "Start again"
GO = "run_go"  # the key of the button for what the visitor most likely wants next


def draw_buttons(state: Visit, view: RunView | None) -> None:
    """Draw what can be done with the run now. Each button acts before the page is drawn again."""
    refused = (view is None or not view.under_way) and bool(refusal(state.spec, state.config))
    waiting = view is not None and view.waiting
    with st.container(horizontal=True, gap="xsmall", key="run_buttons"):
        label, icon, act = _go(view)
        st.button(label, key=GO, icon=icon, on_click=act_once(act), args=(state,), type="primary", disabled=refused)
        busy = view is not None and (view.running or waiting or view.status in (Status.DIVERGED, Status.FAILED))
        cannot_step = busy or (view is None and refused)
        _button("One update", ":material/navigate_next:", one_update, state, disabled=cannot_step, help=AN_UPDATE)
        _button("One epoch", ":material/skip_next:", one_epoch, state, disabled=cannot_step)
        stop = leave_line if waiting else _stop
        _button("Stop", ":material/stop:", stop, state, disabled=view is None or not view.under_way)
        reset = leave_line if waiting else _reset
        _button("Reset", ":material/restart_alt:", reset, state, disabled=view is None or refused)
        choose_pace(state, view)
        if view is not None and view.status in (Status.FINISHED, Status.STOPPED):
            _button(f"Continue for {MORE_EPOCHS} more epochs", ":material/resume:", _continue, state)
    if view is not None and view.status in (Status.FINISHED, Status.STOPPED):
        _say_what_goes_on(state, view)


def _go(view: RunView | None) -> tuple[str, str, Callable[[Visit], None]]:
    """Return label, icon and action of the first button."""
    if view is None:
        return "Start", ":material/play_arrow:", start
    if view.waiting:
        return "Leave the line", ":material/close:", leave_line
    if view.running:
        return "Pause", ":material/pause:", _pause
    if view.status is Status.PAUSED:
        return ("Resume" if view.epochs_done else "Start"), ":material/play_arrow:", _resume
    return AGAIN, ":material/replay:", start


def _button(
    label: str,
    icon: str,
    act: Callable[[Visit], None],
    state: Visit,
    *,
    disabled: bool = False,
    help: str | None = None,
) -> None:
    def act_and_keep_focus() -> None:
        act(state)
        remembered(TrainMemory).focus_turn += 1  # the button may be disabled now, or gone

    key = "run_" + "_".join(label.lower().split()[:2])
    st.button(label, key=key, icon=icon, on_click=act_once(act_and_keep_focus), disabled=disabled, help=help)


def _say_what_goes_on(state: Visit, view: RunView) -> None:
    """Say with which settings the run would go on, where the page has others."""
    if not differences(state, view):
        return
    if changed := taken_over(state, view):
        st.caption(f"*Continue* goes on with this run and takes over from this page: {in_words(changed)}.")
    else:
        st.caption(f"*Continue* goes on with the network and the settings of this run ({view.spec}).")


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
    if run := current_run(state) or new_run(state, cached.load_mnist()):
        _and_follow(state, run, Run.one_epoch)


def one_update(state: Visit) -> None:
    """Let the run, or a new one, learn for one update more."""
    if run := current_run(state) or new_run(state, cached.load_mnist()):
        _and_follow(state, run, Run.one_update)


def _pause(state: Visit) -> None:
    _tell(state, Run.pause)


def _resume(state: Visit) -> None:
    _tell(state, Run.resume)


def _stop(state: Visit) -> None:
    _tell(state, Run.stop)


def _reset(state: Visit) -> None:
    new_run(state, cached.load_mnist())


def _tell(state: Visit, command: Callable[[Run], None]) -> None:
    if run := current_run(state):
        command(run)


def _continue(state: Visit) -> None:
    if run := current_run(state):
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
