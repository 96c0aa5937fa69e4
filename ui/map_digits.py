"""Which digits are the points of a map: 2,000 of the test set, or fewer of the validation set while a run learns."""

from typing import Literal, NamedTuple

import numpy as np
import streamlit as st

from fcnn.inside.maps import rows_of_map
from fcnn.mnist import N_VALIDATION, spread
from fcnn.types import Examples, Indices
from ui import cached
from ui.digit import InHand

N_LIVE = 500  # of the validation set
Of = Literal["test", "validation"]


class MapDigits(NamedTuple):
    """The digits of a map."""

    of: Of
    examples: Examples
    indices: Indices  # (N,) which of the set they are

    def place_of(self, chosen: InHand) -> int | None:
        """Return which point a digit is; None if it is none."""
        if chosen.of != self.of:
            return None
        place = int(np.searchsorted(self.indices, chosen.index))
        return place if place < len(self.indices) and self.indices[place] == chosen.index else None

    def in_hand(self, place: int) -> InHand:
        """Return what names the digit of a point."""
        return InHand(self.of, int(self.indices[place]))


@st.cache_resource(show_spinner=False)
def map_digits(of: Of) -> MapDigits:
    """Return the digits of a map, one copy for all visitors."""
    mnist = cached.load_mnist()
    X, labels = mnist.test if of == "test" else (part[-N_VALIDATION:] for part in mnist.all_train)
    rows = rows_of_map(len(labels)) if of == "test" else spread(N_LIVE, len(labels))
    return MapDigits(of, Examples(np.ascontiguousarray(X[rows]), labels[rows]), np.arange(len(labels))[rows])
