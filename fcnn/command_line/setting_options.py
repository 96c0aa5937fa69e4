"""An option for each row of SETTINGS: its name, its help text, what it may be."""

import argparse

from fcnn.config import CHOICES, Settings
from fcnn.presets import PRESETS
from fcnn.setting import Setting
from fcnn.settings import SETTINGS
from fcnn.written import exact, read_written

_ROWS = tuple(row for row in SETTINGS.values() if row.word)  # the others are told by these


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Let a command have all settings of a run."""
    group = parser.add_argument_group("settings", "Those that are not named stay as the preset has them.")
    for row in _ROWS:
        # A switch may stand without a word: it is then on.
        word = {"nargs": "?", "const": "yes"} if row.kind == "switch" else {}
        text = f"{row.help} {_may_be(row)}".replace("%", "%%")
        group.add_argument(f"--{row.name}", metavar=_placeholder(row), help=text, **word)  # type: ignore[arg-type]


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings of the preset with those that were named.

    Raises:
        ValueError: one of them is none that the setting may have, or not together with the others; it names it.
    """
    preset = PRESETS[options.preset]
    named = {row.name: word for row in _ROWS if (word := getattr(options, row.name)) is not None}
    return read_written(named, Settings(preset.spec, preset.config))


def _placeholder(row: Setting) -> str:
    return {"widths": "128-64", "choice": "NAME", "switch": "yes|no"}.get(row.kind, "N")


def _may_be(row: Setting) -> str:
    """Say which words it takes."""
    low, high = (f"{end:,}" if row.is_whole else exact(end) for end in row.range)
    if row.kind == "switch":
        return "(yes or no)"
    if row.kind == "choice":
        return f"({', '.join(CHOICES[row.name])})"
    if row.kind == "widths":
        return f"(of each layer, {low} to {high}: 128-64; none: no hidden layer)"
    unit = f" {row.unit}" if row.unit else ""
    return f"({low} to {high}{unit}{f', or {row.none}' if row.none else ''})"
