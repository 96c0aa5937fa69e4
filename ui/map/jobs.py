"""The maps by t-SNE of all visitors of this server: asked for, waited for, stopped, kept."""

import streamlit as st

from fcnn.inside.digit_map import share_alike
from fcnn.inside.maps import values_in
from fcnn.types import Array
from runs.maps.map_jobs import MapJobs
from ui.map_digits import map_digits
from ui.network_shown import NetworkShown
from ui.server import runs, scheduler


@st.cache_resource(show_spinner=False)
def map_jobs() -> MapJobs:
    """Return what makes the maps of this server, one at a time."""
    return MapJobs(runs())


def key_of(shown: NetworkShown, layer: int) -> str:
    """Return what names a map: that of the pixels is the same for all networks."""
    return f"{shown.key} {layer}" if layer else "pixels"


def begin(shown: NetworkShown, layer: int, owner: str) -> None:
    """Ask for a map.

    Raises:
        MapRefusedError: it cannot be made here, or not now.
    """
    with scheduler().turn():
        values = values_in(shown.spec, shown.params, map_digits("test").examples.X, layer)
    map_jobs().begin(key_of(shown, layer), values, owner)


@st.cache_data(max_entries=64, show_spinner=False)
def alike_on(key: str, _points: Array) -> float:  # noqa: ARG001 - the key names the points
    """Return the share of points of a map that is ready whose nearest neighbour is of the same kind."""
    with scheduler().turn():
        return share_alike(_points, map_digits("test").examples.labels)
