"""What can be done with a run, as buttons whose keys never change, so that the keyboard's focus stays on them."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from runs.status import Status
from runs.view import RunView
from ui.own_run import leave_line, refusal
from ui.press import act_once
from ui.train import run_actions
from ui.train.changed import differences, in_words, taken_over
from ui.train.memory import TrainMemory
from ui.train.pace import choose_pace
from ui.train.run_actions import MORE_EPOCHS
from ui.visit import Visit, remembered
from ui.your_run import is_watching

AN_UPDATE = "It looks at one batch of images, and corrects itself once."
AGAIN = "Start again"
CANNOT_GO_ON = (
    "This run cannot go on: there was no room to keep all that it would need for that. Its network is still here, and "
    "with the settings on this page you can train another one: press **Reset**, then **Start**."
)
GO = "run_go"  # the key of the button for what the visitor most likely wants next


def draw_buttons(state: Visit, view: RunView | None) -> None:
    """Draw what can be done with the run now. Each button acts before the page is drawn again."""
    label, icon, act = _go(view)
    if is_watching(state):
        (label, icon, act), view = _go(None), None  # with another's run nothing can be done: buttons are for one's own
        label = "Start your own"
    refused = (view is None or not view.under_way) and bool(refusal(state.spec, state.config))
    waiting = view is not None and view.waiting
    stop, reset = (leave_line, leave_line) if waiting else (run_actions.stop, run_actions.reset)
    busy = view is not None and (view.running or waiting or view.status in (Status.DIVERGED, Status.FAILED))
    no_step = busy or (view is None and refused)
    with st.container(horizontal=True, gap="xsmall", key="run_buttons"):
        st.button(label, key=GO, icon=icon, on_click=act_once(act), args=(state,), type="primary", disabled=refused)
        _button("One update", "navigate_next", run_actions.one_update, state, disabled=no_step, help=AN_UPDATE)
        _button("One epoch", "skip_next", run_actions.one_epoch, state, disabled=no_step)
        _button("Stop", "stop", stop, state, disabled=view is None or not view.under_way)
        _button("Reset", "restart_alt", reset, state, disabled=view is None or refused)
        choose_pace(state, view)
        if view is not None and view.status in (Status.FINISHED, Status.STOPPED):
            _button(f"Continue for {MORE_EPOCHS} more epochs", "resume", run_actions.go_on, state)
    if view is not None and view.status in (Status.FINISHED, Status.STOPPED):
        _say_what_goes_on(state, view)
    if state.run_id is not None and remembered(TrainMemory).cannot_go_on == state.run_id:
        st.info(CANNOT_GO_ON, icon=":material/info:")


def _go(view: RunView | None) -> tuple[str, str, Callable[[Visit], None]]:
    """Return label, icon and action of the first button."""
    if view is None:
        return "Start", ":material/play_arrow:", run_actions.start
    if view.waiting:
        return "Leave the line", ":material/close:", leave_line
    if view.running:
        return "Pause", ":material/pause:", run_actions.pause
    if view.status is Status.PAUSED:
        return ("Resume" if view.epochs_done else "Start"), ":material/play_arrow:", run_actions.resume
    if view.status is Status.INTERRUPTED:
        return "Continue", ":material/resume:", run_actions.resume
    return AGAIN, ":material/replay:", run_actions.start


def _button(
    label: str, icon: str, act: Callable[[Visit], None], state: Visit, **details: Any,  # noqa: ANN401 - for st.button
) -> None:  # fmt: skip
    def act_and_keep_focus() -> None:
        act(state)
        remembered(TrainMemory).focus_turn += 1  # the button may be disabled now, or gone

    key = "run_" + "_".join(label.lower().split()[:2])
    st.button(label, key=key, icon=f":material/{icon}:", on_click=act_once(act_and_keep_focus), **details)


def _say_what_goes_on(state: Visit, view: RunView) -> None:
    """Say with which settings the run would go on, where the page has others."""
    if not differences(state, view):
        return
    if changed := taken_over(state, view):
        st.caption(f"*Continue* goes on with this run and takes over from this page: {in_words(changed)}.")
    else:
        st.caption(f"*Continue* goes on with the network and the settings of this run ({view.spec}).")
