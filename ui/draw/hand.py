"""Fingers and pens on the board, where a palm or a pinch draws nothing; and the board's name for screen readers."""

from ui.components.mount import component
from ui.draw.strokes import COLOUR, PEN, SIDE

_mount = component(__file__, "board_hand")


def hand(label: str) -> None:
    """Let fingers and pens draw on the board that has just been drawn, and give it a name."""
    _mount(data={"pen": {"colour": COLOUR, "width": PEN, "side": SIDE}, "label": label}, key="board_hand")
