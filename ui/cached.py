"""Loading and slow computations, done once and shared by all visitors."""

from pathlib import Path

import streamlit as st

from drawings import doubt
from drawings.doubt import Instruments
from fcnn import metrics, mnist, model_file
from fcnn.inside import missing_ink
from fcnn.inside.signals import Signals, measure
from fcnn.metrics import Answers
from fcnn.network import NetworkSpec
from fcnn.types import Array, Examples, Params
from runs.estimate import Speedometer
from ui.server import scheduler

N_TYPICAL = 10_000  # a mean of so many hardly differs from that of all 60,000
MODELS = Path(__file__).parents[1] / "data" / "models"


@st.cache_resource(show_spinner="Reading the digits ...")
def load_mnist() -> mnist.Mnist:
    """Return the digits: read-only arrays, one copy for all visitors.

    Raises:
        DataError: a data file is missing or damaged.
    """
    return mnist.load()


@st.cache_resource(show_spinner=False)
def shipped_model(name: str) -> model_file.Model:
    """Return a trained network that comes with the app, "ready" or "record"; one nobody asks for is not read."""
    return model_file.load((MODELS / f"{name}.npz").read_bytes())


@st.cache_resource(show_spinner=False)
def instruments_of_doubt() -> Instruments:
    """Return what tells an image that looks like a digit from one that does not; it takes some seconds, once."""
    record = shipped_model("record")
    with scheduler().turn():
        return doubt.learn(record.spec, record.params[-1], load_mnist().all_train)


@st.cache_resource(show_spinner=False)
def speedometer() -> Speedometer:
    """Return what measures how fast this server computes."""
    return Speedometer()


@st.cache_resource(show_spinner=False)
def typical_images() -> Array:
    """Return the mean image of each digit, (K, 784), over training digits from all over the file."""
    X, labels = load_mnist().all_train
    rows = mnist.spread(N_TYPICAL, len(labels))
    with scheduler().turn():
        return missing_ink.typical_images(Examples(X[rows], labels[rows]))


@st.cache_data(max_entries=24, show_spinner="Asking the network about 10,000 digits ...")
def answers_to_test(key: str, _spec: NetworkSpec, _params: Params) -> Answers:
    """Return what a network says to the test set; key names the network and its epoch.

    It takes a turn, like a piece of a run: beside a run that has several threads for its products, 1,000 answers took
    166 ms in place of 3 on a busy machine. Who asks seldom is next in line, however many runs there are.
    """
    with scheduler().turn():
        return metrics.answer(_spec, _params, load_mnist().test)


@st.cache_data(max_entries=24, show_spinner=False)
def signals(key: str, _spec: NetworkSpec, _params: Params) -> Signals:
    """Return what can be measured of a network that does not learn; key names it and its epoch."""
    return measure(_spec, _params, load_mnist().all_train.X)
