"""What the neurons of a layer make of test digits: computed once a network and epoch, and shared by all visitors."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from math import prod

import numpy as np
import streamlit as st

from fcnn.inside import layers, neurons, responses
from fcnn.inside.layers import WeightHistogram
from fcnn.inside.neurons import Neurons
from fcnn.inside.responses import Kinds, Response
from fcnn.inside.upper_part import passed_on, upper_part
from fcnn.mnist import spread
from fcnn.network import NetworkSpec
from fcnn.types import Array, Examples, Indices, Params
from ui import cached
from ui.server import scheduler

PRODUCTS = 1.5e9  # weights below a layer times digits: about 0.1 s of a core
NUMBERS = 3e6  # that a layer is given at once: 12 MB
MOST_LIVE = 1_000  # digits, of a network that learns and is asked anew each second
QUICK_WEIGHTS = 500_000  # that are counted in 10 ms
N_ACTIVE = 1_000  # digits that show how active a neuron is


def turn_if(*, slow: bool) -> AbstractContextManager[object]:
    """Return a turn to compute in, or nothing: what is quick need not wait for one, once a second."""
    return scheduler().turn() if slow else nullcontext()


def asked_rows(spec: NetworkSpec, layer: int, *, live: bool) -> Indices:
    """Return which test digits a layer is asked about: all of them, or as many as there is time and memory for."""
    n_all = len(cached.load_mnist().test.labels)
    if layer == 0:
        return np.arange(n_all)
    below = sum(map(prod, zip(spec.sizes[:layer], spec.sizes[1 : layer + 1], strict=True)))
    n = int(min(PRODUCTS / below, NUMBERS / spec.sizes[layer], MOST_LIVE if live else n_all))
    # Every third: from a half of them on all would be taken from the beginning of the file.
    return np.arange(n_all)[slice(None) if n >= n_all else spread(min(n, n_all // 3), n_all)]


@st.cache_data(max_entries=24, show_spinner=False)
def neurons_of(key: str, layer: int, _spec: NetworkSpec, _params: Params, *, live: bool) -> Neurons:
    """Describe the neurons of a layer; key names the network and its epoch."""
    rows = asked_rows(_spec, layer, live=live)[:N_ACTIVE]
    with scheduler().turn():
        return neurons.describe(*upper_part(_spec, _params, layer), _given(_spec, _params, layer, rows))


@st.cache_data(max_entries=64, show_spinner=False)
def response_of(key: str, layer: int, neuron: int, _spec: NetworkSpec, _params: Params, *, live: bool) -> Response:
    """Return what one neuron makes of the digits of asked_rows(); the Weights page asks once a second."""
    rows = asked_rows(_spec, layer, live=live)
    if layer == 0:  # quick enough to need no turn
        return responses.respond(_spec, _params, cached.load_mnist().test.X, neuron)
    with scheduler().turn():
        return responses.respond(*upper_part(_spec, _params, layer), _given(_spec, _params, layer, rows), neuron)


@st.cache_data(max_entries=24, show_spinner=False)
def kinds_of(key: str, layer: int, sheet: tuple[int, ...], _spec: NetworkSpec, _params: Params) -> list[Kinds]:
    """Return which test digits make some neurons fire most; 64 of a first layer take about 80 ms of computing."""
    rows = asked_rows(_spec, layer, live=False)
    with scheduler().turn():
        given = Examples(_given(_spec, _params, layer, rows), cached.load_mnist().test.labels[rows])
        return responses.kinds_of(*upper_part(_spec, _params, layer), np.array(sheet), given)


@st.cache_data(max_entries=24, show_spinner=False)
def limits_of(key: str, layer: int, _epochs: Sequence[Params]) -> tuple[float, Array]:
    """Return the size that gets the last colour, and outgoing_limits(), over the kept epochs of a network."""
    with turn_if(slow=layer > 0):
        limit = layers.picture_limit(_epochs, layer) if layer else neurons.weight_limit(_epochs)
        return limit, neurons.outgoing_limits([params[layer:] for params in _epochs])


@st.cache_data(max_entries=24, show_spinner=False)
def pictures_of(key: str, layer: int, units: tuple[int, ...], _params: Params) -> Array | None:
    """Return the pictures of some units of a later layer, of shape (784, n); None where the weights have exploded.

    It needs no turn: 64 units of the widest network take 12 ms.
    """
    return layers.pictures_of(_params, layer, np.array(units))


@st.cache_data(max_entries=24, show_spinner=False)
def histograms(key: str, start_key: str, _now: Params, _start: Params) -> tuple[WeightHistogram, ...]:
    """Return the histograms of all layers, now and at the start; a million weights take some 20 ms."""
    with turn_if(slow=sum(W.size for W, _ in _now) > QUICK_WEIGHTS):
        return layers.weight_histograms(_now, _start)


def _given(spec: NetworkSpec, params: Params, layer: int, rows: Indices) -> Array:
    X = cached.load_mnist().test.X
    given: Array = passed_on(spec, params, layer, X if len(rows) == len(X) else X[rows])
    return given
