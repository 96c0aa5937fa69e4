"""Playing through the epochs: the shared choice of the epoch moves on by itself, a few times a second.

The page draws itself in a fragment that runs every pace() seconds, and calls step() first. Whoever moves the slider
takes over: the player notices that the epoch is not the one it set, and stops.
"""

from math import ceil
from time import monotonic

import streamlit as st

from ui import polling
from ui.shown import shown_network
from ui.state import AppState, Play

STEP_S = 0.4
FOLLOW_S = 1.0
MOST_STEPS = 100  # with more epochs than that it skips some
_EARLY_S = 0.15  # the timer of a browser is not exact; a step that came a little early still counts
BUTTON = "play"


def pace(state: AppState) -> float | None:
    """Return how often the page is to be drawn anew, in seconds; None if nothing moves."""
    if state.play is not None:
        return STEP_S
    shown = shown_network(state)
    return polling.interval_s(FOLLOW_S) if shown.running and state.epoch is None else None


def step(state: AppState) -> None:
    """Go on to the next epoch if it is time; stop at the last one."""
    if state.play is None:
        return
    if state.play.epoch != state.epoch:
        state.play = None
        return
    if monotonic() < state.play.next_s:
        return
    shown = shown_network(state)
    later = sorted(number for number in shown.epochs if number > shown.number)
    stride = ceil(len(shown.epochs) / MOST_STEPS)
    _go_to(state, later[:stride][-1] if later else shown.number)
    if len(later) <= stride:
        state.play = None


def draw_button(state: AppState) -> None:
    """Draw the button that starts and stops playing, where there is more than one epoch."""
    if len(shown_network(state).epochs) < 2:
        return
    label, icon = ("Play", ":material/play_arrow:") if state.play is None else ("Pause", ":material/pause:")
    st.button(label, icon=icon, key=BUTTON, on_click=_start_or_stop, args=(state,), width="stretch")


def _start_or_stop(state: AppState) -> None:
    if state.play is not None:
        state.play = None
        return
    shown = shown_network(state)
    _go_to(state, min(shown.epochs) if shown.number == max(shown.epochs) else shown.number)


def _go_to(state: AppState, number: int) -> None:
    """Show this epoch, and the next one a step later."""
    before = shown_network(state).number
    state.epoch = None
    if shown_network(state).number != number:  # without a wish the pages show the newest, and follow it
        state.epoch = number
    state.play = Play(monotonic() + STEP_S - _EARLY_S, state.epoch, before)
