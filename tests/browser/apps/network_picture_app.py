"""A narrow and a wide picture of networks that change at a press, for test_network_picture.py."""

import numpy as np
import streamlit as st

from fcnn.initialization import Initialization, init_params
from fcnn.inside.wiring import wire
from fcnn.network import mnist_spec
from fcnn.types import Array
from ui.components.network_picture import network_picture

HIDDEN = [(40, 20), (), (1024,) * 5]


def image() -> Array:
    """Return a ring of ink."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    ring: Array = np.clip(2.5 - np.abs(np.hypot(rows, columns) - 8), 0, 1).astype(np.float32).ravel()
    return ring


st.set_page_config(layout="wide")
st.title("The network")
presses = st.session_state.setdefault("presses", [0, 0])  # of each button
for i, label in enumerate(("Learn", "Another network")):
    if st.button(label):
        presses[i] += 1
spec = mnist_spec(HIDDEN[presses[1] % len(HIDDEN)])
params = init_params(spec, Initialization(), rng=np.random.default_rng(presses[0]))
wiring = wire(spec, params, image(), previous=st.session_state.get("wiring"), stay=float("inf"))
st.session_state.wiring = wiring
with st.container(width=480):
    network_picture(wiring, key="net", truth=0)
network_picture(wiring, key="large", height=420, turn=presses[0])
