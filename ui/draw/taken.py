"""What the Draw page has taken in: an image, and what to say before any network is asked."""

from typing import NamedTuple

from drawings.board import from_board
from drawings.several import holds_several
from fcnn.types import Array
from ui.draw.strokes import Drawing, paint
from ui.verdict import Verdict

TOO_LITTLE = Verdict("Draw a digit", "A dot is too little to read: draw a whole digit, as large as you like.")


class Taken(NamedTuple):
    """An image to ask about, or the reason why there is none."""

    seen: Array | None = None  # (28, 28)
    truth: int | None = None  # the true digit, where it is known
    several: bool = False  # whether there seems to be more than one digit
    why: Verdict | None = None  # why there is no image, if something was given that is none
    test_digit: int | None = None  # which digit of the test set it is, if it is one


def take_drawing(drawing: Drawing) -> Taken:
    """Return what is on the board."""
    if not drawing["objects"]:
        return Taken()
    ink = paint(drawing)
    seen = from_board(ink)
    return Taken(why=TOO_LITTLE) if seen is None else Taken(seen, several=holds_several(ink))


def take_picture(seen: Array | None) -> Taken:
    """Return what is in a picture, of which this is the image."""
    return Taken() if seen is None else Taken(seen, several=holds_several(seen))
