"""What the Train page remembers."""

from dataclasses import dataclass

from fcnn.inside.wiring import Wiring
from ui.digit import InHand


@dataclass
class TrainMemory:
    """What was pressed here, where that leaves no other trace."""

    n_previews: int = 0  # draws of varied digits
    wiring: Wiring | None = None  # what the picture of the network showed last, so that its neurons keep their places
    wiring_of: tuple[str, InHand] = ("", InHand())  # of which network and digit
    focus_turn: int = 0  # counts the buttons that were pressed and are gone: the focus goes to the first one
    cannot_go_on: str | None = None  # the kept run that was to go on, and has no state to go on from
    baseline: str | None = None  # the run with which the others are compared
    took_settings: bool = False  # the settings above the list are to be drawn anew
