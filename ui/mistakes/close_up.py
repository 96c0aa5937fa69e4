"""One test digit, large, with its ten probabilities, in a dialog over the page."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from charts.answers import probability_bars, sure
from charts.weights import short
from fcnn.metrics import Answers
from fcnn.pixels import as_images
from fcnn.types import Examples, Indices
from runs.diagnosis.diagnose import GUESSING_LOSS
from ui.address_bar import save_address
from ui.choices import whole_number
from ui.components.digit_taken import tell_digit
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.digit_in_hand import digit_in_hand, take_test_digit
from ui.mistakes.facts import facts_of
from ui.mistakes.memory import MistakesMemory
from ui.press import act_once
from ui.visit import Visit, remembered
from ui.why_link import link_to_why
from ui.words import a_digit

IMAGE = "image"  # the word of the address


def look_closer(
    state: Visit, test: Examples, answers: Answers, indices: Indices, more: Callable[[int], str] = lambda _: ""
) -> None:
    """Show the digit that was clicked, large and with its ten probabilities, over the page.

    Args:
        state: where the click is kept.
        test: the test set.
        answers: to all of it.
        indices: of the examples that are listed, in order.
        more: what else there is to say of one of the test digits.
    """
    chosen = _chosen(state, test)
    if chosen is None:
        state.choices.pop(IMAGE, None)
        return
    take_test_digit(state, chosen)  # a link may have opened it
    tell_digit(digit_in_hand(state))
    memory = remembered(MistakesMemory)

    def close() -> None:
        closed, turn = _chosen(state, test), memory.closed[1] + 1 if memory.closed else 1
        memory.closed = None if closed is None else (closed, turn)
        state.choices.pop(IMAGE, None)

    dialog = st.dialog("A closer look", width="medium", on_dismiss=close)
    dialog(_draw_digit)(state, test, answers, indices, more)


def _draw_digit(state: Visit, test: Examples, answers: Answers, indices: Indices, more: Callable[[int], str]) -> None:
    index = _chosen(state, test) or 0
    truth, said, p = facts_of(test, answers, np.array([index]))[0]
    picture, bars = st.columns([2, 3], vertical_alignment="center")
    with picture:
        image = as_images(test.X[index])
        gallery(image, key="mistakes_large", captions=[""], labels=[a_digit(truth)], tile_px=168)
    with bars:
        live_plot(
            probability_bars(answers.probabilities[index], answer=said, truth=truth, height=280),
            key="mistakes_bars",
            alt=f"The ten probabilities: {said} with {sure(p, 2)} is the answer.",
        )
    verdict = f"read rightly, with {sure(p, 2)}" if truth == said else f"read as **{said}** with {sure(p, 2)}"
    loss = float(answers.losses[index])
    st.markdown(
        f"Number {index:,} of the test set (the first is 0): **{a_digit(truth)}**, {verdict}. It gave the truth "
        f"{sure(answers.probabilities[index, truth], 2)}, which is a loss {_size(loss)}: 0 would be no "
        f"surprise at all, and a blind guess among ten digits has {GUESSING_LOSS:.2f}."
    )
    if words := more(index):
        st.markdown(words)
    with st.container(horizontal=True, horizontal_alignment="center"):
        link_to_why(state)
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

    @act_once
    def go_to(place: int) -> None:
        state.choices[IMAGE] = str(indices[place])
        take_test_digit(state, int(indices[place]))

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button("Previous", icon=":material/arrow_back:", disabled=place == 0, on_click=go_to, args=(place - 1,))
        st.markdown(f"{place + 1:,} of {last + 1:,}", width="content")
        st.button("Next", icon=":material/arrow_forward:", disabled=place == last, on_click=go_to, args=(place + 1,))


def _chosen(state: Visit, test: Examples) -> int | None:
    return whole_number(state.choices.get(IMAGE, ""), below=len(test.labels))
