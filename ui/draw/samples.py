"""Ten test digits to click, for those who cannot draw."""

import numpy as np
import streamlit as st

from fcnn.network import N_CLASSES
from fcnn.pixels import as_images
from fcnn.types import Examples
from ui.address_bar import save_address
from ui.choices import whole_number
from ui.components.gallery import gallery
from ui.press import act_once
from ui.visit import Visit

SET, SAMPLE = "set", "sample"  # words of the address: which ten digits, and which of them
N_SETS = 1_000
_TILE_PX = 56  # five in a row on a phone


def choose_sample(state: Visit, test: Examples) -> int | None:
    """Draw one test digit of each kind, and return the row of the chosen one; None before the first click."""
    rows = _sample(test, _chosen(state, SET, N_SETS) or 0)
    place = st.container(key="samples")
    st.button("Another set", icon=":material/shuffle:", on_click=act_once(_next_set), args=(state,))
    chosen = _chosen(state, SAMPLE, N_CLASSES)

    def choose(digit: int) -> None:
        state.choices[SAMPLE] = str(digit)

    with place:
        gallery(
            as_images(test.X[rows]),
            key="sample_digits",
            captions=[""] * N_CLASSES,
            labels=[f"A {digit} of the test set" for digit in range(N_CLASSES)],
            selected=chosen,
            tile_px=_TILE_PX,
            on_click=choose,
        )
    save_address(state)
    return None if chosen is None else rows[chosen]


def _chosen(state: Visit, word: str, n: int) -> int | None:
    return whole_number(state.choices.get(word, ""), below=n)


def _next_set(state: Visit) -> None:
    state.choices[SET] = str(((_chosen(state, SET, N_SETS) or 0) + 1) % N_SETS)


def _sample(test: Examples, number: int) -> list[int]:
    rng = np.random.default_rng(number)
    return [int(rng.choice(np.flatnonzero(test.labels == digit))) for digit in range(N_CLASSES)]
