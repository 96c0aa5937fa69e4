"""The confusion matrix as a grid of buttons, for the mouse, the finger, the keyboard and the screen reader.

Not a Plotly heat map: that one reports no clicks, and of the squares that one can lay over it, a tap of a finger
selects the one that was tapped before. The grid also follows the theme by itself.
"""

from collections.abc import Callable

from charts.palette import VALIDATION
from fcnn.inside.mistakes import ANY_KIND, Kind, count_examples
from fcnn.metrics import Counts
from fcnn.network import N_CLASSES
from ui.components.mount import component
from ui.press import act_once
from ui.visit import heard

_N = N_CLASSES + 1  # buttons in a row: its heading and its cells; the first row has the headings of the columns
_mount = component(
    __file__,
    "confusion_grid",
    html="""<div class="matrix">
        <div class="across">answer</div><div class="down">true digit</div><div class="cells" role="group"></div>
    </div>""",
)


def confusion_grid(confusion: Counts, chosen: Kind, *, key: str, on_click: Callable[[Kind], None]) -> None:
    """Draw a row for each true digit and a column for each answer; mistakes have the colour.

    Args:
        confusion: The counts, of shape (K, K).
        chosen: The cell, row or column to frame.
        key: Names the grid on its page.
        on_click: Called, before the page is drawn anew, with the cell, row or column that was clicked.
    """

    def clicked() -> None:
        place = heard(key).get("clicked")
        if type(place) is int and 0 <= place < _N**2:  # the browser may send anything
            on_click(_kind_at(place))

    kinds = [_kind_at(place) for place in range(_N**2)]
    counts = [count_examples(confusion, kind) for kind in kinds]
    wrong = [None not in kind and not kind.is_right for kind in kinds]
    most = max(count if is_wrong else 1 for count, is_wrong in zip(counts, wrong, strict=True))
    sent = {
        "texts": [_text(kind, count) for kind, count in zip(kinds, counts, strict=True)],
        "labels": [_label(kind, count) for kind, count in zip(kinds, counts, strict=True)],
        "shares": [count / most if is_wrong else 0 for count, is_wrong in zip(counts, wrong, strict=True)],
        "columns": _N,
        "chosen": kinds.index(chosen),
        "colour": VALIDATION,
    }
    _mount(data=sent, key=key, on_clicked_change=act_once(clicked))


def _kind_at(place: int) -> Kind:
    """Return what the button at this place stands for, counted along the rows; headings stand for any digit."""
    true, said = divmod(place, _N)
    return Kind(true - 1 if true else None, said - 1 if said else None)


def _text(kind: Kind, count: int) -> str:
    if None in kind:
        return "all" if kind == ANY_KIND else str(kind.said if kind.true is None else kind.true)
    return f"{count}" if count or kind.is_right else ""


def _label(kind: Kind, count: int) -> str:
    """Return the name of a button: it holds the text on it word for word, as people who speak to a browser need it."""
    heading = kind.true is not None and kind.said is None
    return (f"True digit {kind.true}: " if heading else "") + f"{kind.words}: {count}"
