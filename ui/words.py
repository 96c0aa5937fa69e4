"""Numbers and strangers' words, as the screen shows them."""

import re
import unicodedata

MAX_LETTERS = 60  # of a name that a stranger gave; more tell nothing and push the page aside
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def exact(value: float) -> str:
    """Return a number as short as it can be without being another one: 0.1, 1e-05, 0.123456789."""
    text = f"{value:g}"
    return text if float(text) == value else repr(value)


def plain(text: str, most: int = MAX_LETTERS) -> str:
    """Return text from a file, its name or an address as code in Markdown, which is shown letter by letter.

    Escaping each mark would not do: Streamlit looks for icons, emoji and arrows in what Markdown has unescaped. Letters
    that have no shape or turn the direction of writing become a replacement mark, surrogates too; what is longer than
    most is cut.
    """
    shown = "".join(map(_visible, text[:most])) + (ELLIPSIS if len(text) > most else "")
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    padding = " " if len(fence) > 1 or not shown.strip() else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def _visible(letter: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" else letter
