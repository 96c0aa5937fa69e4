"""The confusion matrix and the mistakes in it. What is chosen lives in state.choices, and so in the address.

The matrix and the select boxes both write there and are both drawn from there, so that they cannot disagree.
"""

import numpy as np
import streamlit as st

from charts.answers import DIGITS, probability_bars, sure
from charts.weights import short
from fcnn.inside.mistakes import ANY_KIND, MISTAKE_ORDERS, Kind, count_examples
from fcnn.metrics import Answers, Counts
from fcnn.pixels import as_images
from fcnn.types import Examples, Indices
from runs.diagnosis.diagnose import GUESSING_LOSS
from ui.address_bar import save_address
from ui.choices import choice, select
from ui.components.confusion_grid import confusion_grid
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.visit import Visit, fill_widget, set_widget, widget_value

PER_SHEET = 60
TRUE, SAID, ORDER, SHEET, IMAGE = "true", "said", "order", "sheet", "image"  # words of the address
ANY = "any"
ANY_OR_DIGIT = {ANY: ANY, **{digit: digit for digit in DIGITS}}
SORTED_BY = {name: order.title for name, order in MISTAKE_ORDERS.items()}
FEW, SHEET_PX = 21, 350  # more digits than a few scroll, beside the matrix; the cut through a row says that they go on
_LISTED_KEY = "mistakes_listed"


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
    sheet = _choose_sheet(state, -(-len(indices) // PER_SHEET), listed)
    shown = indices[(sheet - 1) * PER_SHEET : sheet * PER_SHEET]
    facts = _facts(test, answers, shown)

    def open_digit(place: int) -> None:
        state.choices[IMAGE] = str(shown[place])

    with frame:
        gallery(
            as_images(test.X[shown]),
            key="mistakes_gallery",
            captions=[f"{truth}, said {said} ({sure(p)})" for truth, said, p in facts],
            labels=[
                f"Test digit {index}: {_a(truth)}, read as {said} with {sure(p, 2)}"
                for index, (truth, said, p) in zip(shown, facts, strict=True)
            ],
            tile_px=56,
            on_click=open_digit,
            focus=_focus(state, shown),
        )


def _focus(state: Visit, shown: Indices) -> tuple[int, int] | None:
    """Return the place of the digit whose dialog was closed last, and which closing that was."""
    if state.closed is None:
        return None
    index, turn = state.closed
    return next(((place, turn) for place, i in enumerate(shown) if i == index), None)


def _choose_sheet(state: Visit, n_sheets: int, listed: str) -> int:
    """Return which sheet to show, counting from 1, and draw the choice where there is one."""
    fill_widget(_LISTED_KEY, listed)
    if widget_value(_LISTED_KEY) != listed:
        set_widget(_LISTED_KEY, listed)
        state.choices.pop(SHEET, None)
    sheet = max(1, min(_number(state, SHEET) or 1, n_sheets))
    if n_sheets > 1:
        sheet = st.pagination(n_sheets, default=sheet, key=f"mistakes_sheet_{listed}")
    if sheet == 1:
        state.choices.pop(SHEET, None)
    else:
        state.choices[SHEET] = str(sheet)
    return sheet


def _facts(test: Examples, answers: Answers, indices: Indices) -> list[tuple[int, int, float]]:
    """Return the truth, the answer and its probability, for each of these examples."""
    # Only of these: what Answers tells it works out anew for all 10,000, whenever it is asked.
    chosen = Answers(answers.probabilities[indices], answers.losses[indices])
    lists = test.labels[indices].tolist(), chosen.digits.tolist(), chosen.confidences.tolist()
    return list(zip(*lists, strict=True))


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def look_closer(state: Visit, test: Examples, answers: Answers, indices: Indices) -> None:
    """Show the digit that was clicked, large and with its ten probabilities, over the page."""
    index = _number(state, IMAGE)
    if index is None or index >= len(test.labels):
        state.choices.pop(IMAGE, None)
        return

    def close() -> None:
        closed, turn = _number(state, IMAGE), state.closed[1] + 1 if state.closed else 1
        state.closed = None if closed is None else (closed, turn)
        state.choices.pop(IMAGE, None)

    dialog = st.dialog("A closer look", width="medium", on_dismiss=close)
    dialog(_draw_digit)(state, test, answers, indices)


def _draw_digit(state: Visit, test: Examples, answers: Answers, indices: Indices) -> None:
    index = _number(state, IMAGE) or 0
    truth, said, p = _facts(test, answers, np.array([index]))[0]
    picture, bars = st.columns([2, 3], vertical_alignment="center")
    with picture:
        image = as_images(test.X[index])
        gallery(image, key="mistakes_large", captions=[""], labels=[_a(truth)], tile_px=168)
    with bars:
        live_plot(
            probability_bars(answers.probabilities[index], answer=said, truth=truth, height=280),
            key="mistakes_bars",
            alt=f"The ten probabilities: {said} with {sure(p, 2)} is the answer.",
        )
    verdict = f"read rightly, with {sure(p, 2)}" if truth == said else f"read as **{said}** with {sure(p, 2)}"
    loss = float(answers.losses[index])
    st.markdown(
        f"Number {index:,} of the test set (the first is 0): **{_a(truth)}**, {verdict}. It gave the truth "
        f"{sure(answers.probabilities[index, truth], 2)}, which is a loss {_size(loss)}: 0 would be no "
        f"surprise at all, and a blind guess among ten digits has {GUESSING_LOSS:.2f}."
    )
    _draw_neighbours(state, indices, index)
    save_address(state)


def _size(loss: float) -> str:
    if not np.isfinite(loss):
        return "**beyond what a computer can hold**"
    return f"of **{loss:.2f}**" if loss < 1000 else f"of **{short(loss)}**"


def _draw_neighbours(state: Visit, indices: Indices, index: int) -> None:
    """Draw buttons that go to the example before and after this one in the list, if it is in there."""
    places = np.flatnonzero(indices == index)
    if not len(places):
        return
    place, last = int(places[0]), len(indices) - 1

    def go_to(place: int) -> None:
        state.choices[IMAGE] = str(indices[place])

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button("Previous", icon=":material/arrow_back:", disabled=place == 0, on_click=go_to, args=(place - 1,))
        st.markdown(f"{place + 1:,} of {last + 1:,}", width="content")
        st.button("Next", icon=":material/arrow_forward:", disabled=place == last, on_click=go_to, args=(place + 1,))


def _number(state: Visit, name: str) -> int | None:
    """Return a whole number from the address, None if it is not one."""
    word = state.choices.get(name, "")
    return int(word) if word.isdecimal() and len(word) < 6 else None
