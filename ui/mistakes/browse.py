"""The test digits of one network at one epoch, to be gone through: its mistakes, the hardest ... and one large."""

import streamlit as st

from fcnn.inside.mistakes import find_mistakes, sort_examples
from fcnn.metrics import Answers, confusion_matrix
from fcnn.types import Examples, Indices
from ui import cached
from ui.address_bar import save_address
from ui.components.reveal import reveal
from ui.mistakes.close_up import look_closer
from ui.mistakes.disagree import draw_disagreements, what_b_says
from ui.mistakes.extremes import draw_extremes
from ui.mistakes.matrix import choose_kind_and_order, chosen_kind, draw_matrix, tell_kind
from ui.mistakes.sheet import draw_sheet
from ui.mistakes.tiles import with_confidence
from ui.mistakes.views import DISAGREE, MISTAKES, Asked, choose_view
from ui.visit import Visit


@st.fragment  # so that a click in here keeps the epoch that is on the screen, even while the network learns on
def browse(state: Visit, asked: Asked) -> None:
    """Draw the choice of what is listed, the digits of that list, and the one that was clicked."""
    test, other = cached.load_mnist().test, None
    view = choose_view(state)
    if view == MISTAKES:
        indices = _draw_mistakes(state, test, asked.answers)
    elif view == DISAGREE:
        indices, other = draw_disagreements(state, test, asked)
    else:
        indices = draw_extremes(state, test, asked.answers, view)
    look_closer(state, test, asked.answers, indices, more=lambda i: what_b_says(other, i) if other else "")
    save_address(state)


def _draw_mistakes(state: Visit, test: Examples, answers: Answers) -> Indices:
    """Draw the confusion matrix and the mistakes of the kind that is chosen in it; return their indices in order."""
    kind = chosen_kind(state)
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
        listed = f"{kind.true}_{kind.said}_{order}"
        draw_sheet(state, test, indices, lambda few: with_confidence(test, answers, few), listed, beside=True)
    return indices
