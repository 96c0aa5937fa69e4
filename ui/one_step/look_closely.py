"""The One step page: what is learned from, the update, what it changes, how far it goes, and one weight in it."""

import streamlit as st

from ui.address_bar import save_address
from ui.components.mount import style
from ui.following import follow, pace_s
from ui.network_line import choose_network
from ui.network_shown import shown_network
from ui.one_step.change import draw_change
from ui.one_step.choices import config_of
from ui.one_step.controls import draw_buttons, draw_how, draw_lesson, draw_meant
from ui.one_step.lesson import lesson_of
from ui.one_step.look import Look, look
from ui.one_step.memory import OneStepMemory
from ui.one_step.the_copy import have_copy
from ui.one_step.way import draw_way
from ui.one_step.weight import draw_weight
from ui.uploads import NO_MEMORY, BusyError
from ui.visit import Visit, remembered
from ui.why_link import link_to_why

EXPLODED = (
    "The numbers of this network grew beyond any use, and nothing can be learned from here. "
    "Choose an earlier epoch, or train again with a smaller learning rate."
)
TOO_FAR = (
    "The learning rate was far too large: the updates led beyond all numbers that a computer can hold. Start again, "
    "with a smaller one."
)


def look_and_follow(state: Visit) -> None:
    """Draw the page, and again and again while the network that is shown learns."""
    if pace_s(state) is None:
        look_closely(state)
    else:
        follow(look_closely, state)


def look_closely(state: Visit) -> None:
    """Draw the page for the network, the moment and the digit that are shown."""
    style(__file__)
    choose_network(state)
    st.fragment(_look)(state)


def _look(state: Visit) -> None:
    memory = remembered(OneStepMemory)
    if memory.network_changed:
        memory.network_changed = False
        st.rerun()  # all of the page shows what was kept
    shown, config = shown_network(state), config_of(state)
    with st.container(key="split_step"):
        left, right = st.columns(2, gap="medium")
    with left:
        draw_lesson(state, shown)
        lesson = lesson_of(state, shown.spec)
        if lesson is None:
            draw_meant(state)
            return
        standing = have_copy(state, shown, lesson, config.optimizer)
        looked: Look | None = None
        if standing is not None:
            try:
                looked = look(state, shown, lesson, standing)
            except BusyError:
                looked = None
        if looked is None:
            st.info(NO_MEMORY, icon=":material/hourglass_empty:")
            return
        draw_meant(state)
        draw_how(state)
        draw_buttons(state, shown, len(lesson.examples.labels), sound=looked.sound)
        _draw_trouble(memory, looked)
    with right:
        draw_change(state, lesson, looked)
    if looked.along is not None and looked.check is not None:
        draw_way(state, looked.along, len(lesson.examples.labels))
        draw_weight(state, looked, looked.check)
    link_to_why(state)
    save_address(state)


def _draw_trouble(memory: OneStepMemory, looked: Look) -> None:
    if not looked.sound:
        st.error(TOO_FAR if memory.n_updates else EXPLODED, icon=":material/error:")
    if memory.problem:
        st.info(memory.problem, icon=":material/hourglass_empty:")
    if memory.kept:
        st.success(memory.kept, icon=":material/check:")
    if memory.note:
        st.info(memory.note, icon=":material/info:")
