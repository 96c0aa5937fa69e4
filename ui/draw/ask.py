"""The Draw page: take a digit in one of three ways, and ask the network about it."""

import numpy as np
import streamlit as st

from drawings.doubt import doubt
from fcnn.metrics import answer_rows
from fcnn.pixels import as_images, as_numbers
from fcnn.types import Examples
from ui import cached, following
from ui.choices import select
from ui.digit_in_hand import own_digit, take_test_digit
from ui.draw.answer_panel import show_answer, show_seen
from ui.draw.board import draw_board
from ui.draw.picture import bring_picture
from ui.draw.samples import choose_sample
from ui.draw.taken import Taken, take_drawing, take_picture
from ui.network_line import choose_network
from ui.network_shown import NetworkShown
from ui.verdict import Verdict, judge
from ui.visit import Visit
from ui.why_link import ICON, go_to_why

INPUTS = {"draw": "Draw", "sample": "Sample digits", "picture": "A picture"}
INVITATIONS = {
    "draw": Verdict("Draw a digit", "Any of 0 to 9, as large as you like. The answer comes here after each stroke."),
    "sample": Verdict("Choose a digit", "Click one of the ten. The network never learned from any of them."),
    "picture": Verdict("Bring a picture", "Of one digit, dark on light or light on dark: a photo, scan or screenshot."),
}
MADE = "cropped, scaled to 20 x 20, drawn with a pen as wide as theirs, and centred by its centre of mass"
HOW_MADE = {
    "draw": f"your drawing as MNIST would hold it, in 28 x 28 pixels: {MADE}.",
    "sample": "a digit of MNIST's test set, as it is: 28 x 28 pixels.",
    "picture": f"the ink in your picture as MNIST would hold it, in 28 x 28 pixels: {MADE}.",
}
FOLLOW_S = 2.0  # how often a network that is learning is asked again


def pace_s(state: Visit) -> float | None:
    """Return how often the network is asked again, in seconds; None if it does not learn on."""
    return None if following.pace_s(state) is None else FOLLOW_S


def ask(state: Visit) -> None:
    """Take a digit, and show what the network says to it: a stroke reruns this function and nothing else."""
    shown = choose_network(state)
    source = select(state, "input", "What to show it", INPUTS, draw=st.segmented_control, label_visibility="collapsed")
    learning = shown.running and state.epoch is None
    still = f"It is still learning, and asked again every {FOLLOW_S:g} s: now at {shown.moment}."
    with st.container(horizontal=True, gap="medium", key="board_and_answer"):
        with st.container(key="digit"):
            taken = _take_digit(state, source)
        with st.container(key="answer"):
            _answer(shown, taken, source, still if learning else "")
            if taken.seen is not None:
                _offer_why(state, taken, source)
        with st.container(key="seen"):
            show_seen(taken.seen, HOW_MADE[source])


def _take_digit(state: Visit, source: str) -> Taken:
    """Draw the chosen input, and return what is in it."""
    if source == "draw":
        return take_drawing(draw_board())
    if source == "picture":
        picture = bring_picture()
        return take_picture(picture.seen if picture else None)
    test = cached.load_mnist().test
    row = choose_sample(state, test)
    if row is None:
        return Taken()
    return Taken(as_images(as_numbers(test.X[row]))[0], int(test.labels[row]), test_digit=row)


def _offer_why(state: Visit, taken: Taken, source: str) -> None:
    """Draw the button to the page that explains the answer; only there a drawing becomes the digit in hand."""
    if not st.button("Why?", icon=ICON) or taken.seen is None:
        return
    if taken.test_digit is None:
        state.digit = own_digit(taken.seen, is_photo=source == "picture")
    else:
        take_test_digit(state, taken.test_digit)
    go_to_why(state)


def _answer(shown: NetworkShown, taken: Taken, source: str, note: str) -> None:
    """Ask the network about an image, and show what it says."""
    if taken.seen is None:
        show_answer(taken.why or INVITATIONS[source], None, None, note)
        return
    X = taken.seen.reshape(1, -1)
    probabilities = answer_rows(shown.spec, shown.params, Examples(X, np.zeros(1, int))).probabilities[0]
    doubts = doubt(cached.instruments_of_doubt(), X) if taken.truth is None and not taken.several else None
    unlike = doubts is not None and bool(doubts.unlike[0])
    verdict = judge(probabilities, truth=taken.truth, is_strange=unlike, several=taken.several)
    nearest = None
    if doubts is not None and unlike and np.isfinite(probabilities).all():
        nearest = cached.load_mnist().all_train.X[doubts.nearest.rows[0]], doubts.nearest.labels[0]
    show_answer(verdict, probabilities, taken.truth, note, nearest)
