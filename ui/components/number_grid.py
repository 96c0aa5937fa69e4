"""The numbers of one neuron, a cell each, of which one can be chosen: by mouse, finger or keyboard."""

import base64
from collections.abc import Callable

from charts.palette import DIVERGING, NOT_A_NUMBER
from fcnn.pixels import SIDE
from fcnn.types import Array
from ui.components.mount import component
from ui.press import act_once
from ui.visit import heard

_HTML = """<div class="numbers" translate="no">
  <div class="sheet" tabindex="0" role="application">
    <canvas></canvas><div class="chosen" hidden></div><div class="cursor" hidden></div>
  </div>
  <p class="says" role="status"></p>
</div>"""
_mount = component(__file__, "number_grid", html=_HTML)
_NARROW, _WIDE = 16, 32  # cells in a row where they are no pixels


def number_grid(
    values: Array, *, key: str, label: str, from_pixels: bool, chosen: int | None, on_choose: Callable[[int], None]
) -> None:
    """Show numbers of either sign in the colours of weights, the largest with the last one.

    Args:
        values: (n,): a row of pixels after the other, or one for each neuron of the layer below.
        key: Names it on its page.
        label: What the numbers are, in words.
        from_pixels: Whether they are those of 28 x 28 pixels.
        chosen: The place of the one that is marked.
        on_choose: Called, before the page is drawn anew, with the place of the one that was chosen.
    """
    n = len(values)
    columns = SIDE if from_pixels else min(n, _NARROW if n <= _NARROW**2 else _WIDE)
    data = {
        "values": base64.b64encode(values.astype("<f4").tobytes()).decode(), "columns": columns, "chosen": chosen,
        "fromPixels": from_pixels, "label": label, "stops": dict(DIVERGING), "notANumber": NOT_A_NUMBER,
    }  # fmt: skip
    _mount(data=data, key=key, on_chosen_change=_hear(key, n, on_choose))


def _hear(key: str, n: int, on_choose: Callable[[int], None]) -> Callable[[], None]:
    """Return what Streamlit calls at a click, and keeps: so it does not hold the numbers."""

    def chosen() -> None:
        place = heard(key).get("chosen")
        if type(place) is int and 0 <= place < n:  # the browser may send anything
            on_choose(place)

    return act_once(chosen)
