"""The digit in hand, large, and what the network says to it."""

import streamlit as st

from charts.answers import sure
from fcnn.pixels import as_images
from ui.components.gallery import gallery
from ui.why.case import Case
from ui.words import a_digit

LARGE_PX = 112
NO_ANSWER = (
    "This network has nothing to explain: its numbers grew beyond any use. Choose an earlier epoch, or train again "
    "with a smaller learning rate."
)


def draw_headline(case: Case) -> None:
    """Draw the digit, the answer and the truth."""
    digit = case.digit
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="case"):
        with st.container(width="content"):
            gallery(as_images(digit.image), key="why_digit", captions=[""], labels=[digit.label], tile_px=LARGE_PX)
        with st.container(width="stretch"):
            st.markdown(
                f"{digit.name.capitalize()}: {a_digit(digit.truth)}." if digit.truth is not None else _own(case)
            )
            if case.sound:
                st.header(f"It says {case.answer}, {sure(case.probabilities[case.answer])} sure{_verdict(case)}")
            else:
                st.error(NO_ANSWER, icon=":material/error:")


def _own(case: Case) -> str:
    return f"{case.digit.name.capitalize()}: nobody but you knows what it is."


def _verdict(case: Case) -> str:
    if case.digit.truth is None:
        return ""
    return ": right" if case.answer == case.digit.truth else ": a mistake"
