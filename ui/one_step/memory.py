"""What the One step page remembers: a copy of a network, and what was done with it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fcnn.inside.standing import Standing
from fcnn.inside.written_update import Place
from fcnn.types import Array
from ui.digit import InHand


class Press(NamedTuple):
    """What a press of a button has done to the copy."""

    n_updates: int
    loss_before: float
    loss_after: float
    n_right_before: int  # of the examples
    n_right_after: int
    digit: InHand  # that was in hand
    said_before: Array  # (10,) probabilities of it


@dataclass(eq=False)
class OneStepMemory:
    """The copy of this visit; its memory is counted as long as it is there."""

    taken: Hashable = None  # of what the copy is, and what it learns from; None: there is no copy
    name: str = ""  # what the network is called
    number: float = 0.0  # of the epoch of which it is
    moment: str = ""  # what that is called
    standing: Standing | None = None
    optimizer: str = ""  # whose memory the standing has
    rate_of: str = ""  # for which optimizer the learning rate was chosen
    n_updates: int = 0  # since it was taken
    loss_at_start: float = 0.0
    last: Press | None = None
    ways: frozenset[tuple[str, float]] = frozenset()  # optimizers and learning rates of its updates, two at most
    version: int = 0  # counts what was made of copies: names this one for what is remembered of it
    first_places: dict[tuple[int, int | None], Place] = field(default_factory=dict)  # shown as long as none is chosen
    remembered: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)  # of each computation
    let_go: Callable[[], object] | None = None  # gives the memory back; the end of the visit does so, too
    note: str = ""  # what to say of the copy before, until the next press
    kept: str = ""  # likewise, of one that was kept
    problem: str = ""  # why the last press has done nothing
    network_changed: bool = False  # whether the whole page is to be drawn anew
