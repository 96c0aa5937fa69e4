"""What the Train page remembers."""

from dataclasses import dataclass


@dataclass
class TrainMemory:
    """What was pressed here, where that leaves no other trace."""

    n_previews: int = 0  # draws of varied digits
    focus_turn: int = 0  # counts the buttons that were pressed and are gone: the focus goes to the first one
