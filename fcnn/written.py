"""Settings as words, and words as settings: '128-64', '0.001', 'yes', for addresses, files and the command line.

Words come from outside: each is believed only if it is exactly what written() would have made, or a longer way to say
the same number.
"""

import re
from collections.abc import Mapping
from typing import Any

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from fcnn.setting import Setting
from fcnn.settings import SETTINGS

MAX_LETTERS = 40  # of a word's value
_WHOLE = re.compile(r"[0-9]{1,10}", re.ASCII)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,3})?", re.ASCII | re.IGNORECASE)
_SWITCH, _NO_WIDTHS = {True: "yes", False: "no"}, "none"  # no widths: a network without hidden layers
_ORDER = {_SWITCH[False]: 0, _SWITCH[True]: 2}


def written(row: Setting, settings: Settings) -> str:
    """Return what a setting is set to, as one word."""
    value = settings.value(row)
    if row.kind == "widths":
        return "-".join(map(str, value)) or _NO_WIDTHS
    if row.kind == "switch":
        return _SWITCH[value]
    if row.none and value is None:
        return row.none
    return exact(value) if row.kind == "number" else str(value)


def value_of(row: Setting, text: str) -> Any:  # noqa: ANN401 - a setting's value is of the setting's type
    """Return what a word sets a setting to.

    Raises:
        ValueError: it is none that this setting may have.
    """
    if len(text) > MAX_LETTERS:
        raise ValueError("longer than the value of any setting")
    if row.kind == "widths":
        return tuple(whole(width) for width in text.split("-")) if text != _NO_WIDTHS else ()
    if row.kind == "switch":
        if text not in _SWITCH.values():
            raise ValueError("it is yes or no")
        return text == _SWITCH[True]
    if row.kind == "choice":
        return text
    if row.none and text == row.none:
        return None
    return whole(text) if row.kind == "whole" else number(text)


def all_written(settings: Settings) -> dict[str, str]:
    """Return all settings as words, by their names: for files."""
    return {row.name: written(row, settings) for row in SETTINGS.values() if row.word}


def read_written(words: Mapping[str, str], base: Settings | None = None) -> Settings:
    """Return the settings that words say by their names; those that are not named stay as in base, or the defaults.

    Some settings rule out others, so what switches one off comes first, and what switches one on comes last.

    Raises:
        ValueError: a name is unknown, or its word is none that this setting may have; it names both.
    """
    settings = base or Settings(mnist_spec((64,)), TrainConfig())
    for name, text in sorted(words.items(), key=lambda named: _ORDER.get(named[1], 1)):
        row = SETTINGS.get(name)
        if row is None or not row.word:
            raise ValueError(f"there is no setting {name!r}")
        try:
            settings = settings.changed(row, value_of(row, text))
        except ValueError as error:
            raise ValueError(f"{name} cannot be {text!r}: {error}") from error
    return settings


def whole(text: str) -> int:
    """Return the whole number that a text is, digit by digit: int() would also take '1_0' and the digits of others.

    Raises:
        ValueError: it is none, or has more digits than any setting.
    """
    if not _WHOLE.fullmatch(text):
        raise ValueError("not a whole number")
    return int(text)


def number(text: str) -> float:
    """Return the number that a text is, 0 or more.

    Raises:
        ValueError: it is none.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a number")
    return float(text)


def exact(value: float) -> str:
    """Return a number as short as it can be without being another one: 0.1, 1e-05, 0.123456789."""
    text = str(value) if isinstance(value, int) else f"{value:g}"
    return text if float(text) == value else repr(value)
