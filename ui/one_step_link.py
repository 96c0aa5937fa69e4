"""The way from an explanation to the page that makes one update, and shows what it does to a weight."""

import streamlit as st

from ui.address_bar import words_of
from ui.visit import Visit

PAGE, ICON = "pages/one_step.py", ":material/biotech:"


def link_to_one_step(state: Visit) -> None:
    """Draw the link to the One step page, which learns from the digit in hand."""
    st.page_link(
        PAGE, label="Under the microscope", icon=ICON, query_params=words_of(state, "one_step"), width="content",
        help="One update of the network with this digit: its gradient, its step, and what it changes.",
    )  # fmt: skip
