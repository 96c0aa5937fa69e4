"""How much the images vary while a network learns, as sliders, with eight digits that show it at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import streamlit as st

from fcnn.augmentation import NOTHING, Augmentation, augment
from fcnn.pixels import as_numbers
from fcnn.presets import PRESETS
from fcnn.types import Examples
from ui.components.gallery import gallery
from ui.state import AppState
from ui.train.controls import control
from ui.words import exact

N_DIGITS = 8
TILE_PX = 42
LIKE_WRITING = PRESETS["record"].config.augmentation  # as much as still looks like writing


class Slider(NamedTuple):
    """One number of the Augmentation, and where its slider stops."""

    label: str
    stops: tuple[float, ...]


def _stops(*parts: tuple[float, float]) -> tuple[float, ...]:
    """Return stops from 0 on: up to a first value in steps of a first size, then on to the next."""
    stops = [0.0]
    for last, step in parts:
        stops += [round(stops[-1] + step * i, 4) for i in range(1, round((last - stops[-1]) / step) + 1)]
    return tuple(stops)


SLIDERS = {
    "shift_px": Slider("Shift (pixels)", _stops((4, 0.5), (8, 1))),
    "rotation_deg": Slider("Rotation (degrees)", _stops((20, 1), (45, 5), (180, 15))),
    "scale": Slider("Size (share)", _stops((0.2, 0.01), (0.9, 0.1))),
    "elastic_px": Slider("Bending (pixels)", _stops((3, 0.1), (8, 1))),
    "elastic_blur_px": Slider("Width of the bends (pixels)", tuple(2 + i / 2 for i in range(25))),
    "noise": Slider("Noise (share of full ink)", _stops((0.2, 0.01), (1, 0.1))),
}


def choose_variation(state: AppState, train: Examples, *, disabled: bool) -> None:
    """Draw the sliders, and eight training digits varied by what they say."""
    now = state.config.augmentation
    _preview(train, now, state.preview)
    with st.container(horizontal=True):
        st.button("Vary again", icon=":material/casino:", on_click=_draw_again, args=(state,), disabled=not now.is_on)
        other, label = (NOTHING, "As they are") if now.is_on else (LIKE_WRITING, "Vary them")
        st.button(label, icon=":material/auto_fix_high:", on_click=_set, args=(state, other), disabled=disabled)
    for name, slider in SLIDERS.items():
        value = getattr(now, name)
        control(
            name, slider.label, value, _saver(state, name), st.select_slider, sorted({*slider.stops, value}),
            format_func=exact, disabled=disabled or (name == "elastic_blur_px" and now.elastic_px == 0),
        )  # fmt: skip


def _preview(train: Examples, augmentation: Augmentation, number: int) -> None:
    digits = as_numbers(train.X[:N_DIGITS])
    # The same random numbers as long as nobody asks for others, so that a slider changes these digits, not which ones.
    varied = augment(digits, augmentation, rng=np.random.default_rng(number))
    st.caption(
        "How the network would see these eight next: no image comes the same way twice."
        if augmentation.is_on
        else "Eight of the images, as they are. Varied each time, they cannot be learned by heart."
    )
    labels = [f"A training digit, a {label}" for label in train.labels[:N_DIGITS]]
    gallery(
        varied.reshape(-1, 28, 28), key="varied_digits", captions=[""] * N_DIGITS, labels=labels,
        tile_px=TILE_PX, clickable=False,
    )  # fmt: skip


def _saver(state: AppState, name: str) -> Callable[[float], None]:
    def save(value: float) -> None:
        _set(state, replace(state.config.augmentation, **{name: value}))

    return save


def _set(state: AppState, augmentation: Augmentation) -> None:
    state.config = replace(state.config, augmentation=augmentation)


def _draw_again(state: AppState) -> None:
    state.preview += 1
