"""The digits of a list, as sheets of pictures; a click on one shows it large."""

from collections.abc import Callable

import streamlit as st

from fcnn.pixels import as_images
from fcnn.types import Examples, Indices
from ui.components.gallery import gallery
from ui.components.mount import style
from ui.digit_in_hand import take_test_digit
from ui.mistakes.close_up import IMAGE
from ui.mistakes.memory import MistakesMemory
from ui.mistakes.tiles import Tile, captions, labels
from ui.sheets import choose_sheet
from ui.visit import Visit, remembered

PER_SHEET = 60
SHEET = "sheet"  # the word of the address
FEW = 21  # more digits than that scroll, beside the matrix
SHEET_PX = 350  # of what scrolls; sheet.css lets it grow with the words


def draw_sheet(
    state: Visit, test: Examples, indices: Indices, tell: Callable[[Indices], list[Tile]], listed: str, *, beside: bool
) -> None:
    """Draw a sheet of the examples, and how to reach the others; a click on one is remembered.

    Args:
        state: where the sheet and the click are kept.
        test: the test set.
        indices: of the examples that are listed, in order.
        tell: says what stands below some of them.
        listed: names their kind and order: another list begins with its first sheet.
        beside: whether it stands beside something of a fixed height.
    """
    if not len(indices):
        return
    scrolls = beside and min(len(indices), PER_SHEET) > FEW
    if scrolls:
        style(__file__)
    frame = st.container(height=SHEET_PX if scrolls else "content", border=False, key="mistakes_frame")
    shown = indices[choose_sheet(state, SHEET, len(indices), PER_SHEET, of=listed)]
    tiles = tell(shown)

    def open_digit(place: int) -> None:
        state.choices[IMAGE] = str(shown[place])
        take_test_digit(state, int(shown[place]))

    with frame:
        gallery(
            as_images(test.X[shown]),
            key="mistakes_gallery",
            captions=captions(tiles),
            labels=labels(tiles),
            tile_px=56,
            on_click=open_digit,
            focus=_focus(shown),
        )


def _focus(shown: Indices) -> tuple[int, int] | None:
    """Return the place of the digit whose dialog was closed last, and which closing that was."""
    closed = remembered(MistakesMemory).closed
    if closed is None:
        return None
    index, turn = closed
    return next(((place, turn) for place, i in enumerate(shown) if i == index), None)
