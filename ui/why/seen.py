"""What a network makes of training digits: kept for a visit, counted, and shared by all who look at that network."""

from threading import Lock
from weakref import WeakValueDictionary, finalize

import streamlit as st

from fcnn.inside.alike import Seen, bytes_of_seen, see
from fcnn.mnist import spread
from fcnn.types import Examples
from ui import cached
from ui.network_shown import NetworkShown
from ui.server import runs, scheduler
from ui.visit import remembered
from ui.why.memory import WhyMemory

MOST, LEAST = 20_000, 1_000  # training digits
PRODUCTS = 6e9  # weights times digits: about 0.4 s of a core
MOST_LIVE = 2_000  # of a network that learns, which makes something else of them each second


class AllSeen:
    """What the networks of all visitors make of training digits, as long as somebody has it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.by_key: WeakValueDictionary[str, Seen] = WeakValueDictionary()


@st.cache_resource(show_spinner=False)
def _all_seen() -> AllSeen:
    return AllSeen()


def n_digits(shown: NetworkShown) -> int:
    """Return how many training digits there is time to show this network."""
    if shown.running:
        return MOST_LIVE
    hidden = sum(n_in * n_out for n_in, n_out in zip(shown.spec.sizes, shown.spec.hidden, strict=False))
    return max(LEAST, min(MOST, int(PRODUCTS / max(hidden, 1))))


def training_digits(n: int) -> Examples:
    """Return n training digits, from all over the file."""
    X, labels = cached.load_mnist().all_train
    rows = spread(n, len(labels))
    return Examples(X[rows], labels[rows])


def seen_by(shown: NetworkShown) -> Seen | None:
    """Return what this network makes of training digits; None if the server has no memory for it just now."""
    memory, n = remembered(WhyMemory), n_digits(shown)
    key = f"{shown.key} {n}"
    with _all_seen().lock:
        seen = _all_seen().by_key.get(key)
        if seen is not None and seen is memory.seen:
            return seen
        _let_go(memory)
        name = f"digits seen by {key}"
        if not runs().hold(name, bytes_of_seen(shown.spec, n)):
            return None
        if seen is None:
            with scheduler().turn():
                seen = see(shown.spec, shown.params, training_digits(n))
            _all_seen().by_key[key] = seen
        memory.seen, memory.let_go_of_seen = seen, finalize(memory, runs().let_go, name)
    return seen


def _let_go(memory: WhyMemory) -> None:
    if memory.let_go_of_seen is not None:
        memory.let_go_of_seen()
    memory.seen, memory.let_go_of_seen = None, None
