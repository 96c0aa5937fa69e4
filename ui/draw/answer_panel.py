"""The answer of the Draw page: in words, as ten bars, and beside them the image that the network saw."""

import numpy as np
import streamlit as st

from charts.answers import probability_bars
from fcnn.network import N_CLASSES
from fcnn.pixels import SIDE, Pixels, as_images
from fcnn.types import Array, Labels
from ui.components.announcer import announce
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.components.mount import style
from ui.verdict import Verdict
from ui.words import a_digit

_NEAREST_PX = 42
_TILE_PX = 140  # 5 to a pixel of the image


def show_answer(
    verdict: Verdict,
    probabilities: Array | None,
    truth: int | None,
    note: str = "",
    nearest: tuple[Pixels, Labels] | None = None,
) -> None:
    """Draw the verdict, the digits (n, D) nearest to the drawing, if given, and the probabilities of shape (K,).

    Without probabilities the same bars are empty.
    """
    style(__file__)
    st.header(verdict.headline, anchor=False)
    st.markdown(verdict.words)
    announce(f"{verdict.headline}. {verdict.words.replace('**', '')}", key="answer_says")
    with st.container(key="answer_more"):  # a place that stays: what comes and goes in it moves no chart
        if nearest is not None:
            show_nearest(*nearest)
        if note:
            st.caption(note)
    live_plot(
        probability_bars(
            np.full(N_CLASSES, np.nan) if probabilities is None else probabilities, answer=verdict.digit, truth=truth
        ),
        key="draw_bars",
        alt=f"The probabilities of the ten digits. {verdict.headline}. {verdict.words}",
    )


def show_nearest(X: Pixels, labels: Labels) -> None:
    """Draw the training digits (n, D) that are nearest to what was drawn, with what they are."""
    gallery(
        as_images(X),
        key="draw_nearest",
        captions=[a_digit(label) for label in labels],
        labels=[f"One of the nearest training digits, {a_digit(label)}" for label in labels],
        tile_px=_NEAREST_PX,
    )


def show_seen(seen: Array | None, how_made: str) -> None:
    """Draw the image (28, 28) that the network saw; without one, an empty place."""
    with st.container(key="seen_parts"):
        with st.container(width="content"):
            gallery(
                np.zeros((1, SIDE, SIDE)) if seen is None else seen[None],
                key="draw_seen",
                captions=[""],
                labels=["What the network sees"],
                tile_px=_TILE_PX,
            )
        st.caption(f"**What it sees**: {how_made}")
