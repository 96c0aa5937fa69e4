"""The mistakes of the chosen kind as a sheet of digits; a click on one shows it large."""

import streamlit as st

from charts.answers import sure
from fcnn.metrics import Answers
from fcnn.pixels import as_images
from fcnn.types import Examples, Indices
from ui.components.gallery import gallery
from ui.digit_in_hand import take_test_digit
from ui.mistakes.close_up import IMAGE
from ui.mistakes.facts import facts_of
from ui.mistakes.memory import MistakesMemory
from ui.sheets import choose_sheet
from ui.visit import Visit, remembered
from ui.words import a_digit

PER_SHEET = 60
SHEET = "sheet"  # the word of the address
FEW, SHEET_PX = 21, 350  # more digits than a few scroll, beside the matrix; the cut through a row says that they go on


def draw_sheet(state: Visit, test: Examples, answers: Answers, indices: Indices, listed: str) -> None:
    """Draw a sheet of the examples, and how to reach the others; a click on one is remembered.

    Args:
        state: where the sheet and the click are kept.
        test: the test set.
        answers: to all of it.
        indices: of the examples that are listed, in order.
        listed: names their kind and order: another list begins with its first sheet.
    """
    if not len(indices):
        return
    frame = st.container(
        height=SHEET_PX if min(len(indices), PER_SHEET) > FEW else "content", border=False, key="mistakes_frame"
    )
    shown = indices[choose_sheet(state, SHEET, len(indices), PER_SHEET, of=listed)]
    facts = facts_of(test, answers, shown)

    def open_digit(place: int) -> None:
        state.choices[IMAGE] = str(shown[place])
        take_test_digit(state, int(shown[place]))

    with frame:
        gallery(
            as_images(test.X[shown]),
            key="mistakes_gallery",
            captions=[f"{truth}, said {said} ({sure(p)})" for truth, said, p in facts],
            labels=[
                f"Test digit {index}: {a_digit(truth)}, read as {said} with {sure(p, 2)}"
                for index, (truth, said, p) in zip(shown, facts, strict=True)
            ],
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
