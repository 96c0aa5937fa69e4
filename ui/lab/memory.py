"""What the Lab page remembers."""

from dataclasses import dataclass, field

from fcnn.types import Params
from ui.lab.damages import Step
from ui.lab.held import Held
from ui.network_shown import NetworkShown


@dataclass(eq=False)
class LabMemory:
    """What was done to the copy, the copy, and the moment that was taken of a network that learns."""

    steps: tuple[Step, ...] = ()
    steps_of: str = ""  # names the network and the moment that they were done to
    thrown_away: bool = False  # whether the visitor is to be told that the copy is gone
    kept: str = ""  # what came of keeping the copy, for the next drawing
    copy: Held[Params] = field(default_factory=Held)
    taken: Held[NetworkShown] = field(default_factory=Held)
    taken_for: float | None = None  # which epoch was wanted then
