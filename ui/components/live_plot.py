"""A Plotly chart that takes new data in place: st.plotly_chart is built anew at each change and forgets zoom and hover.

The script in the browser is a bundle of our own, static/plotly.min.js: lines, points, bars, heat maps and parallel
coordinates; tools/make_plotly.sh builds it, and adds others.
"""

import base64
import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from charts.palette import CATEGORICAL
from ui.components.chart_picks import CHART_PICKS
from ui.components.mount import component
from ui.components.picks import hear_picks, sent_picks
from ui.press import act_once
from ui.visit import heard

_HEIGHT = 360  # pixels, where the layout names none
# What changes in place is kept from a translator: it would put its own words where Plotly expects those that it wrote.
_FIGURE = """<div class="live-plot-frame" translate="no">
    <div class="live-plot" role="figure"></div>
    <details class="live-plot-numbers">
        <summary>Show as a table</summary>
        <div role="region" aria-label="The numbers of the chart" tabindex="0"><table></table></div>
    </details>
</div>"""

# Plotly puts its styles into the page, out of reach of a chart in a shadow root.
_mount = component(__file__, "live_plot", html=_FIGURE, isolate_styles=False)
_mount_picking = component(__file__, "picking_plot", html=_FIGURE, isolate_styles=False, uses=CHART_PICKS)


def live_plot(
    figure: go.Figure | Mapping[str, Any], *, key: str, alt: str, picked: Collection[str] = (),
    on_pick: Callable[[list[str]], None] | None = None, on_point: Callable[[int], None] | None = None,
) -> None:  # fmt: skip
    """Draw a figure, or change the drawing that has this key.

    Colours, fonts and margins that the figure leaves out follow the theme of the page. A new layout.uirevision forgets
    zoom and hidden lines; layout.height is in pixels. Values that are not finite become gaps.

    Args:
        figure: One of plotly.graph_objects, whose template does not count, or {"data": [...], "layout": {...}}: what
            Plotly calls a figure, of dicts, lists and NumPy arrays. Arrays are sent in half the bytes.
        key: Names the chart on its page.
        alt: What the chart shows, for those who cannot see it.
        picked: With on_pick: which ids are picked now, here or elsewhere on the page.
        on_pick: Called, before the page is drawn anew, with the ids that a brush, a lasso or a click has picked, [] for
            none. The ids are those of the traces, or, of a line, its "meta".
        on_point: Without on_pick: called, likewise, with the place of the point of the first trace that was clicked.
    """
    if isinstance(figure, go.Figure):
        figure = figure.to_dict()
    layout = {name: value for name, value in figure.get("layout", {}).items() if name != "template"}
    height = layout.setdefault("height", _HEIGHT)
    sent = {"data": _plain(figure["data"], compact=True), "layout": _plain(layout, compact=False)}
    data = {"figure": sent, "height": height, "alt": alt, "colorway": CATEGORICAL}
    if on_pick is None:
        data["clicks"] = on_point is not None
        _mount(data=data, key=key, height=height, on_point_change=_hear(key, _n_points(figure), on_point))
        return
    drawn = (one for trace in figure["data"] for one in trace.get("ids") or trace.get("meta") or ())
    known = dict.fromkeys([*drawn, *picked])  # a click changes one pick, and leaves those alone that have no line here
    data["picks"] = sent_picks(key, picked)
    _mount_picking(data=data, key=key, height=height, on_picked_change=hear_picks(key, known, on_pick))


def _n_points(figure: Mapping[str, Any]) -> int:
    return max((len(trace.get("x", ())) for trace in figure["data"]), default=0)


def _hear(key: str, n_points: int, on_point: Callable[[int], None] | None) -> Callable[[], None]:
    """Return what Streamlit calls at a click, and keeps: so it does not hold the figure."""

    def clicked() -> None:
        i = heard(key).get("point")
        if on_point is not None and type(i) is int and 0 <= i < n_points:  # the browser may send anything
            on_point(i)

    return act_once(clicked)


def _plain(value: object, *, compact: bool) -> object:
    """Return what JSON can hold; compact turns arrays of numbers into base64, which Plotly reads inside traces."""
    if isinstance(value, np.ndarray):
        return _packed(value) if compact and value.ndim == 1 and value.size else _plain(value.tolist(), compact=False)
    if isinstance(value, Mapping):
        return {key: _plain(item, compact=compact) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, compact=compact) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _packed(array: npt.NDArray[Any]) -> object:
    if array.dtype.kind not in "iuf":
        return _plain(array.tolist(), compact=False)
    if array.dtype.itemsize == 8 and array.dtype.kind != "f":  # Plotly reads whole numbers of up to 32 bits
        array = array.astype(np.int32 if np.abs(array).max() < 2**31 else np.float64)
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    code = f"{array.dtype.kind}{array.dtype.itemsize}"
    return {"dtype": code, "bdata": base64.b64encode(array.astype(f"<{code}").tobytes()).decode()}
