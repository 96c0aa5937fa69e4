"""The store of this server, in which runs outlive a visit. Without one they end with the visit."""

import logging
import os
from weakref import WeakValueDictionary

import streamlit as st

from fcnn import metrics
from fcnn.metrics import Answers
from fcnn.mnist import DataError
from fcnn.network import NetworkSpec
from fcnn.types import Params
from runs import store_limits
from runs.view import RunView
from store.errors import StoreError
from store.store import Store
from ui import cached
from ui.server import scheduler

PLACE = "DIGITS_STORE"  # the variable of the environment that has the last word on where runs are kept
OFF = "This server keeps no runs: they last as long as the page is open."


class Keeping:
    """The store, or why there is none; and the kept runs that visitors look at just now, each once."""

    def __init__(self) -> None:
        self.store: Store | None = None
        self._problem = ""
        self.views: WeakValueDictionary[str, RunView] = WeakValueDictionary()
        self.limits = store_limits.read()
        if place := os.environ.get(PLACE, self.limits.place):
            try:
                self.store = Store(place, self.limits, _answer, cached.load_mnist().test.labels)
            except (StoreError, DataError) as error:  # without digits nothing is learned, and the page says so
                self._problem = str(error) if isinstance(error, StoreError) else ""
                logging.getLogger(__name__).warning("%s", error)

    @property
    def problem(self) -> str:
        """Why nothing is kept just now, as a sentence; "" while all is well."""
        return self.store.problem if self.store else self._problem


@st.cache_resource(show_spinner=False)
def keeping() -> Keeping:
    """Return what keeps the runs of this server."""
    return Keeping()


def _answer(spec: NetworkSpec, params: Params) -> Answers:
    with scheduler().turn():
        return metrics.answer(spec, params, cached.load_mnist().test)
