"""Words of visitors in a figure: Plotly reads some HTML in names and labels, and templates beside the pointer."""

import html
import unicodedata
from collections.abc import Iterable

from fcnn.setting import Setting
from runs.comparison.differences import in_a_sentence, shown
from runs.kept import KeptRun

MAX_LETTERS = 60  # of a name; a longer one would cover the chart
LINE = "<br>"
_SHAPELESS = ("C", "Zl", "Zp")  # categories of letters: without a shape, or a new line or paragraph


def as_data(text: str, most: int = MAX_LETTERS) -> str:
    """Return text that Plotly shows letter by letter, wherever it shows text.

    Letters without a shape, or that turn the direction of writing, become a replacement mark; what is longer is cut.
    """
    seen = text[:most]
    if not seen.isprintable():
        seen = "".join(map(_letter, seen))
    whole = seen if len(text) <= most else f"{seen}\N{HORIZONTAL ELLIPSIS}"
    return html.escape(whole, quote=False).replace("%{", "%\N{WORD JOINER}{")


def _letter(letter: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter).startswith(_SHAPELESS) else letter


def hover_words(title: str, run: KeptRun, rows: Iterable[Setting]) -> str:
    """Return what stands beside the pointer: what it is, and the settings in which it differs from others.

    Args:
        title: what is pointed at.
        run: whose settings these are.
        rows: the settings that differ.
    """
    settings = (f"{in_a_sentence(row)} {as_data(shown(row, run))}" for row in rows)
    return LINE.join([f"<b>{as_data(title)}</b>", *settings])
