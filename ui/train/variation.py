"""How much the images vary while a network learns, as sliders, with eight digits that show it at once."""

from dataclasses import replace

import numpy as np
import streamlit as st

from fcnn.augmentation import NOTHING, Augmentation, augment
from fcnn.pixels import as_images, as_numbers
from fcnn.presets import PRESETS
from fcnn.types import Examples
from ui.components.gallery import gallery
from ui.press import act_once
from ui.train.controls import choose_group
from ui.train.memory import TrainMemory
from ui.visit import Visit, remembered
from ui.words import a_digit

N_DIGITS = 8
TILE_PX = 42
LIKE_WRITING = PRESETS["record"].config.augmentation  # as much as still looks like writing


def choose_variation(state: Visit, train: Examples, *, disabled: bool) -> None:
    """Draw the sliders, and eight training digits varied by what they say."""
    now = state.config.augmentation
    memory = remembered(TrainMemory)
    _preview(train, now, memory.n_previews)
    with st.container(horizontal=True):
        st.button(
            "Vary again",
            icon=":material/casino:",
            on_click=act_once(_draw_again),
            args=(memory,),
            disabled=not now.is_on,
        )
        other, label = (NOTHING, "As they are") if now.is_on else (LIKE_WRITING, "Vary them")
        st.button(
            label, icon=":material/auto_fix_high:", on_click=act_once(_set), args=(state, other), disabled=disabled
        )
    choose_group(state, "variation", disabled=disabled)


def _preview(train: Examples, augmentation: Augmentation, number: int) -> None:
    digits = as_numbers(train.X[:N_DIGITS])
    # The same random numbers as long as nobody asks for others, so that a slider changes these digits, not which ones.
    varied = augment(digits, augmentation, rng=np.random.default_rng(number))
    st.caption(
        "How the network would see these eight next: no image comes the same way twice."
        if augmentation.is_on
        else "Eight of the images, as they are. Varied each time, they cannot be learned by heart."
    )
    labels = [f"A training digit, {a_digit(label)}" for label in train.labels[:N_DIGITS]]
    gallery(
        as_images(varied), key="varied_digits", captions=[""] * N_DIGITS, labels=labels,
        tile_px=TILE_PX,
    )  # fmt: skip


def _set(state: Visit, augmentation: Augmentation) -> None:
    state.config = replace(state.config, augmentation=augmentation)


def _draw_again(memory: TrainMemory) -> None:
    memory.n_previews += 1
