"""Digits as points that glide from one moment to the next: pointed at, taken in hand, and gathered by a lasso.

It is drawn in place, on a canvas. A point crosses the wire as five bytes: its place, what it is, and what the network
says to it. The pictures of the digits have come before, once: see digit_sheet.py.
"""

import base64
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import numpy as np

from charts.palette import DIGITS
from fcnn.inside.map_frames import pack
from fcnn.types import Array, Labels
from ui.components.map_script import send_map_script
from ui.components.mount import component
from ui.press import act_once
from ui.visit import heard

_NO_ANSWER = 15
_HTML = """<div class="map" translate="no">
  <div class="legend" role="group" aria-label="Show one digit"></div>
  <div class="plane" tabindex="0" role="application">
    <canvas></canvas><div class="tip" hidden><i></i><span></span></div>
    <div class="tools" role="group" aria-label="Tools">
      <button type="button" class="lasso" aria-pressed="false" title="Draw around points to list them">Lasso</button
      ><button type="button" class="closer" aria-label="Closer" title="Closer">+</button
      ><button type="button" class="wider" aria-label="Wider" title="Wider">&minus;</button
      ><button type="button" class="whole" title="The whole map">Whole</button>
    </div>
  </div>
  <p class="says" role="status"></p>
</div>"""
_mount = component(__file__, "point_map", html=_HTML)


class Points(NamedTuple):
    """What is on a map."""

    of: str  # which digits they are, and a word for their pictures
    places: Array  # (N, 2) around 0
    truths: Labels  # (N,)
    answers: Labels  # (N,) -1 for none
    in_hand: int | None = None  # which of them is in hand
    beside: Array | None = None  # (2,) where the digit in hand lies, if it is none of them


def point_map(
    points: Points, *, key: str, height: int, alt: str, on_take: Callable[[int], None],
    picked: Collection[int] = (), on_pick: Callable[[list[int]], None] | None = None,
) -> None:  # fmt: skip
    """Draw the map, or let the points of the one that has this key go to their new places.

    Args:
        points: what is on it.
        key: names it on its page.
        height: in pixels of a laptop.
        alt: what it shows, for those who cannot see it.
        on_take: called, before the page is drawn anew, with the point that was clicked.
        picked: the points that the lasso holds.
        on_pick: called, likewise, with the points that the lasso has caught, [] for none; None: there is no lasso.
    """
    n = len(points.places)
    message = _message(key)
    data = {
        "of": points.of, "height": height, "alt": alt, "colours": dict(DIGITS), "inHand": points.in_hand,
        **_placed(points), "lasso": on_pick is not None, "heard": _number(message),
        "picked": _bits(picked, n) if picked else "",
    }  # fmt: skip
    send_map_script()
    _mount(
        data=data, key=key, on_taken_change=_hear_click(key, n, on_take), on_picked_change=_hear_lasso(key, n, on_pick)
    )


def _placed(points: Points) -> dict[str, Any]:
    frames = pack([points.places])
    said = np.where(points.answers < 0, _NO_ANSWER, points.answers)
    beside = None if points.beside is None else points.beside.tolist()
    return {
        "places": base64.b64encode(frames.content).decode(),
        "limit": frames.limit,
        "digits": base64.b64encode((16 * points.truths.astype(int) + said).astype(np.uint8).tobytes()).decode(),
        "beside": beside,
    }


def _bits(places: Collection[int], n: int) -> str:
    marked = np.zeros(n, bool)
    marked[[place for place in places if place < n]] = True
    return base64.b64encode(np.packbits(marked, bitorder="little").tobytes()).decode()


def _hear_click(key: str, n: int, on_take: Callable[[int], None]) -> Callable[[], None]:
    """Return what Streamlit calls at a click, and keeps: so it does not hold the points."""

    def taken() -> None:
        place = heard(key).get("taken")
        if type(place) is int and 0 <= place < n:  # the browser may send anything
            on_take(place)

    return act_once(taken)


def _hear_lasso(key: str, n: int, on_pick: Callable[[list[int]], None] | None) -> Callable[[], None]:
    def caught() -> None:
        places = _message(key).get("places")
        if on_pick is not None and isinstance(places, list) and len(places) <= n:
            on_pick(sorted({place for place in places if type(place) is int and 0 <= place < n}))

    return act_once(caught)


def _message(key: str) -> Mapping[str, Any]:
    sent = heard(key).get("picked")
    return sent if isinstance(sent, Mapping) else {}


def _number(message: Mapping[str, Any]) -> int:
    """Return the number of the last message: a hand is quicker than the server, and what it picked last counts."""
    number = message.get("number")
    return number if type(number) is int else 0
