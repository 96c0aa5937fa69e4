"""The digit in hand beside the map: what it is, what the network says to it, and the way to the page that says why."""

import numpy as np
import streamlit as st

from charts.answers import sure
from fcnn.network import predict
from fcnn.pixels import as_images
from ui.components.gallery import gallery
from ui.map.view import View, digit_on
from ui.visit import Visit
from ui.why_link import link_to_why
from ui.words import a_digit

TILE_PX = 84
NO_ANSWER = "The network has no answer to it."
ELSEWHERE = "It is none of the points, and t-SNE has no place for it."
BESIDE = "It is none of the points: the square shows where it lies."


@np.errstate(over="ignore", invalid="ignore")
def draw_in_hand(state: Visit, view: View) -> None:
    """Draw the digit in hand."""
    digit, place, beside = digit_on(view, state)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="map_in_hand"):
        with st.container(width="content"):
            gallery(as_images(digit.image), key="map_digit", captions=[""], labels=[digit.label], tile_px=TILE_PX)
        with st.container(width="stretch", gap="small"):
            p = predict(view.shown.spec, view.shown.params, digit.image[None])[0]
            is_what = "" if digit.truth is None else f", {a_digit(digit.truth)}"
            says = f"It says **{p.argmax()}**, {sure(p.max())} sure." if np.isfinite(p).all() else NO_ANSWER
            st.markdown(f"In hand: {digit.name}{is_what}. {says}")
            if place is None and view.pca is not None:
                st.caption(BESIDE if beside is not None else ELSEWHERE if view.by_tsne else "")
            link_to_why(state)
