"""The address bar: settings as short words, so that a link can be shared and a reload loses nothing.

Whatever comes from an address was typed by somebody. Each word is believed only if the settings accept it; the others
are left out, and named, so that the page can say which.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec, mnist_spec
from fcnn.presets import PRESETS
from ui.words import exact

FULL_BATCH = "full"
MAX_LETTERS = 40  # of a word's value
_WHOLE = re.compile(r"[0-9]{1,10}", re.ASCII)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,3})?", re.ASCII | re.IGNORECASE)
START = PRESETS["quick"]  # what the Train page shows first; a link names only what differs from it


class Settings(NamedTuple):
    """What the Train page sets."""

    spec: NetworkSpec
    config: TrainConfig


class Word(NamedTuple):
    """How one setting is written in an address and read back."""

    write: Callable[[Settings], str]
    read: Callable[[Settings, str], Settings]  # may raise ValueError


def _config_word(name: str, parse: Callable[[str], Any], write: Callable[[Any], str] = str) -> Word:
    return Word(
        lambda settings: write(getattr(settings.config, name)),
        lambda settings, text: settings._replace(config=replace(settings.config, **{name: parse(text)})),
    )


def _part_word(part: str, name: str, parse: Callable[[str], Any], write: Callable[[Any], str] = str) -> Word:
    """Return the word for a field of a part of the TrainConfig: its initialization or its augmentation."""

    def read(settings: Settings, text: str) -> Settings:
        changed = replace(getattr(settings.config, part), **{name: parse(text)})
        return settings._replace(config=replace(settings.config, **{part: changed}))

    return Word(lambda settings: write(getattr(getattr(settings.config, part), name)), read)


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


def _read_hidden(settings: Settings, text: str) -> Settings:
    widths = tuple(whole(width) for width in text.split("-")) if text != "none" else ()
    return settings._replace(spec=mnist_spec(widths, settings.spec.activation))


def _read_switch(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _write_switch(on: bool) -> str:
    return "yes" if on else "no"


WORDS: Mapping[str, Word] = {
    "hidden": Word(lambda settings: "-".join(map(str, settings.spec.hidden)) or "none", _read_hidden),
    "activation": Word(
        lambda settings: settings.spec.activation,
        lambda settings, text: settings._replace(spec=replace(settings.spec, activation=text)),
    ),
    "rate": _config_word("learning_rate", number, exact),
    "epochs": _config_word("n_epochs", whole),
    "batch": _config_word(
        "batch_size",
        lambda text: None if text == FULL_BATCH else whole(text),
        lambda size: FULL_BATCH if size is None else str(size),
    ),
    "optimizer": _config_word("optimizer", str),
    "momentum": _config_word("momentum", number, exact),
    "l2": _config_word("l2", number, exact),
    "dropout": _config_word("dropout", number, exact),
    "shift": _part_word("augmentation", "shift_px", number, exact),
    "rotate": _part_word("augmentation", "rotation_deg", number, exact),
    "resize": _part_word("augmentation", "scale", number, exact),
    "bend": _part_word("augmentation", "elastic_px", number, exact),
    "blur": _part_word("augmentation", "elastic_blur_px", number, exact),
    "noise": _part_word("augmentation", "noise", number, exact),
    "schedule": _config_word("schedule", str),
    "step": _config_word("step_epochs", whole),
    "warmup": _config_word("warmup_epochs", number, exact),
    "all": _config_word("all_images", _read_switch, _write_switch),
    "patience": _config_word("patience", whole),
    "best": _config_word("restore_best", _read_switch, _write_switch),
    "init": _part_word("initialization", "scheme", str),
    "width": _part_word("initialization", "weight_width", number, exact),
    "bias": _part_word("initialization", "bias_width", number, exact),
    "seed": _config_word("seed", whole),
}


_WORDS_OF_START = {name: word.write(Settings(START.spec, START.config)) for name, word in WORDS.items()}


def write_settings(settings: Settings) -> dict[str, str]:
    """Return the words of a link: those of the settings that differ from START."""
    words = {name: word.write(settings) for name, word in WORDS.items()}
    return {name: text for name, text in words.items() if text != _WORDS_OF_START[name]}


def read_settings(query: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Return the settings of an address, and the names of the words that made no sense."""
    settings, not_understood = Settings(START.spec, START.config), []
    for name, word in WORDS.items():
        try:
            settings = word.read(settings, _bounded(query[name])) if name in query else settings
        except (ValueError, KeyError):
            not_understood.append(name)
    return settings, not_understood


def _bounded(text: str) -> str:
    if len(text) > MAX_LETTERS:
        raise ValueError("longer than the value of any setting")
    return text
