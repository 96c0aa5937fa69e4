"""What a kept run says of itself, as JSON, and back. What is read may come from anybody, and is believed never."""

import json
import unicodedata
from math import isfinite
from typing import Any

from exports.zip_parts.exact import MOST_SECONDS, columns, figures_words, read_figures, read_record, record_cells
from fcnn.config import Settings
from fcnn.settings import SETTINGS
from fcnn.written import all_written, read_written
from runs.kept import KeptRun
from runs.status import Status

FORMAT = "fcnn-run-1"
MAX_NAME, MAX_NOTE, MAX_SWEEP = 80, 2_000, 32  # letters: what the store keeps of them, too
MAX_NUMBER = 10**7  # of a run among those of its owner
_LATEST = 4_102_444_800  # the year 2100, as time.time() will say it
_SHAPELESS = ("Cc", "Cs")  # control letters and halves of letters: no database and no screen takes them
_STAY = "\n\t"


def about_text(kept: KeptRun) -> str:
    """Return all of a kept run but its settings, and but its id, which opens it only where it was made."""
    n_layers = len(kept.settings.spec.sizes) - 1
    reached = kept.reached and dict(zip(columns(n_layers), record_cells(kept.reached, n_layers), strict=True))
    about = {
        "format": FORMAT,
        "number": kept.number,
        "name": _tidy(kept.name, MAX_NAME),
        "note": _tidy(kept.note, MAX_NOTE),
        "sweep": _tidy(kept.sweep, MAX_SWEEP),
        "pinned": kept.pinned,
        "uploaded": kept.uploaded,
        "status": kept.status.value,
        "created": kept.created,
        "seconds": kept.seconds,
        "test": kept.test and dict(zip(kept.test._fields, figures_words(kept.test), strict=True)),
        "reached": reached,
    }
    return json.dumps(about, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_about_run(text: str, settings: Settings) -> KeptRun:
    """Return the run that about_text() wrote, without an id; one that was under way there has stopped here.

    Raises:
        ValueError: it says what no run can be; KeyError: it leaves something out; RecursionError: it is a maze.
    """
    about = json.loads(text)
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ValueError(f"it is not of the format {FORMAT!r}")
    test, reached, n_layers = about["test"], about["reached"], len(settings.spec.sizes) - 1
    status = Status(_text(about, "status", 20))
    return KeptRun(
        id="",
        number=_whole(about["number"]),
        settings=settings,
        status=Status.STOPPED if status.under_way or status is Status.INTERRUPTED else status,
        created=_number(about, "created", _LATEST),
        seconds=_number(about, "seconds", MOST_SECONDS),
        reached=None if reached is None else read_record(_cells(reached, columns(n_layers)), n_layers),
        test=None if test is None else read_figures(*_cells(test, ("loss", "accuracy"))),
        name=_text(about, "name", MAX_NAME),
        note=_text(about, "note", MAX_NOTE),
        pinned=_flag(about, "pinned"),
        uploaded=_flag(about, "uploaded"),
        sweep=_text(about, "sweep", MAX_SWEEP),
    )


def settings_text(settings: Settings) -> str:
    """Return all settings by their names."""
    return json.dumps(all_written(settings), indent=2) + "\n"


def read_settings_text(text: str) -> Settings:
    """Return the settings that settings_text() wrote; those that are not named stay the usual ones.

    Raises:
        ValueError: it names what is no setting, or sets one to what it cannot be; RecursionError: it is a maze.
    """
    words = json.loads(text)
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        raise ValueError("it is not a list of settings, each with a word")
    if not words.keys() <= SETTINGS.keys():
        raise ValueError("it names a setting that this app does not have")
    return read_written(words)


def _tidy(text: str, most: int) -> str:
    return "".join(letter if _shows(letter) else "\N{REPLACEMENT CHARACTER}" for letter in text[:most])


def _shows(letter: str) -> bool:
    return letter in _STAY or unicodedata.category(letter) not in _SHAPELESS


def _text(about: dict[str, Any], name: str, most: int) -> str:
    text = about[name]
    if not isinstance(text, str) or len(text) > most or not all(map(_shows, text)):
        raise ValueError(f"its {name} is not a text of at most {most:,} letters")
    return text


def _number(about: dict[str, Any], name: str, most: float) -> float:
    number = about[name]
    if type(number) not in (int, float) or not (isfinite(number) and 0 <= number <= most):
        raise ValueError(f"its {name} is not a number from 0 to {most:,}")
    return float(number)


def _whole(number: object) -> int:
    if type(number) is not int or not 1 <= number <= MAX_NUMBER:
        raise ValueError(f"its number is not a whole one from 1 to {MAX_NUMBER:,}")
    return number


def _flag(about: dict[str, Any], name: str) -> bool:
    flag = about[name]
    if type(flag) is not bool:
        raise ValueError(f"its {name} is neither true nor false")
    return flag


def _cells(words: object, names: tuple[str, ...]) -> list[str]:
    if not isinstance(words, dict) or not all(isinstance(words.get(name), str) for name in names):
        raise ValueError("its figures are not complete")
    return [words[name] for name in names]
