"""The map of the network that is shown, at the moment that is shown: made once, for all who look at it.

A network that does not learn is seen along the axes of its last moment, at all of them. While it learns, the last is
not known: there each map is turned to the one before, and the axes of the end are turned to what was seen on the way.
"""

from collections import OrderedDict
from threading import Lock

import streamlit as st

from fcnn.inside.digit_map import DigitMap, axes_of, map_along, map_live
from fcnn.inside.projection import Projection, fit
from fcnn.network import NetworkSpec
from fcnn.types import Array, Params
from ui.map_digits import MapDigits, Of, map_digits
from ui.network_shown import NetworkShown, params_of_epochs
from ui.server import scheduler
from ui.visit import Visit

MOST_LIVE, MOST_MOMENTS = 32, 6  # maps that follow a run, and moments that each keeps, of 30 kB or less


class LiveMap:
    """A map of one layer of a run, as it goes on."""

    def __init__(self) -> None:
        self.newest: Array | None = None  # the points of the last moment that has any, which the next is turned to
        self._lock = Lock()
        self._number = -1.0  # of that moment
        self._moments: OrderedDict[float, DigitMap | None] = OrderedDict()

    def at(self, number: float, spec: NetworkSpec, params: Params, digits: MapDigits, layer: int) -> DigitMap | None:
        """Return the map of a moment, made now if nobody has asked for it before."""
        with self._lock:
            if number not in self._moments:
                with scheduler().turn():
                    drawn = self._moments[number] = map_live(spec, params, digits.examples, layer, self.newest)
                if drawn and number > self._number:
                    self.newest, self._number = drawn.points, number
                if len(self._moments) > MOST_MOMENTS:
                    self._moments.popitem(last=False)
            return self._moments[number]


class LiveMaps:
    """The maps of all runs that somebody follows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._maps: OrderedDict[tuple[str, Of, int], LiveMap] = OrderedDict()

    def of(self, name: str, digits: Of, layer: int) -> LiveMap:
        """Return the map of a layer of a run; the one that nobody has asked for longest makes way for a new one."""
        key = (name, digits, layer)
        with self._lock:
            self._maps.setdefault(key, LiveMap())
            self._maps.move_to_end(key)
            while len(self._maps) > MOST_LIVE:
                self._maps.popitem(last=False)
            return self._maps[key]


@st.cache_resource(show_spinner=False)
def live_maps() -> LiveMaps:
    """Return the maps that follow runs on this server."""
    return LiveMaps()


def map_shown(state: Visit, shown: NetworkShown, of: Of, layer: int) -> DigitMap | None:
    """Return the map of a layer at the moment that is shown; None if its numbers grew beyond all bounds."""
    if shown.running and layer:
        live = live_maps().of(shown.name, of, layer)
        return live.at(shown.number, shown.spec, shown.params, map_digits(of), layer)
    last = params_of_epochs(state, shown).get(shown.final, shown.params)
    return _map_along(shown.name, shown.number, shown.final, of, layer, shown.spec, shown.params, last)


def map_at_start(state: Visit, shown: NetworkShown, of: Of, layer: int) -> DigitMap | None:
    """Return the map of the first moment that is known."""
    number, epochs = shown.numbers[0], params_of_epochs(state, shown)
    params = epochs.get(number)
    if params is None:  # it was let go just now
        return None
    return map_shown(state, shown._replace(number=number, params=params), of, layer)


# What caches do not compute with names what they compute: network, moment, and the last moment that there was then.
@st.cache_data(max_entries=96, show_spinner=False)
def _map_along(
    name: str, number: float, final: float, of: Of, layer: int, _spec: NetworkSpec, _params: Params, _last: Params
) -> DigitMap | None:
    axes = _axes(name, final, of, layer, _spec, _last) if layer else _axes_of_pixels(of)
    if axes is None:
        return None
    with scheduler().turn():
        return map_along(_spec, _params, map_digits(of).examples, layer, axes)


@st.cache_data(max_entries=24, show_spinner=False)
def _axes(name: str, final: float, of: Of, layer: int, _spec: NetworkSpec, _last: Params) -> Projection | None:
    before = live_maps().of(name, of, layer).newest
    with scheduler().turn():
        return axes_of(_spec, _last, map_digits(of).examples.X, layer, before)


@st.cache_resource(show_spinner=False)
def _axes_of_pixels(of: Of) -> Projection | None:
    with scheduler().turn():
        return fit(map_digits(of).examples.X)
