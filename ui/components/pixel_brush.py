"""A sheet of 28 x 28 pixels to paint and to erase on, by mouse, finger or keyboard."""

import base64
import binascii
from collections.abc import Mapping

from charts.palette import INK
from fcnn.pixels import SIDE
from ui.components.mount import component
from ui.visit import heard

_HTML = """<div class="brush" translate="no">
  <div class="sheet" tabindex="0" role="application" aria-label="The digit, to be changed. Arrows move, Space paints">
    <canvas width="28" height="28"></canvas><div class="cursor" hidden></div>
  </div>
  <div class="tools" role="group" aria-label="Brush">
    <button type="button" data-ink="1" aria-pressed="true">Paint</button
    ><button type="button" data-ink="0" aria-pressed="false">Erase</button>
  </div>
  <p class="says" role="status"></p>
</div>"""
_mount = component(__file__, "pixel_brush", html=_HTML)
_N_LETTERS = 4 * -(-(SIDE**2) // 3)  # of 784 bytes in base64


def pixel_brush(start: bytes, *, sheet: int, key: str) -> bytes | None:
    """Draw the sheet, and return the 784 levels of ink that a hand has left on it; None as long as it is clean.

    Args:
        start: The 784 levels that a clean sheet begins with.
        sheet: A new number is a clean sheet; what was drawn on another one does not count.
        key: Names it on its page.
    """
    data = {"start": base64.b64encode(start).decode(), "sheet": sheet, "ink": dict(INK)}
    _mount(data=data, key=key, on_grid_change=lambda: None)
    return read(heard(key).get("grid"), sheet)


def read(sent: object, sheet: int) -> bytes | None:
    """Return the levels in what a browser has sent, which may be anything."""
    if not isinstance(sent, Mapping) or sent.get("sheet") != sheet:
        return None
    text = sent.get("levels")
    if not isinstance(text, str) or len(text) != _N_LETTERS:
        return None
    try:
        levels = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return levels if len(levels) == SIDE**2 else None
