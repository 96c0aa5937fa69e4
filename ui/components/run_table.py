"""A table of runs that changes in place: rows are known by their ids, so order, picks and half-written names stay.

Python says which columns there are; in which order the rows stand, the visitor says, in the browser. A text of a
visitor is shown letter by letter: nothing here is read as markup.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from charts.look import look_of
from fcnn.reading.text import MAX_LETTERS
from ui.components.mount import component
from ui.components.picks import PICKS, hear_picks, sent_picks
from ui.press import act_once
from ui.visit import heard
from ui.words import MAX_SENTENCE

Field = Literal["name", "note"]
Act = Literal["show", "pin", "unpin", "delete"]
LETTERS: Mapping[Field, int] = {"name": MAX_LETTERS, "note": MAX_SENTENCE}  # how long either may be
_HTML = """<div class="runs" role="region" tabindex="0" translate="no"><table role="table">
    <caption></caption><thead role="rowgroup"><tr role="row"></tr></thead><tbody role="rowgroup"></tbody>
</table></div>"""
_mount = component(__file__, "run_table", html=_HTML, uses=PICKS)


class Column(NamedTuple):
    """A column behind those that every table has: the pick, the run, its name."""

    key: str
    title: str
    help: str = ""  # a sentence, on its heading
    number: bool = True  # stands at the right; sorted from the largest on at first


class Cell(NamedTuple):
    """What stands in a column."""

    text: str
    sort: float | str | None = None  # by what it is sorted; None: always at the end


class Row(NamedTuple):
    """A run."""

    id: str
    number: int  # decides its look
    name: str
    note: str
    cells: Mapping[str, Cell]  # by the keys of columns; others are empty
    pinned: bool = False
    best: bool = False
    shown: bool = False  # whether the pages show this one now


def run_table(
    rows: Sequence[Row], columns: Sequence[Column], *, key: str, picked: Collection[str],
    on_pick: Callable[[list[str]], None], on_edit: Callable[[str, Field, str], None] | None = None,
    on_act: Callable[[str, Act], None] | None = None, alt: str = "Runs", editable: bool = True,
) -> None:  # fmt: skip
    """Draw the table, or change the one that has this key.

    Args:
        rows: the runs, in the order in which they stand before a visitor sorts them.
        columns: what is told of each, besides its name.
        key: names the table on its page.
        picked: the ids that are ticked.
        on_pick: called with the ids that are ticked now, in the order of rows, before the page is drawn anew.
        on_edit: called with the id, the field and the text after somebody has written a name or a note.
        on_act: called with the id and what its button does.
        alt: what the table lists, for those who cannot see it.
        editable: False where somebody else's runs are looked at: names and notes are text, nothing can be deleted.
    """
    ids = [row.id for row in rows]
    sent = {
        "rows": [_sent(row, columns) for row in rows],
        "columns": [column._asdict() for column in columns],
        "alt": alt,
        "editable": editable,
        "letters": dict(LETTERS),
        "picks": sent_picks(key, picked),
    }
    _mount(
        data=sent,
        key=key,
        on_picked_change=hear_picks(key, ids, on_pick),
        on_edit_change=_hear(key, "edit", ids, _edit(on_edit if editable else None)),
        on_act_change=_hear(key, "act", ids, _act(on_act, editable=editable)),
    )


def _sent(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    look, cells = look_of(row.number), [row.cells.get(column.key, Cell("")) for column in columns]
    return {
        **{name: getattr(row, name) for name in ("id", "number", "name", "note", "pinned", "best", "shown")},
        "colour": look.colour,
        "symbol": look.symbol,
        "texts": [cell.text for cell in cells],
        "sorts": [cell.sort for cell in cells],
    }


def _hear(
    key: str, event: str, ids: Sequence[str], act: Callable[[str, Mapping[str, Any]], None]
) -> Callable[[], None]:
    """Return what Streamlit calls at an event of a row; the browser may send anything."""

    def happened() -> None:
        sent = heard(key).get(event)
        if isinstance(sent, Mapping) and isinstance(sent.get("id"), str) and sent["id"] in ids:
            act(sent["id"], sent)

    return act_once(happened)


def _edit(on_edit: Callable[[str, Field, str], None] | None) -> Callable[[str, Mapping[str, Any]], None]:
    def edited(run_id: str, sent: Mapping[str, Any]) -> None:
        text = sent.get("text")
        for field in get_args(Field):
            if on_edit and sent.get("field") == field and isinstance(text, str) and len(text) <= LETTERS[field]:
                on_edit(run_id, field, text.strip())

    return edited


def _act(on_act: Callable[[str, Act], None] | None, *, editable: bool) -> Callable[[str, Mapping[str, Any]], None]:
    def acted(run_id: str, sent: Mapping[str, Any]) -> None:
        for act in get_args(Act):
            if on_act and sent.get("act") == act and (editable or act == "show"):
                on_act(run_id, act)

    return acted
