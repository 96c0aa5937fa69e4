"""Which digit is in hand: one choice for all pages, like the network and its epoch."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class InHand:
    """A digit of the test set or of the validation set by its index, or one's own drawing or photo by its pixels."""

    of: Literal["test", "validation", "own"] = "test"
    index: int = 0  # of own ones: 0
    pixels: bytes = b""  # 784 levels of ink, of own ones alone
    is_photo: bool = False
