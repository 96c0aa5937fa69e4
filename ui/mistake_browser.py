"""The confusion matrix and the mistakes in it. What is chosen lives in state.choices, and so in the address.

The matrix and the select boxes both write there and are both drawn from there, so that they cannot disagree.
"""

from collections.abc import Hashable

import numpy as np
import streamlit as st

from fcnn.diagnosis import GUESSING_LOSS
from fcnn.metrics import Answers, Counts
from fcnn.mistakes import ANY_KIND, ORDERS, Indices, Kind, commonest_mistakes
from fcnn.types import Examples
from ui.answer_charts import DIGITS, confusion_figure, percent, probability_bars
from ui.gallery import gallery
from ui.live_plot import live_plot
from ui.page import save_address
from ui.state import AppState, choice, fill_widget, select, set_widget, widget_value

PER_SHEET = 60
TRUE, SAID, ORDER, SHEET, IMAGE = "true", "said", "order", "sheet", "image"  # words of the address
ANY = "any"
ANY_OR_DIGIT = {ANY: ANY, **{digit: digit for digit in DIGITS}}
SORTED_BY = {name: order.title for name, order in ORDERS.items()}
_SHEET_KEY, _LISTED_KEY = "mistakes_sheet", "mistakes_listed"


def chosen_kind(state: AppState) -> Kind:
    """Return which mistakes the visitor wants to see."""
    true, said = (choice(state, name, ANY_OR_DIGIT) for name in (TRUE, SAID))
    return Kind(None if true == ANY else int(true), None if said == ANY else int(said))


def draw_matrix(state: AppState, confusion: Counts, kind: Kind) -> None:
    """Draw how often each digit was taken for which; a click on a cell chooses that kind, or lets it go again."""
    # A new key for each choice: the chart forgets its own selection, and the next click on any cell is news.
    key = f"mistakes_matrix_{kind.true}_{kind.said}"

    def cell_clicked() -> None:
        points = widget_value(key)["selection"]["points"]
        cell = Kind(points[0].get("y"), points[0].get("x")) if points else kind
        if all(str(digit) in DIGITS for digit in cell):
            _choose_kind(state, ANY_KIND if cell == kind else cell)

    common = ", ".join(
        f"{cell.words} ({confusion[cell]:,} times)" for cell in commonest_mistakes(confusion, 3) if None not in cell
    )
    st.plotly_chart(
        confusion_figure(confusion, kind),
        key=key,
        on_select=cell_clicked,
        selection_mode="points",
        config={"displayModeBar": False},
        alt=f"Confusion matrix: a row for each true digit, a column for each answer. Most common: {common or 'none'}.",
    )
    st.caption("Each row is a true digit, each column an answer. Grey is right, orange is wrong: click to see which.")


def choose_kind_and_order(state: AppState) -> str:
    """Draw the select boxes, which do what the matrix does, and return the chosen order."""
    true, said, order = st.columns([1, 1, 2])
    with true:
        select(state, TRUE, "True digit", ANY_OR_DIGIT)
    with said:
        select(state, SAID, "Answer", ANY_OR_DIGIT)
    with order:
        return select(state, ORDER, "Sort", SORTED_BY)


def tell_kind(state: AppState, kind: Kind, n: int, confusion: Counts) -> None:
    """Say which mistakes are listed and how many, with the button that lists all again."""
    counted = f"{n:,} digit{'' if n == 1 else 's'}"
    if kind == ANY_KIND:
        st.markdown(f"**All mistakes**: {counted}" if n else "")
    else:
        st.button(
            f"{kind.words}: {counted}",
            key="mistakes_filter",
            icon=":material/close:",
            help="Show all mistakes again",
            on_click=_choose_kind,
            args=(state, ANY_KIND),
        )
    if n == 0:
        _explain_none(kind, confusion)


def _explain_none(kind: Kind, confusion: Counts) -> None:
    if kind == ANY_KIND:
        st.success("No mistake at all: every test digit is read rightly.", icon=":material/check_circle:")
    elif kind.true is not None and kind.true == kind.said:
        right, there = confusion[kind.true, kind.said], confusion[kind.true].sum()
        st.info(
            f"These are no mistakes: {right:,} of the {there:,} {kind.true}s were read rightly. "
            "The mistakes are in the orange cells.",
            icon=":material/check_circle:",
        )
    else:
        st.info("The network never makes this mistake. Choose another cell.", icon=":material/check_circle:")


def _choose_kind(state: AppState, kind: Kind) -> None:
    for name, digit in zip((TRUE, SAID), kind, strict=True):
        state.choices[name] = ANY if digit is None else str(digit)


def draw_sheet(state: AppState, test: Examples, answers: Answers, indices: Indices, listed: Hashable) -> None:
    """Draw a sheet of the examples, and how to reach the others; a click on one is remembered."""
    fill_widget(_LISTED_KEY, listed)
    if widget_value(_LISTED_KEY) != listed:  # another list begins at its first sheet
        state.choices.pop(SHEET, None)
    set_widget(_LISTED_KEY, listed)
    n_sheets = max(1, -(-len(indices) // PER_SHEET))
    sheet = min(_number(state, SHEET, 1) or 1, n_sheets)
    shown = indices[(sheet - 1) * PER_SHEET : sheet * PER_SHEET]
    if len(shown):
        names = [_name(test, answers, index) for index in shown]
        with st.container(height=400, border=False, key="mistakes_sheet_frame"):
            clicked = gallery(
                test.X[shown].reshape(-1, 28, 28),
                key="mistakes_gallery",
                captions=[f"{truth}, said {said} ({percent(sure, 0)})" for truth, said, sure in names],
                labels=[
                    f"Test digit {index}: a {truth}, read as {said} with {percent(sure)}"
                    for index, (truth, said, sure) in zip(shown, names, strict=True)
                ],
                tile_px=56,
            )
        if clicked is not None:
            state.choices[IMAGE] = str(shown[clicked])
    if n_sheets > 1:
        set_widget(_SHEET_KEY, sheet)
        st.pagination(n_sheets, key=_SHEET_KEY, on_change=_turn_to_sheet, args=(state,))


def _name(test: Examples, answers: Answers, index: int) -> tuple[int, int, float]:
    return int(test.labels[index]), int(answers.digits[index]), float(answers.confidences[index])


def _turn_to_sheet(state: AppState) -> None:
    state.choices[SHEET] = str(widget_value(_SHEET_KEY))
