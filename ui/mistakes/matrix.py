"""The confusion matrix, the select boxes beside it, and the kind of mistakes that is chosen in them.

Both write into state.choices and are both drawn from there, so that they cannot disagree.
"""

import streamlit as st

from charts.answers import DIGITS
from fcnn.inside.mistakes import ANY_KIND, MISTAKE_ORDERS, Kind, count_examples
from fcnn.metrics import Counts
from ui.choices import choice, select
from ui.components.confusion_grid import confusion_grid
from ui.visit import Visit

TRUE, SAID, ORDER = "true", "said", "order"  # words of the address
ANY = "any"
ANY_OR_DIGIT = {ANY: ANY, **{digit: digit for digit in DIGITS}}
SORTED_BY = {name: order.title for name, order in MISTAKE_ORDERS.items()}


def chosen_kind(state: Visit) -> Kind:
    """Return which mistakes the visitor wants to see."""
    true, said = (choice(state, name, ANY_OR_DIGIT) for name in (TRUE, SAID))
    return Kind(None if true == ANY else int(true), None if said == ANY else int(said))


def draw_matrix(state: Visit, confusion: Counts, kind: Kind) -> None:
    """Draw how often each digit was taken for which; a click chooses that kind, or lets it go again."""

    def choose(clicked: Kind) -> None:
        _choose_kind(state, ANY_KIND if clicked == kind else clicked)
        state.reveals += 1

    confusion_grid(confusion, kind, key="mistakes_matrix", on_click=choose)
    st.caption(
        "This is a confusion matrix: a row for each true digit, a column for each answer. Grey is right, orange is "
        "wrong. Click a number to see those digits; click a heading for the whole row or column."
    )


def choose_kind_and_order(state: Visit) -> str:
    """Draw the select boxes, which do what the matrix does, and return the chosen order."""
    with st.container(horizontal=True):
        select(state, TRUE, "True digit", ANY_OR_DIGIT, width=100)
        select(state, SAID, "Answer", ANY_OR_DIGIT, width=100)
        return select(state, ORDER, "Sort", SORTED_BY, width=216)


def tell_kind(state: Visit, kind: Kind, confusion: Counts) -> None:
    """Say which mistakes are listed and how many, with the button that lists all again."""
    n = count_examples(confusion, kind)
    counted = f"{n:,} digit{'' if n == 1 else 's'}"
    if kind != ANY_KIND:
        st.button(
            f"{kind.words}: {counted}",
            key="mistakes_filter",
            icon=":material/close:",
            help="Show all mistakes again",
            on_click=_choose_kind,
            args=(state, ANY_KIND),
        )
    elif n:
        st.markdown(f"**All mistakes**: {counted}")
    if none := _why_none(kind, n):
        st.info(none, icon=":material/check_circle:")


def _why_none(kind: Kind, n: int) -> str:
    if kind.is_right:
        return "These answers are right, so there is nothing to list. The mistakes are in the orange cells."
    if n:
        return ""
    if kind == ANY_KIND:
        return "No mistake at all: every test digit is read rightly."
    return "The network never makes this mistake. Choose another cell."


def _choose_kind(state: Visit, kind: Kind) -> None:
    for name, digit in zip((TRUE, SAID), kind, strict=True):
        if digit is None:
            state.choices.pop(name, None)
        else:
            state.choices[name] = str(digit)
