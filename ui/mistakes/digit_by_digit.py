"""Recall, precision and accuracy of each digit: as bars, in words, and as a table."""

import streamlit as st

from charts.answers import DASH, per_digit_figure, per_digit_table
from fcnn.inside.mistakes import accuracy_per_digit
from fcnn.metrics import Counts, per_digit
from ui.components.live_plot import live_plot


def draw_digit_by_digit(confusion: Counts) -> None:
    """Draw the figures of each digit that a confusion matrix (K, K) gives."""
    figures, right_or_not = per_digit(confusion), accuracy_per_digit(confusion)
    with st.container(key="split_figures"):
        chart, words = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with chart:
        live_plot(
            per_digit_figure(right_or_not, figures),
            key="per_digit",
            alt="Recall, precision and accuracy of each digit, in percent; the same numbers are in the table below.",
        )
    words.markdown(
        "**Recall**: of the pictures that are a 4, the share it found.\n\n"
        '**Precision**: of its answers "4", the share that was right.\n\n'
        '**Accuracy**: of all pictures, the share for which it was right about "is this a 4?". It is high for every '
        "digit: nine pictures in ten are no 4, and most of those do not look like one."
    )
    with st.expander("All the numbers", icon=":material/table:"):
        table = per_digit_table(confusion, right_or_not, figures)
        st.table(table, border="horizontal", hide_index=True)
        if DASH in table["Precision"]:
            st.caption(f"{DASH} The network never gave this answer, so there is nothing to be right about.")
