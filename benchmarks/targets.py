"""What a measurement has to reach, and tables that say whether it did."""

from collections.abc import Sequence
from typing import NamedTuple

NOTHING = "-"  # the cell of what was not, or cannot be, measured


class Target(NamedTuple):
    """A limit, and on which side of it to be."""

    limit: float
    at_most: bool

    def met_by(self, value: float) -> bool:
        """Return whether the value is on the right side, or on the limit; nan never is."""
        return value <= self.limit if self.at_most else value >= self.limit


def at_most(limit: float) -> Target:
    """Return the target of something that should be small."""
    return Target(limit, at_most=True)


def at_least(limit: float) -> Target:
    """Return the target of something that should be large."""
    return Target(limit, at_most=False)


class Cell(NamedTuple):
    """A value, how to write it, and its target, where it has one."""

    value: float | None
    form: str = ".2f"
    target: Target | None = None

    @property
    def missed(self) -> bool:
        """Whether there is a value, a target, and they do not agree."""
        return self.value is not None and self.target is not None and not self.target.met_by(self.value)

    def __str__(self) -> str:
        if self.value is None:
            return NOTHING
        value = format(self.value, self.form)
        if self.target is None:
            return value
        sign = "<=" if self.target.at_most else ">="
        return f"{value} ({sign} {format(self.target.limit, self.form)} {'MISSED' if self.missed else 'pass'})"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows under a head, in columns as wide as they need to be."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def n_missed(rows: Sequence[Sequence[object]]) -> int:
    """Count the cells that missed their target."""
    return sum(isinstance(cell, Cell) and cell.missed for row in rows for cell in row)
