"""Galleries of digits and of weights that change three times a second, for test_gallery.py."""

import numpy as np
import streamlit as st

from ui.components.gallery import gallery

N = 12


def digits(ticks: int) -> np.ndarray:
    """Rings that grow; the first image is a ramp from paper to ink, brighter with each tick."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    radius = np.hypot(rows, columns)
    images = np.stack([np.clip(2.5 - np.abs(radius - 3 - i * 0.8), 0, 1) for i in range(N)])
    images[0] = 0.0
    images[0, :, 14:] = 1.0
    images[0, 0, 0] = (ticks % 256) / 255
    return images


def weights(ticks: int) -> np.ndarray:
    rows, columns = np.mgrid[:28, :28] / 27 - 0.5
    images = np.stack([np.sin(6 * rows + i) * np.cos((4 + i) * columns + ticks / 10) for i in range(N)])
    images[0] = 0.0
    images[0, 0, :4] = [-2, 2, np.nan, 1]
    return images


def choose(i: int) -> None:
    st.session_state.chosen = i
    st.session_state.clicks = [*st.session_state.get("clicks", []), i]


@st.fragment(run_every=0.3)
def sheets() -> None:
    ticks = st.session_state.ticks = st.session_state.get("ticks", 0) + 1
    st.subheader("Digits")
    gallery(
        digits(ticks),
        key="digits",
        captions=[f"{i} → {(i + 3) % 10}" for i in range(N)],
        labels=[f"Test image {i}: a {i % 10}, read as {(i + 3) % 10}" for i in range(N)],
        selected=st.session_state.get("chosen"),
        on_click=choose,
    )
    st.write(f"Clicks: {st.session_state.get('clicks', [])}")
    st.subheader("Weights")
    gallery(
        weights(ticks),
        key="weights",
        captions=[f"neuron {i}" for i in range(N)],
        labels=[f"Weights of hidden neuron {i}" for i in range(N)],
        palette="diverging",
        vmax=2.0,
    )
    st.caption(f"Tick {ticks}")


st.title("Galleries")
with st.container(border=True):
    sheets()
