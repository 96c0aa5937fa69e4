"""The digit in hand, with its image: the one that runs through the network on every page."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.mnist import N_VALIDATION
from fcnn.types import Array
from ui import cached
from ui.digit import InHand
from ui.visit import Visit
from ui.words import a_digit


class Digit(NamedTuple):
    """A digit, as pages show it."""

    image: npt.NDArray[np.uint8]  # (784,)
    truth: int | None  # of a drawing nobody has said what it is
    name: str  # 'test digit 123', 'your drawing'
    chosen: InHand  # names it for caches, too

    @property
    def label(self) -> str:
        """What it is, in a few words: 'a 7', 'your drawing'."""
        return self.name if self.truth is None else a_digit(self.truth)

    @property
    def in_words(self) -> str:
        """What the line of what is shown calls it."""
        return f"The digit in hand: {self.label}"


def in_hand(state: Visit) -> InHand:
    """Return which digit is in hand; the first of the test set, as long as none was chosen."""
    return state.digit or InHand()


def digit_in_hand(state: Visit) -> Digit:
    """Return the digit in hand."""
    chosen = in_hand(state)
    if chosen.of == "own":
        name = "your photo" if chosen.is_photo else "your drawing"
        return Digit(np.frombuffer(chosen.pixels, np.uint8), None, name, chosen)
    mnist = cached.load_mnist()
    X, labels = mnist.test if chosen.of == "test" else (part[-N_VALIDATION:] for part in mnist.all_train)
    row = chosen.index % len(labels)
    return Digit(X[row], int(labels[row]), f"{chosen.of} digit {row:,}", chosen)


def take_test_digit(state: Visit, index: int) -> None:
    """Take a digit of the test set in hand."""
    state.digit = InHand("test", index)


def own_digit(seen: Array, *, is_photo: bool) -> InHand:
    """Return what names an image (28, 28) of one's own, from 0 to 1, as the digit in hand."""
    levels = np.rint(255 * np.clip(seen, 0, 1)).astype(np.uint8)
    return InHand("own", pixels=levels.tobytes(), is_photo=is_photo)
