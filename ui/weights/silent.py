"""Which share of each layer is silent at the moments of a training: computed once, and shared by all visitors."""

from collections import OrderedDict
from collections.abc import Mapping
from math import nan
from threading import Lock

import numpy as np
import streamlit as st

from fcnn.activations import ACTIVATIONS
from fcnn.inside.layers import silent_shares
from fcnn.inside.signals import N_IMAGES
from fcnn.mnist import spread
from fcnn.network import NetworkSpec
from fcnn.types import Params
from ui import cached
from ui.network_shown import cache_key
from ui.weights.asked import turn_if

MOST_KEPT = 5_000  # moments of all networks, of some 200 bytes each
PER_TURN = 8  # moments: a turn of some 50 ms, so that runs need not wait for long
Shares = tuple[float, ...]  # one for each hidden layer; nan where the network has exploded


class SilentShares:
    """What is known of all networks; what nobody asked for lately goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_key: OrderedDict[str, Shares] = OrderedDict()

    def of(self, name: str, spec: NetworkSpec, epochs: Mapping[float, Params]) -> dict[float, Shares]:
        """Return the shares at each of some moments of the network of this name."""
        with self._lock:
            known = {n: self._by_key[key] for n in epochs if (key := cache_key(name, n)) in self._by_key}
        missing = [number for number in epochs if number not in known]
        for start in range(0, len(missing), PER_TURN):
            few = missing[start : start + PER_TURN]
            with turn_if(slow=len(few) > 1):
                known |= {number: _measure(spec, epochs[number]) for number in few}
        with self._lock:
            for number, shares in known.items():
                self._by_key[cache_key(name, number)] = shares
                self._by_key.move_to_end(cache_key(name, number))
            while len(self._by_key) > MOST_KEPT:
                self._by_key.popitem(last=False)
        return {number: known[number] for number in epochs}


@st.cache_resource(show_spinner=False)
def all_silent_shares() -> SilentShares:
    """Return what is known of the networks of all visitors."""
    return SilentShares()


def can_be_silent(spec: NetworkSpec) -> bool:
    """Return whether a neuron of this network can say 0 to a digit, whatever the strength of what is below its bias."""
    return bool(spec.hidden) and not ACTIVATIONS[spec.activation].f(np.array([-1.0, -2.0])).any()


def _measure(spec: NetworkSpec, params: Params) -> Shares:
    if not all(np.isfinite(array).all() for layer in params for array in layer):
        return (nan,) * len(spec.hidden)
    X = cached.load_mnist().all_train.X
    return silent_shares(spec, params, X[spread(N_IMAGES, len(X))])
