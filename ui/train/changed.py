"""Settings on the Train page that differ from those of the run that is shown: named, with the way back."""

import streamlit as st

from fcnn.config import Settings
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from fcnn.written import written
from runs.view import RunView
from ui.visit import Visit

Differences = dict[Setting, tuple[str, str]]  # each with its value in the run and on the page


def differences(state: Visit, view: RunView) -> Differences:
    """Return the settings that differ, each with its value in the run and on the page."""
    run, page = Settings(view.spec, view.config), state.settings
    both = {row: (written(row, run), written(row, page)) for row in SETTINGS.values() if row.word}
    return {row: values for row, values in both.items() if values[0] != values[1]}


def taken_over(state: Visit, view: RunView) -> Differences:
    """Return what the run would take over from the page if it went on.

    Those are the settings that can change on the way, if the page differs in nothing else: a page that describes
    another network has nothing to say to this one.
    """
    changed = differences(state, view)
    return changed if all(row.live for row in changed) else {}


def in_words(changed: Differences) -> str:
    """Return differences as a sentence goes on: 'Neurons 64 -> 16, Learning rate 0.1 -> 0.2'."""
    return ", ".join(f"{row.label} {before} \N{RIGHTWARDS ARROW} {after}" for row, (before, after) in changed.items())


def use_settings_of(state: Visit, view: RunView) -> None:
    """Bring back the settings of a run."""
    state.spec, state.config = view.spec, view.config


def draw_differences(state: Visit, view: RunView) -> None:
    """Draw what differs, if anything does, and the button that brings the run's settings back."""
    changed = differences(state, view)
    if not changed:
        return
    with st.container(key="changed"):
        st.markdown(f":material/edit: **Changed since this run**: {in_words(changed)}.")
        st.button(
            "Back to the settings of this run", key="settings_back", icon=":material/undo:",
            on_click=use_settings_of, args=(state, view),
        )  # fmt: skip
