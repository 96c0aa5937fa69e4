"""From one digit to another: the one before, the next, the next mistake, any; by buttons and by keys."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from fcnn.mnist import N_VALIDATION
from ui import cached
from ui.digit import InHand
from ui.digit_in_hand import in_hand, take_test_digit
from ui.network_shown import shown_network
from ui.press import act_once
from ui.visit import Visit, remembered
from ui.why.memory import WhyMemory

NO_MISTAKE = "It makes no mistake at all: every test digit is read rightly."


def draw_pager(state: Visit) -> None:
    """Draw the buttons."""
    memory = remembered(WhyMemory)
    # By letters: arrows belong to the slider and the pictures above, C and R to Streamlit.
    with st.container(horizontal=True, key="pager"):
        _button("Previous", "arrow_back", "p", step, state, -1)
        _button("Next", "arrow_forward", "n", step, state, 1)
        _button("Next mistake", "rule", "m", next_mistake, state)
        _button("Random", "casino", "x", any_digit, state)
    if memory.no_mistake:
        memory.no_mistake = False
        st.info(NO_MISTAKE, icon=":material/check_circle:")


def _button(label: str, icon: str, key: str, act: Callable[..., None], *args: object) -> None:
    st.button(label, icon=f":material/{icon}:", shortcut=key, on_click=act_once(act), args=args)


def step(state: Visit, by: int) -> None:
    """Take the next digit of the same set in hand; beside one's own stands the first of the test set."""
    before = in_hand(state)
    if before.of == "validation":
        state.digit = InHand("validation", (before.index + by) % N_VALIDATION)
        return
    start = -1 if before.of == "own" and by > 0 else before.index
    take_test_digit(state, (start + by) % _n_test())


def next_mistake(state: Visit) -> None:
    """Take the next test digit in hand that the network reads wrongly at this epoch."""
    shown, before = shown_network(state), in_hand(state)
    answers = cached.answers_to_test(shown.key, shown.spec, shown.params)
    wrong = np.flatnonzero(answers.digits != cached.load_mnist().test.labels)
    if not len(wrong):
        remembered(WhyMemory).no_mistake = True
        return
    place = np.searchsorted(wrong, before.index, side="right") if before.of == "test" else 0
    take_test_digit(state, int(wrong[place % len(wrong)]))


def any_digit(state: Visit) -> None:
    """Take any test digit in hand."""
    take_test_digit(state, int(np.random.default_rng().integers(_n_test())))


def _n_test() -> int:
    return len(cached.load_mnist().test.labels)
