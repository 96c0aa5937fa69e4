"""What tests ask of a map of digits that a page shows."""

import base64

import numpy as np
from streamlit.testing.v1 import AppTest

from fcnn.inside.maps import to_size, turned_to
from fcnn.types import Array
from tests.visits import component


def places(at: AppTest, key: str) -> Array:
    """Return where the browser is told to draw the points (N, 2), as shares of a map's radius."""
    sent = component(at, key)
    numbers = np.frombuffer(base64.b64decode(sent["places"]), "<u2").reshape(-1, 2)
    found: Array = (numbers / 65535 * 2 - 1) * sent["limit"]
    return found


def is_the_same_map(one: Array, other: Array) -> bool:
    """Return whether two maps agree to what is sent of them."""
    return np.allclose(to_size(one), to_size(other), atol=2e-3)


def is_turned_to(now: Array, before: Array) -> bool:
    """Return whether the picture did not jump, however far the run has gone on: no turn would bring it closer."""
    return is_the_same_map(turned_to(now, before), now)
