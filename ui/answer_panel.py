"""The answer of the Draw page: in words, as ten bars, and beside them the image that the network saw."""

from pathlib import Path

import numpy as np
import streamlit as st

from fcnn.network import N_CLASSES
from fcnn.types import Array
from ui.answer_charts import probability_bars
from ui.gallery import gallery
from ui.live_plot import live_plot
from ui.verdict import Verdict

_TILE_PX = 140  # 5 to a pixel of the image


def show_answer(verdict: Verdict, probabilities: Array | None, truth: int | None, note: str = "") -> None:
    """Draw the verdict and the probabilities of shape (K,); without them, the same bars empty."""
    st.html(Path(__file__).with_suffix(".css"))
    st.header(verdict.headline, anchor=False)
    st.markdown(verdict.words)
    if note:
        st.caption(note)
    live_plot(
        probability_bars(
            np.full(N_CLASSES, np.nan) if probabilities is None else probabilities, answer=verdict.digit, truth=truth
        ),
        key="draw_bars",
        alt=f"The probabilities of the ten digits. {verdict.headline}. {verdict.words}",
    )


def show_seen(seen: Array | None, how_made: str) -> None:
    """Draw the image (28, 28) that the network saw; without one, an empty place."""
    with st.container(key="seen_parts"):
        with st.container(width="content"):
            gallery(
                np.zeros((1, 28, 28)) if seen is None else seen[None],
                key="draw_seen",
                captions=[""],
                labels=["What the network sees"],
                tile_px=_TILE_PX,
                clickable=False,
            )
        st.caption(f"**What it sees**: {how_made}")
