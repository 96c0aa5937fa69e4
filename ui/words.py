"""Numbers and strangers' words, as the screen shows them."""

import re
import unicodedata

MAX_LETTERS = 60  # of a name that a stranger gave; more tell nothing and push the page aside
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# What Markdown, LaTeX, HTML or Streamlit's own directives could read as more than a letter.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:&^=@/\"'])")


def exact(value: float) -> str:
    """Return a number as short as it can be without being another one: 0.1, 1e-05, 0.123456789."""
    text = f"{value:g}"
    return text if float(text) == value else repr(value)


def plain(text: str, most: int = MAX_LETTERS) -> str:
    """Return text from a file, its name or an address so that Markdown shows it as it is, and nothing more.

    Letters that have no shape or turn the direction of writing become a replacement mark, surrogates too; what is
    longer than most is cut.
    """
    shown = "".join(map(_visible, text[: most + 1]))
    cut = shown[:most] + ELLIPSIS if len(text) > most else shown
    return _MARKUP.sub(r"\\\1", cut)


def _visible(letter: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" else letter
