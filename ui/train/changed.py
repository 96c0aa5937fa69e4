"""Settings on the Train page that differ from those of the run that is shown: named, with the way back."""

import streamlit as st

from runs.view import RunView
from ui.address import WORDS, Settings
from ui.state import AppState

LABELS = {
    "hidden": "Neurons",
    "activation": "Activation",
    "rate": "Learning rate",
    "epochs": "Epochs",
    "batch": "Batch size",
    "optimizer": "Optimizer",
    "momentum": "Momentum",
    "l2": "L2",
    "dropout": "Dropout",
    "shift": "Shift",
    "rotate": "Rotation",
    "resize": "Size",
    "bend": "Bending",
    "blur": "Width of the bends",
    "noise": "Noise",
    "schedule": "Learning rate schedule",
    "step": "Epochs a step",
    "warmup": "Warm-up",
    "all": "All 60,000 images",
    "patience": "Early stopping",
    "best": "Keep the best epoch",
    "init": "First weights",
    "width": "Width of the weights",
    "bias": "Width of the biases",
    "seed": "Seed",
}
LIVE_NAMES = {"rate": "learning_rate", "momentum": "momentum", "l2": "l2", "dropout": "dropout"}  # word -> field


def differences(state: AppState, view: RunView) -> dict[str, tuple[str, str]]:
    """Return the words of the settings that differ, each with its value in the run and on the page."""
    run, page = Settings(view.spec, view.config), Settings(state.spec, state.config)
    both = {name: (word.write(run), word.write(page)) for name, word in WORDS.items()}
    return {name: values for name, values in both.items() if values[0] != values[1]}


def taken_over(state: AppState, view: RunView) -> dict[str, tuple[str, str]]:
    """Return what the run would take over from the page if it went on.

    Those are the settings that can change on the way, if the page differs in nothing else: a page that describes
    another network has nothing to say to this one.
    """
    changed = differences(state, view)
    return changed if changed.keys() <= LIVE_NAMES.keys() else {}


def in_words(changed: dict[str, tuple[str, str]]) -> str:
    """Return differences as a sentence goes on: 'Neurons 64 -> 16, Learning rate 0.1 -> 0.2'."""
    return ", ".join(
        f"{LABELS[name]} {before} \N{RIGHTWARDS ARROW} {after}" for name, (before, after) in changed.items()
    )


def use_settings_of(state: AppState, view: RunView) -> None:
    """Bring back the settings of a run."""
    state.spec, state.config = view.spec, view.config


def draw_differences(state: AppState, view: RunView) -> None:
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
