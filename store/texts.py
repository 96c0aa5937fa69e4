"""Settings, figures, epochs and states as lines of JSON, and back. Numbers come back to the bit, nan and inf too."""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from fcnn.augmentation import Augmentation
from fcnn.config import Settings, TrainConfig
from fcnn.engine.learner import LearnerState
from fcnn.epoch import Epoch, State
from fcnn.initialization import Initialization
from fcnn.metrics import Figures
from fcnn.network import mnist_spec
from fcnn.settings import AUGMENTATION, INITIALIZATION, SETTINGS
from fcnn.types import Params
from fcnn.written import all_written, value_of
from runs.records import Change, EpochRecord

PARTS = {INITIALIZATION: Initialization, AUGMENTATION: Augmentation}  # of a TrainConfig
_OF_AN_EPOCH = tuple(field.name for field in fields(Epoch) if field.name != "params")


def clean(text: str, most: int) -> str:
    """Return so many letters of what somebody wrote, without those that no database takes or no screen shows."""
    encodable = text[: 4 * most].encode("utf-8", "replace").decode("utf-8")
    return "".join(letter for letter in encodable if letter.isprintable() or letter == "\n").strip()[:most]


def settings_text(settings: Settings) -> str:
    """Return all settings by their names."""
    return json.dumps(all_written(settings))


def read_settings(text: str) -> Settings:
    """Return what settings_text() was given; all at once, which is sooner than read_written() word by word.

    Raises:
        ValueError: this program does not know such settings; KeyError likewise.
    """
    values = {name: value_of(SETTINGS[name], word) for name, word in json.loads(text).items()}
    spec = mnist_spec(values.pop("hidden"), values.pop("activation"))
    of_parts: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for name in list(values):
        if part := SETTINGS[name].part:
            of_parts[part][name] = values.pop(name)
    parts = {part: PARTS[part](**of_part) for part, of_part in of_parts.items()}
    return Settings(spec, TrainConfig(**values, **parts))


def line(values: Iterable[Any]) -> str:
    """Return figures, a record or a change as a line."""
    return json.dumps(tuple(values))


def read_line(text: str) -> list[Any]:
    """Return the values of a line()."""
    values: list[Any] = json.loads(text)
    return values


def read_records(texts: Iterable[str]) -> tuple[EpochRecord, ...]:
    """Return many of them, quicker than one by one."""
    return read_list(f"[{','.join(texts)}]")


def read_list(text: str) -> tuple[EpochRecord, ...]:
    """Return the records that are one line() together."""
    return tuple(_record(*values) for values in json.loads(text))


def _record(
    number: float,
    train: list[float],
    validation: list[float] | None,
    rate: float,
    norms: list[float],
    *more: Any,  # noqa: ANN401
) -> EpochRecord:
    figures = Figures(*train), Figures(*validation) if validation else None
    return EpochRecord(number, *figures, rate, tuple(norms), *more)


def read_changes(texts: Iterable[str]) -> tuple[Change, ...]:
    """Return changes from their lines."""
    return tuple(Change(*json.loads(text)) for text in texts)


def read_figures(text: str | None) -> Figures | None:
    """Return figures from their line(); None stays None."""
    return Figures(*json.loads(text)) if text else None


def epoch_text(epoch: Epoch) -> str:
    """Return an epoch without its parameters."""
    return json.dumps({name: getattr(epoch, name) for name in _OF_AN_EPOCH})


def read_epoch(text: str, params: Params) -> Epoch:
    """Return an epoch from its text and its parameters."""
    values = json.loads(text)
    for name in ("train", "validation"):
        values[name] = Figures(*values[name]) if values[name] else None
    return Epoch(**{**values, "gradient_norms": tuple(values["gradient_norms"])}, params=params)


def state_text(state: State) -> str:
    """Return a state without its arrays. The numbers of 128 bits in it are for Python: others would round them."""
    return json.dumps([epoch_text(state.epoch), state.learner.n_updates, dict(state.learner.random)])


def read_state(text: str, arrays: tuple[Params, ...]) -> State:
    """Return a state from its text, its parameters and what its optimizer remembers."""
    epoch, n_updates, random = json.loads(text)
    return State(read_epoch(epoch, arrays[0]), LearnerState(arrays[1:], n_updates, random))
