"""The legend of a sheet of weights: the diverging colours of the page's theme, with numbers below."""

from pathlib import Path

import streamlit as st

from charts.palette import DIVERGING
from charts.weights import short

_HERE = Path(__file__)
_mount = st.components.v2.component(
    "colour_bar",
    html="""<div class="scale" role="img" translate="no">
        <div class="bar"><span>\N{MINUS SIGN} against</span><span>+ for</span></div><div class="numbers"></div>
    </div>""",
    css=_HERE.with_suffix(".css").read_text("utf-8"),
    js=_HERE.with_suffix(".js").read_text("utf-8"),
)


def colour_bar(vmax: float, *, key: str, name: str, clipped: bool = False) -> None:
    """Draw the colours of gallery(palette="diverging") from -vmax over 0 to vmax.

    Args:
        vmax: The magnitude of the last colour.
        key: Names the bar on its page.
        name: What the colours stand for, for screen readers.
        clipped: Whether numbers beyond vmax have its colour too.
    """
    end = short(vmax, 2)
    numbers = [f"\N{MINUS SIGN}{end}", "0", f"+{end}"]
    if clipped:
        numbers[0], numbers[2] = f"{numbers[0]} or less", f"{numbers[2]} or more"
    _mount(data={"stops": dict(DIVERGING), "numbers": numbers, "name": name}, key=key)
