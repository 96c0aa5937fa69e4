"""The legend of a sheet of weights: the diverging colours of the page's theme, with numbers below."""

from charts.palette import DIVERGING
from charts.weights import short
from ui.components.mount import component

_mount = component(
    __file__,
    "colour_bar",
    html="""<div class="scale" role="img" translate="no">
        <div class="bar"><span>\N{MINUS SIGN} against</span><span>+ for</span></div><div class="numbers"></div>
    </div>""",
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
