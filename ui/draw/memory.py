"""What the Draw page remembers: the drawing and the picture stay while other pages are read."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.types import Array
from ui.draw.strokes import Drawing


class Picture(NamedTuple):
    """A picture of a digit that the visitor brought."""

    name: str  # of its file
    grey: npt.NDArray[np.uint8]  # its brightness, (H, W)
    seen: Array  # what the network sees of it, (28, 28)
    hint: str = ""  # what else is in it, and what to do about that


@dataclass
class DrawMemory:
    """What was drawn, and what was brought."""

    drawing: Drawing | None = None  # the strokes on the board, as its canvas reads them
    board: int = 0  # counts the boards: a new number is a clean board
    board_start: Drawing | None = None  # the strokes that this board began with
    picture: Picture | None = None
    picture_error: str = ""  # why the last file that was brought is no picture
