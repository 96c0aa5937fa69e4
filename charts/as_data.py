"""Words of visitors in a figure: Plotly reads some HTML in names and labels, and templates beside the pointer."""

import html
from collections.abc import Iterable

from fcnn.reading.text import MAX_LETTERS, visible
from fcnn.setting import Setting
from runs.comparison.differences import in_a_sentence, shown
from runs.kept import KeptRun

LINE = "<br>"


def as_data(text: str, most: int = MAX_LETTERS) -> str:
    """Return text that Plotly shows letter by letter, wherever it shows text; what is longer than most is cut."""
    return html.escape(visible(text, most), quote=False).replace("%{", "%\N{WORD JOINER}{")


def hover_words(title: str, run: KeptRun, rows: Iterable[Setting]) -> str:
    """Return what stands beside the pointer: what it is, and the settings in which it differs from others.

    Args:
        title: what is pointed at.
        run: whose settings these are.
        rows: the settings that differ.
    """
    settings = (f"{in_a_sentence(row)} {shown(row, run)}" for row in rows)
    return LINE.join([f"<b>{as_data(title)}</b>", *settings])
