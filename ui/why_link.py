"""The way from an answer to the page that says why: it stands beside every answer."""

import streamlit as st

from ui.address_bar import words_of
from ui.visit import Visit

PAGE, ICON = "pages/why.py", ":material/help:"


def link_to_why(state: Visit) -> None:
    """Draw the link to the Why page, which explains the answer to the digit in hand."""
    st.page_link(PAGE, label="Why?", icon=ICON, query_params=words_of(state, "why"), width="content")


def go_to_why(state: Visit) -> None:
    """Open the Why page, as its link does."""
    st.switch_page(PAGE, query_params=words_of(state, "why"))
