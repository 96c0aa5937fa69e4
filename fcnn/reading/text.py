"""Text that strangers wrote, in letters that every screen can show."""

import unicodedata

MAX_LETTERS = 60  # of a name that a stranger gave; more tell nothing and push the page aside
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def visible(text: str, most: int = MAX_LETTERS) -> str:
    """Return a stranger's text, for where nothing is markup: in letters that have a shape, and not too many of them.

    Letters that have no shape or turn the direction of writing become a replacement mark, surrogates too; what is
    longer than most is cut.
    """
    return "".join(map(_letter, text[:most])) + (ELLIPSIS if len(text) > most else "")


def _letter(letter: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" else letter
