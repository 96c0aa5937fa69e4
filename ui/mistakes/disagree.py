"""What two networks disagree on: how many digits each reads alone, whether that is more than chance, and which."""

from typing import cast

import numpy as np
import streamlit as st

from charts.answers import sure
from fcnn.inside.disagreements import (
    DISAGREEMENT_ORDERS,
    Who,
    count_disagreements,
    find_disagreements,
    sort_disagreements,
)
from fcnn.inside.mistakes import count_without_answer
from fcnn.metrics import Answers
from fcnn.types import Examples, Indices
from runs.comparison.mcnemar import compare
from runs.comparison.verdict import of_networks
from ui.choices import select
from ui.mistakes.others import OTHER, Other, ask, others
from ui.mistakes.sheet import draw_sheet
from ui.mistakes.tiles import with_both
from ui.mistakes.views import Asked
from ui.visit import Visit

WHO, BY = "who", "by"  # words of the address
ORDERS = {name: order.title for name, order in DISAGREEMENT_ORDERS.items()}
GONE = "That network is no longer kept. Choose another one."
NO_ANSWER = (
    "B has no answer to {n:,} test digits: its numbers grew beyond what a computer can hold. Choose another one."
)
NONE_OF_THESE = "There is no such digit. Choose another answer to 'Who is right?'."


def draw_disagreements(state: Visit, test: Examples, asked: Asked) -> tuple[Indices, Other | None]:
    """Draw the digits to which two networks say different things; return their indices in order, and the other."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        word = select(state, OTHER, "Compare with", others(state, asked.source), width=340)
        other, beside = ask(state, word), st.container(horizontal=True)
    n_lost = count_without_answer(other.answers) if other else 0
    if other is None or n_lost:
        st.info(NO_ANSWER.format(n=n_lost) if other else GONE, icon=":material/info:")
        return np.empty(0, np.intp), None
    a, b = asked.answers, other.answers
    with beside:
        who = cast(Who, select(state, WHO, "Who is right?", _whos(test, a, b), width=165))
        order = select(state, BY, "Sort", ORDERS, width=175)
    st.markdown(
        f"**A** is the network above, {asked.moment}. **B** is {other.name}, {other.moment}.  \n{tell(test, a, b)}"
    )
    indices = sort_disagreements(find_disagreements(a, b, test.labels, who), a, b, test.labels, order)
    if not np.array_equal(a.digits, b.digits):
        a_said, b_said = a.digits.astype(np.uint8), b.digits.astype(np.uint8)
        st.info(of_networks(compare(a_said, b_said, test.labels)).words, icon=":material/balance:")
        if not len(indices):
            st.info(NONE_OF_THESE, icon=":material/check_circle:")
    listed = f"{word}_{who}_{order}"
    draw_sheet(state, test, indices, lambda few: with_both(test, a, b, few), listed, beside=False)
    return indices, other


def tell(test: Examples, a: Answers, b: Answers) -> str:
    """Say how many of the test digits both networks read, one alone, or neither, and to how many they disagree."""
    n = len(test.labels)
    if np.array_equal(a.digits, b.digits):
        return f"They agree on all {n:,} test digits, and are right about {(a.digits == test.labels).sum():,} of them."
    a_right, b_right = a.digits == test.labels, b.digits == test.labels
    both, neither = int((a_right & b_right).sum()), int((~a_right & ~b_right).sum())
    counts = count_disagreements(a, b, test.labels)
    return (
        f"Of {n:,} test digits both read **{both:,}**, only A **{counts.one:,}**, only B **{counts.other:,}**, and "
        f"neither **{neither:,}**, {counts.neither:,} of those with different wrong answers. "
        f"They disagree on **{sum(counts):,}**."
    )


def what_b_says(other: Other, index: int) -> str:
    """Return what the other network says to one test digit, as a sentence."""
    p = other.answers.probabilities[index]
    said = int(p.argmax())
    return f"That is what A says. B says **{said}**, with {sure(p[said], 2)}."


def _whos(test: Examples, a: Answers, b: Answers) -> dict[str, str]:
    one, other, neither = count_disagreements(a, b, test.labels)
    return {
        "any": f"All ({one + other + neither:,})",
        "one": f"A alone ({one:,})",
        "other": f"B alone ({other:,})",
        "neither": f"Neither ({neither:,})",
    }
