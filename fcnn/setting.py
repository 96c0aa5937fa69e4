"""What a setting of a run is, and whether a number is in its range. The settings themselves are in settings.py."""

from dataclasses import dataclass
from numbers import Integral
from typing import Literal

Kind = Literal["number", "whole", "widths", "choice", "switch"]
Group = Literal[
    "network", "main", "live", "steps", "watching", "start", "variation"
]  # what stands together on the page


@dataclass(frozen=True)
class Setting:
    """One setting: what it is called, what it may be, and where it is found."""

    name: str  # the field that holds it
    word: str  # in an address; "" where another word tells it
    label: str  # on its widget and in sentences
    help: str
    kind: Kind
    group: Group
    range: tuple[float, float] = (0, 0)  # of numbers, ends included
    part: str = ""  # the field of the TrainConfig in whose fields it is found; "" for its own
    unit: str = ""  # behind the label
    stops: tuple[float, ...] = ()  # of its slider; without any, a number is typed
    step: float = 1  # of the arrows beside a number that is typed
    none: str = ""  # what None is called, where it may be that
    live: bool = False  # whether it may change while a run goes on
    mark: str = ""  # what a chart calls it at such a change

    @property
    def title(self) -> str:
        """What its widget is called."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def is_whole(self) -> bool:
        """Whether it is made of whole numbers."""
        return self.kind in ("whole", "widths")

    def allows(self, number: float) -> bool:
        """Return whether it may be this number; nan lies in no range, a fraction in none of whole numbers."""
        low, high = self.range
        return low <= number <= high and (isinstance(number, Integral) or not self.is_whole)
