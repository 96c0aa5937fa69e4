"""The address: what a visitor has set and chosen as short words, so that a link can be shared and a reload finds it.

Whatever comes from an address was typed by somebody. Each word is believed only if it makes sense; the others are left
out, and those that look like ours are named, so that the page can say which.

A page has words of its own, which stand in its address as they are ('sort'). In the addresses of other pages they go
along under its name ('weights.sort').
"""

from collections.abc import Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from fcnn.config import Settings
from fcnn.presets import PRESETS
from fcnn.settings import SETTINGS
from fcnn.written import MAX_LETTERS, exact, number, value_of, written

MAX_EPOCH_LETTERS, MAX_EPOCH = 13, 999_999
DIGIT_LETTERS = 4  # of the number of a test digit: there are 10,000, and the first is 0
RUN, EPOCH, SOURCE, FILE, DIGIT = "run", "epoch", "net", "file", "digit"
PAGE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "train": ("scale", "curve"),
        "weights": ("layer", "sort", "neuron", "neurons"),
        "why": ("other", "unit", "target", "stroke"),
        "one_step": ("of", "drawn", "meant", "by", "lr", "layer", "neuron", "weight"),
        "map": ("layer", "method"),
        "mistakes": ("show", "true", "said", "order", "other", "who", "by", "sheet", "image"),
        "draw": ("input", "set", "sample"),
        "lab": ("part", "beside", "damage", "layer", "first", "units", "strength", "way", "worse", "below"),
        "runs": ("columns", "view", "measure", "part", "over", "smooth", "axes", "seeds", "setting", "result"),
    }
)
START = Settings(PRESETS["quick"].spec, PRESETS["quick"].config)  # what the Train page shows first: needs no words
Chosen = Mapping[str, Mapping[str, str]]  # page -> word -> what was chosen there


class Link(NamedTuple):
    """What an address says."""

    settings: Settings = START
    run_id: str | None = None
    source: str | None = None  # which network is shown, where that is not the obvious one
    epoch: float | None = None
    chosen: Chosen = MappingProxyType({})
    file_id: str | None = None  # of an uploaded model that is kept
    digit: int | None = None  # of the test set, that is in hand


def read(given: Mapping[str, Sequence[str]], page: str) -> tuple[Link, list[str]]:
    """Return what the address of a page says, and the names of our words that made no sense."""
    query = {name: texts[0] for name, texts in given.items() if len(set(texts)) == 1}
    settings, wrong = read_settings(query)
    ours = (*(row.word for row in SETTINGS.values()), RUN, EPOCH, SOURCE, FILE, DIGIT)
    wrong += [name for name in ours if name in given and name not in query]  # it says two things at once
    epoch, digit = _epoch_or_none(query.get(EPOCH, "")), _digit_or_none(query.get(DIGIT, ""))
    wrong += [word for word, value in ((EPOCH, epoch), (DIGIT, digit)) if word in query and value is None]
    chosen, run_id, source, file_id = _read_chosen(query, page), query.get(RUN), query.get(SOURCE), query.get(FILE)
    return Link(settings, run_id, source, epoch, chosen, file_id, digit), wrong


def write(link: Link, page: str) -> dict[str, str]:
    """Return the words of the address of a page."""
    chosen = {_scoped(word, of, page): text for of, words in link.chosen.items() for word, text in words.items()}
    epoch = None if link.epoch is None else exact(link.epoch)
    digit = None if link.digit is None else str(link.digit)
    others = {RUN: link.run_id, SOURCE: link.source, EPOCH: epoch, FILE: link.file_id, DIGIT: digit}
    return chosen | write_settings(link.settings) | {name: text for name, text in others.items() if text}


def read_settings(query: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Return the settings of an address, and the names of the words that made no sense."""
    settings, not_understood = START, []
    for row in (row for row in SETTINGS.values() if row.word in query):
        try:
            settings = settings.changed(row, value_of(row, query[row.word]))
        except ValueError:
            not_understood.append(row.word)
    return settings, not_understood


def write_settings(settings: Settings) -> dict[str, str]:
    """Return the words of a link: those of the settings that differ from START."""
    words = {row: written(row, settings) for row in SETTINGS.values() if row.word}
    return {row.word: text for row, text in words.items() if text != written(row, START)}


def _epoch_or_none(text: str) -> float | None:
    """Return the number of an epoch, or of a moment inside of one: 3, 0.0465."""
    try:
        epoch = number(text) if len(text) <= MAX_EPOCH_LETTERS else inf
    except ValueError:
        return None
    if epoch > MAX_EPOCH:
        return None
    return int(epoch) if epoch.is_integer() else epoch


def _digit_or_none(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= DIGIT_LETTERS else None


def _read_chosen(query: Mapping[str, str], page: str) -> Chosen:
    """Return what was chosen on each page: no words but those of PAGE_WORDS, so no address holds many."""
    short = {name: text for name, text in query.items() if len(text) <= MAX_LETTERS}
    return {
        of: {word: short[name] for word in words if (name := _scoped(word, of, page)) in short}
        for of, words in PAGE_WORDS.items()
    }


def _scoped(word: str, of: str, page: str) -> str:
    """Return what a word of one page is called in the address of another, or of the same."""
    return word if of == page else f"{of}.{word}"
