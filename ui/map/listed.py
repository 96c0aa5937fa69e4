"""What the lasso holds: how many of each kind, which of them are read wrongly, and the digits themselves."""

import numpy as np
import streamlit as st

from fcnn.inside.digit_map import NO_ANSWER, DigitMap
from fcnn.pixels import as_images
from fcnn.types import Indices, Labels
from ui.components.gallery import gallery
from ui.digit_in_hand import digit_in_hand, take_test_digit
from ui.map.memory import MapMemory
from ui.map.view import View
from ui.press import act_once
from ui.visit import Visit, remembered
from ui.words import a_digit

MOST = 60  # pictures
TILE_PX, LIST_PX, FEW = 44, 330, 30
HINT = "With **Lasso** pressed, draw a line around some points: what is in it is listed here."


def draw_listed(state: Visit, view: View) -> None:
    """Draw what the lasso holds, or what it is for."""
    if view.pca is None:
        return
    memory = remembered(MapMemory)
    places = np.array([place for place in memory.picked if place < len(view.digits.indices)], np.intp)
    with st.container(key="map_listed"):
        if not len(places):
            st.caption(HINT)
            return
        truths, answers = view.digits.examples.labels[places], view.pca.answers[places]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(tell(truths, answers))
            st.button("Clear", icon=":material/close:", type="tertiary", on_click=act_once(_clear))
        _draw_pictures(state, view, view.pca, in_order(places, truths, answers))


def tell(truths: Labels, answers: Labels) -> str:
    """Return in a sentence what the lasso holds: '**34 digits**: 20 are 4s, 14 are 9s; it errs on 6'."""
    kinds, counts = np.unique(truths, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    parts = [
        f"{n:,} are {kind}s" if n > 1 else f"1 is {a_digit(kind)}"
        for kind, n in zip(kinds[order].tolist(), counts[order].tolist(), strict=True)
    ]
    n_wrong, n = int((truths != answers).sum()), len(truths)
    errs = f"it errs on {n_wrong}" if n_wrong else "it errs on none"
    return f"**{n:,} digit{'' if n == 1 else 's'}**: {', '.join(parts)}; {errs}."


def in_order(places: Indices, truths: Labels, answers: Labels) -> Indices:
    """Return the places of digits with the mistakes first, each part by kind."""
    order: Indices = places[np.lexsort((truths, truths == answers))]
    return order


def _draw_pictures(state: Visit, view: View, drawn: DigitMap, places: Indices) -> None:
    """Draw the first of them; a click takes one in hand."""
    shown, digits = places[:MOST], view.digits
    indices = digits.indices[shown].tolist()
    truths, answers = digits.examples.labels[shown].tolist(), drawn.answers[shown].tolist()

    def take(place: int) -> None:
        take_test_digit(state, indices[place])

    in_hand = digits.place_of(digit_in_hand(state).chosen)
    captions, labels = zip(*(_said(*each) for each in zip(indices, truths, answers, strict=True)), strict=True)
    with st.container(height=LIST_PX if len(shown) > FEW else "content", border=False, key="map_pictures_frame"):
        gallery(
            as_images(digits.examples.X[shown]), key="map_pictures", captions=captions, labels=labels, tile_px=TILE_PX,
            selected=shown.tolist().index(in_hand) if in_hand in shown else None, on_click=take,
        )  # fmt: skip
    if len(places) > MOST:
        st.caption(f"Shown are {MOST} of the {len(places):,}, mistakes first.")


def _said(index: int, truth: int, answer: int) -> tuple[str, str]:
    """Return what stands below a picture, and what it is in words."""
    said = "no answer" if answer == NO_ANSWER else f"read as {answer}"
    caption = f"{truth}" if truth == answer else f"{truth}, said {'?' if answer == NO_ANSWER else answer}"
    return caption, f"Test digit {index:,}: {a_digit(truth)}, {said}"


def _clear() -> None:
    remembered(MapMemory).picked = ()
