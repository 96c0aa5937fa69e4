"""The mistakes of one network at one epoch, to be gone through: the matrix, the list, and one digit large."""

import streamlit as st

from fcnn.inside.mistakes import find_mistakes, sort_examples
from fcnn.metrics import Answers, confusion_matrix
from ui import cached
from ui.address_bar import save_address
from ui.components.reveal import reveal
from ui.mistakes.close_up import look_closer
from ui.mistakes.matrix import choose_kind_and_order, chosen_kind, draw_matrix, tell_kind
from ui.mistakes.sheet import draw_sheet
from ui.visit import Visit


@st.fragment  # so that a click in here keeps the epoch that is on the screen, even while the network learns on
def browse(state: Visit, answers: Answers) -> None:
    """Draw the confusion matrix, the mistakes of the kind that is chosen in it, and the one that was clicked.

    The answers (0.4 MB) are all that is kept of the network.
    """
    test, kind = cached.load_mnist().test, chosen_kind(state)
    confusion = confusion_matrix(test.labels, answers.digits)
    with st.container(key="split"):
        matrix, mistakes = st.columns(2, gap="medium")
    with matrix:
        draw_matrix(state, confusion, kind)
    with mistakes, st.container(key="listed"):
        reveal("listed", state.reveals)
        order = choose_kind_and_order(state)
        indices = sort_examples(find_mistakes(answers, test.labels, kind), answers, test.labels, order)
        tell_kind(state, kind, confusion)
        draw_sheet(state, test, answers, indices, f"{kind.true}_{kind.said}_{order}")
    look_closer(state, test, answers, indices)
    save_address(state)
