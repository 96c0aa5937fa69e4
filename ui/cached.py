"""Loading and slow computations, done once and shared by all visitors."""

from pathlib import Path

import streamlit as st

from fcnn import checkpoint, metrics, mnist
from fcnn.metrics import Answers
from fcnn.network import NetworkSpec, forward
from fcnn.types import Array, Params

READY_MODEL = Path(__file__).parents[1] / "data" / "models" / "ready.npz"


@st.cache_resource(show_spinner="Reading the digits ...")
def load_mnist() -> mnist.Mnist:
    """Return the digits: read-only arrays, one copy for all visitors.

    Raises:
        DataError: a data file is missing or damaged.
    """
    return mnist.load()


@st.cache_resource(show_spinner=False)
def ready_model() -> checkpoint.Model:
    """Return the trained network that comes with the app."""
    return checkpoint.load(READY_MODEL.read_bytes())


@st.cache_data(max_entries=24, show_spinner="Asking the network about 10,000 digits ...")
def answers_to_test(key: str, _spec: NetworkSpec, _params: Params) -> Answers:
    """Return what a network says to the test set; key names the network and its epoch."""
    return metrics.answer(_spec, _params, load_mnist().test)


@st.cache_data(max_entries=24, show_spinner=False)
def mean_activity(key: str, _spec: NetworkSpec, _params: Params) -> Array:
    """Return the mean output of each neuron of the first layer over the first 1,000 test digits, of shape (n_out,)."""
    trace = forward(_spec, _params, load_mnist().test.X[:1000])
    mean: Array = trace.a[1].mean(axis=0)
    return mean
