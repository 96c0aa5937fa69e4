"""A chart that gets new data three times a second, at two addresses, for test_live_plot.py."""

import numpy as np
import streamlit as st

from charts.palette import MARK, VALIDATION
from ui.components.live_plot import live_plot
from ui.script_runs import order_script_runs

MARKED = {"color": MARK, "dash": "dot"}

order_script_runs()  # as the app does


def figure(n_epochs: int) -> dict[str, object]:
    epochs = np.arange(n_epochs)
    loss = (2.2 * np.exp(-epochs / 40) + 0.12).astype(np.float32)
    validation = (2.2 * np.exp(-epochs / 38) + 0.22 + 0.0015 * epochs).tolist()
    loss[5] = validation[5] = np.nan  # gaps
    return {
        "data": [
            {"x": epochs, "y": loss, "name": "training", "mode": "lines"},
            {"x": epochs, "y": validation, "name": "validation", "mode": "lines", "line": {"color": VALIDATION}},
            {"x": [60, 60], "y": [0, 2.4], "name": "best", "mode": "lines", "line": MARKED, "hoverinfo": "skip"},
        ],
        "layout": {
            "height": 340,
            "hovermode": "x unified",
            "xaxis": {"title": {"text": "epoch"}},
            "yaxis": {"title": {"text": "loss (nats)"}, "rangemode": "tozero", "hoverformat": ".3f"},
        },
    }


@st.fragment(run_every=0.3)
def chart() -> None:
    ticks = st.session_state.ticks = st.session_state.get("ticks", 0) + (not st.session_state.paused)
    live_plot(figure(100 + ticks), key="loss", alt="Loss of the training and the validation set, by epoch")
    st.caption(f"Tick {ticks}")


def page() -> None:
    st.title("Training")
    st.button("Full rerun")
    st.toggle("Pause", key="paused")
    with st.container():  # a place for the line; if the chart got another place, Streamlit might build it anew
        if st.toggle("A line above"):
            st.write("This line moves the chart down.")
    with st.container(border=True, key="frame"):
        chart()


menu = [st.Page(page, title="Home", url_path="home", default=True), st.Page(page, title="Train", url_path="train")]
chosen = st.navigation(menu, position="hidden")
for entry in menu:
    st.sidebar.page_link(entry)
chosen.run()
