"""What the Why page remembers."""

from collections.abc import Callable
from dataclasses import dataclass

from fcnn.inside.alike import Seen
from ui.digit import InHand


@dataclass(eq=False)
class WhyMemory:
    """What was done here, and what its computations keep."""

    off: frozenset[tuple[int, int]] = frozenset()  # neurons that are switched off, by layer and number
    off_of: str = ""  # in which network
    no_mistake: bool = False  # whether the next mistake was asked for, and there is none
    seen: Seen | None = None  # what the network makes of training digits
    let_go_of_seen: Callable[[], object] | None = None  # gives the memory back; the end of the visit does so, too
    drawn: bytes | None = None  # what the brush has made of the digit, as 784 levels
    drawn_on: InHand | None = None  # of which digit
    n_sheets: int = 0  # counts the sheets of the brush: a new number is a clean one
