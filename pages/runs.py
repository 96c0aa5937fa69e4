"""All runs of a visitor, compared: what differed, which was best, and whether that is more than chance."""

import streamlit as st

from ui import kept
from ui.keeping import OFF, keeping
from ui.network_line import choose_network
from ui.page import digits_or_stop, open_page
from ui.runs.compare import compare_runs
from ui.runs.series import draw_series

state = open_page("Runs")
digits_or_stop()
choose_network(state)

if keeping().store is None:
    st.info(keeping().problem or OFF, icon=":material/info:")
elif not kept.my_runs(state):
    st.info("Each network that you train is kept here, so that you can compare them.", icon=":material/history:")
    st.page_link("pages/train.py", label="Train a network", icon=":material/model_training:")
compare_runs(state)
draw_series(state)
