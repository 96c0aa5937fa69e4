"""Numbers and strangers' words, as the screen shows them."""

import re

from fcnn.moments import is_whole
from fcnn.reading.text import MAX_LETTERS, visible
from fcnn.written import exact

MAX_SENTENCE = 300  # letters of a message that may quote a stranger
_JOINER = "\N{WORD JOINER}"  # takes no width
_MARKS = re.compile(r"[\\`*_{}\[\]<>#$|~&!]|^[-+=]|(?<=^\d)[.)]")
# What Streamlit replaces even where the mark is escaped: icons and emoji, links, arrows and signs between blanks.
_REPLACED = re.compile(r":(?=[\w+/-])|@(?=\w)|www(?=\.)|(?<!\S)[<>~-](?=[-=>])", re.IGNORECASE)


def a_digit(digit: int) -> str:
    """Return a digit with its article: 'a 7', 'an 8'."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def moment_name(number: float, n_updates: int | None = None) -> str:
    """Return what to call a moment of a training: 'epoch 3', or 'update 20' inside of an epoch."""
    if is_whole(number):
        return f"epoch {int(number):,}"
    return f"epoch {exact(number)}" if n_updates is None else f"update {n_updates:,}"


def duration(seconds: float) -> str:
    """Return a time in words, as rough as an estimate is."""
    if seconds < 1.5:
        return "a second"
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"


def plain(text: str, most: int = MAX_LETTERS) -> str:
    """Return text from a file, its name or an address as code in Markdown: see visible()."""
    # Streamlit rewrites the beginning of an icon's name before Markdown is read, in code too.
    shown = visible(text, most).replace(":material/", f":{_JOINER}material/")
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    padding = " " if len(fence) > 1 or not shown.strip() else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def sentence(text: str) -> str:
    """Return a message that may quote a file as Markdown that shows it as it is.

    Escaping is not enough: Streamlit looks for icons, emoji, links and arrows in what Markdown has unescaped, so these
    are parted by a letter without width.
    """
    return _MARKS.sub(r"\\\g<0>", _REPLACED.sub(rf"\g<0>{_JOINER}", visible(text, MAX_SENTENCE)))
