"""Records of a run as tables of text, and back: every number comes back as it was, to the bit.

What is read may come from anybody: each cell is believed only if it is a number that can stand there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import isnan

from fcnn import history_file
from fcnn.metrics import Figures
from fcnn.settings import LIVE, SETTINGS
from runs.records import Change, EpochRecord

MAX_RECORDS = 10_000  # of a run; what has more of them was looked at in slow motion for hours
MAX_CHANGES = 10_000
COLUMNS = history_file.COLUMNS[:-1]  # on how many validation images it was measured follows from the others
CHANGE_COLUMNS = ("epoch", "setting", "before", "after")
MOST_EPOCHS, MOST_UPDATES, MOST_IMAGES, MOST_SECONDS = 10**7, 10**12, 10**6, 10**9
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,3})?|nan|-?inf", re.ASCII)


def columns(n_layers: int) -> tuple[str, ...]:
    """Return what stands above the columns of a history; each layer has one for the norm of its gradient."""
    return (*COLUMNS, *(f"gradient_norm_{i}" for i in range(1, n_layers + 1)))


def history_text(records: Iterable[EpochRecord], n_layers: int) -> str:
    """Return records as a table; what was not measured is empty."""
    return _table(columns(n_layers), (record_cells(record, n_layers) for record in records))


def read_history(text: str, n_layers: int) -> tuple[EpochRecord, ...]:
    """Return the records of a table that history_text() wrote.

    Raises:
        ValueError: it is no such table; the message says why.
    """
    records = tuple(read_record(cells, n_layers) for cells in _rows(text, columns(n_layers), MAX_RECORDS))
    if any(a.number >= b.number or a.n_updates > b.n_updates for a, b in pairwise(records)):
        raise ValueError("its epochs are not in rising order")
    return records


def record_cells(record: EpochRecord, n_layers: int) -> list[str]:
    """Return one record as words, in the order of columns()."""
    validation = [_word(figure) for figure in record.validation] if record.validation else ["", ""]
    norms = [_word(norm) for norm in record.gradient_norms] or [""] * n_layers
    figures = [*map(_word, record.train), *validation, _word(record.learning_rate), _word(record.seconds)]
    return [_word(record.number), *figures, str(record.n_updates), str(record.n_measured), *norms]


def read_record(cells: Sequence[str], n_layers: int) -> EpochRecord:
    """Return the record that record_cells() wrote.

    Raises:
        ValueError: a cell is not the number that it should be.
    """
    if len(cells) != len(columns(n_layers)):
        raise ValueError("a row has too few or too many cells")
    number, loss, accuracy, *validation, rate, seconds, updates, measured = cells[: len(COLUMNS)]
    norms = cells[len(COLUMNS) :]
    return EpochRecord(
        _place(number),
        read_figures(loss, accuracy),
        read_figures(*validation) if any(validation) else None,
        _within(rate, SETTINGS["learning_rate"].range[1]),
        tuple(_any(norm) for norm in norms) if any(norms) else (),
        _within(seconds, MOST_SECONDS),
        _whole(updates, MOST_UPDATES),
        _whole(measured, MOST_IMAGES),
    )


def figures_words(figures: Figures) -> list[str]:
    """Return figures as two words, the loss and the accuracy."""
    return [_word(figure) for figure in figures]


def read_figures(loss: str, accuracy: str) -> Figures:
    """Return the figures of two words. A network that exploded has a loss that is no number, which is the truth.

    Raises:
        ValueError: they are none.
    """
    return Figures(_any(loss), _within(accuracy, 1))


def changes_text(changes: Iterable[Change]) -> str:
    """Return changes as a table. At which moment of the server's clock they were made is of no use elsewhere."""
    return _table(CHANGE_COLUMNS, ([_word(c.epoch), c.name, _word(c.before), _word(c.after)] for c in changes))


def read_changes(text: str) -> tuple[Change, ...]:
    """Return the changes of a table that changes_text() wrote.

    Raises:
        ValueError: it is no such table, or names what cannot be changed on the way.
    """
    return tuple(_change(*cells) for cells in _rows(text, CHANGE_COLUMNS, MAX_CHANGES))


def _change(epoch: str, name: str, before: str, after: str) -> Change:
    if name not in LIVE or not all(SETTINGS[name].allows(_any(value)) for value in (before, after)):
        raise ValueError("it changes a setting in a way that is not possible")
    return Change(_place(epoch), name, _any(before), _any(after))


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(",".join(cells) + "\n" for cells in (header, *rows))


def _rows(text: str, header: tuple[str, ...], most: int) -> Iterator[list[str]]:
    first, *lines = text.removesuffix("\n").split("\n")
    if first != ",".join(header):
        raise ValueError("its columns are others")
    if len(lines) > most:
        raise ValueError(f"it has {len(lines):,} rows, at most {most:,} are read")
    cells = [line.split(",") for line in lines]
    if any(len(row) != len(header) for row in cells):
        raise ValueError("a row has too few or too many cells")
    yield from cells


def _word(value: float) -> str:
    return str(value) if isinstance(value, int) else repr(float(value) + 0.0)  # -0.0 is 0.0, and nothing else changes


def _any(word: str) -> float:
    if not _NUMBER.fullmatch(word):
        raise ValueError("a cell is not a number")
    return float(word)


def _within(word: str, most: float) -> float:
    if isnan(value := _any(word)) or not 0 <= value <= most:
        raise ValueError(f"a number is not between 0 and {most:g}")
    return value


def _whole(word: str, most: int) -> int:
    if not word.isdecimal() or _within(word, most) != int(word):
        raise ValueError("a count is not a whole number")
    return int(word)


def _place(word: str) -> float:
    return _whole(word, MOST_EPOCHS) if word.isdecimal() else _within(word, MOST_EPOCHS)
