"""The two parts of the Train page that are drawn again and again, and how a choice in one of them redraws both."""

import streamlit as st

LINE, BELOW = "line", "below"  # the line of what is shown, and all that tells of it


def redraw() -> None:
    """Draw both, and nothing else of the page; the last thing that a callback does."""
    st.rerun([LINE, BELOW])
