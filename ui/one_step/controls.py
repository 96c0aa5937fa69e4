"""What is learned from, how the update is made, and the buttons that make it."""

import streamlit as st

from fcnn.config import CHOICES
from fcnn.optimizers import OPTIMIZERS
from fcnn.pixels import as_images
from fcnn.settings import SETTINGS
from fcnn.written import exact
from ui.choices import choice, select
from ui.components.gallery import gallery
from ui.digit_in_hand import digit_in_hand
from ui.network_line import SOURCES
from ui.network_shown import NetworkShown
from ui.one_step.choices import BY, DRAWN, LESSONS, MEANT, OF, RATE, config_of
from ui.one_step.cost import has_time
from ui.one_step.keep import keep
from ui.one_step.lesson import Lesson, batch_number, lesson_of
from ui.one_step.memory import OneStepMemory
from ui.one_step.the_copy import advance, let_go
from ui.press import act_once
from ui.visit import Visit, remembered, set_widget, widget_value
from ui.words import a_digit, plain

N_BATCH_SHOWN = 10
TILE_PX = 56
PRESSES = (1, 10, 100)
NOBODY = ""  # the first option of what one's own digit is meant to be
TESTING = "Training never learns from a {of} digit. Here it may: this is only an experiment on a copy."
TOO_LONG = "So many updates of so large a network would take too long for one press."
ON_A_COPY = "You work on a **copy** of {name}, as it was at {moment}. The network itself stays as it is."
GONE_ON = " The run has gone on meanwhile, to {moment}."


def draw_lesson(state: Visit, shown: NetworkShown) -> None:
    """Draw the choice of what is learned from, and what that is."""
    if choice(state, OF, LESSONS) == "batch":
        select(state, OF, "Learn from", LESSONS, draw=st.segmented_control)
        lesson = lesson_of(state, shown.spec)
        if lesson is not None:
            _draw_batch(state, lesson)
        return
    digit = digit_in_hand(state)
    with st.container(horizontal=True, vertical_alignment="center"):
        select(state, OF, "Learn from", LESSONS, draw=st.segmented_control, width="content")
        with st.container(width="content"):
            gallery(as_images(digit.image), key="step_digit", captions=[""], labels=[digit.label], tile_px=TILE_PX)
    if digit.truth is not None:
        st.caption(TESTING.format(of=digit.chosen.of))


def _draw_batch(state: Visit, lesson: Lesson) -> None:
    X, labels = (part[:N_BATCH_SHOWN] for part in lesson.examples)
    n = len(lesson.examples.labels)
    names = [a_digit(int(label)) for label in labels]
    gallery(as_images(X), key="step_batch", captions=[""] * len(labels), labels=names, tile_px=TILE_PX // 2)
    with st.container(horizontal=True, vertical_alignment="center"):
        more = f", {len(labels)} of them shown" if n > len(labels) else ""
        st.caption(f"{n} training digits{more}", width="content")
        another = act_once(_another_batch)
        st.button("Another batch", icon=":material/casino:", on_click=another, args=(state,))


def _another_batch(state: Visit) -> None:
    state.choices[DRAWN] = str(batch_number(state) + 1)


def draw_meant(state: Visit) -> None:
    """Ask what a digit of one's own is meant to be: without a truth there is no loss."""
    digit = digit_in_hand(state)
    if digit.truth is not None or choice(state, OF, LESSONS) == "batch":
        return
    options = {NOBODY: "not said yet"} | {name: name for name in "0123456789"}
    st.markdown(f"Nobody but you knows what {digit.name} is, and without a truth there is no loss.")
    select(state, MEANT, "It is meant to be", options, width=160)


def draw_how(state: Visit) -> None:
    """Draw the optimizer and the learning rate; another optimizer begins with the rate that is usual for it."""
    row, memory = SETTINGS["learning_rate"], remembered(OneStepMemory)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        select(state, BY, "Optimizer", CHOICES["optimizer"], width=190)
        config = config_of(state)
        if memory.rate_of not in ("", config.optimizer):
            state.choices.pop(RATE, None)
            config = config_of(state)
        memory.rate_of = config.optimizer
        set_widget("step_rate", config.learning_rate)

        def save() -> None:
            state.choices[RATE] = exact(widget_value("step_rate"))

        stops = sorted({*row.stops, config.learning_rate})
        st.select_slider(row.title, stops, format_func=exact, key="step_rate", help=row.help, on_change=act_once(save))
    others = [f"momentum {exact(config.momentum)}"] if OPTIMIZERS[config.optimizer].n_slots else []
    others += [f"L2 {exact(config.l2)}"] if config.l2 else []
    if others:
        st.caption(f"With {' and '.join(others)}, as on the Train page.")


def draw_buttons(state: Visit, shown: NetworkShown, n: int, *, sound: bool) -> None:
    """Draw the buttons for updates with n examples, to start again and to keep, and say of what the copy is."""
    memory = remembered(OneStepMemory)
    with st.container(horizontal=True, key="step_buttons"):
        for count in PRESSES:
            possible = has_time(shown.spec, n, count)
            st.button(
                f"{count} update{'' if count == 1 else 's'}", key=f"step_{count}", disabled=not (sound and possible),
                type="primary" if count == 1 else "secondary", help=None if possible else TOO_LONG,
                on_click=act_once(advance), args=(state, count),
            )  # fmt: skip
    gone_on = shown.number != memory.number
    with st.container(horizontal=True, vertical_alignment="center", key="step_ends"):
        again = "Take it as it is now" if gone_on else "Start again"
        st.button(
            again, icon=":material/restart_alt:", disabled=not (memory.n_updates or gone_on),
            on_click=act_once(start_again),
        )  # fmt: skip
        st.button(
            "Keep it", icon=":material/save:", disabled=not (memory.n_updates and sound), on_click=act_once(keep),
            args=(state,), help="The changed network joins your list of runs, and every page shows it.",
        )  # fmt: skip
    name = memory.name if memory.name in SOURCES.values() else plain(memory.name, 40)
    text = ON_A_COPY.format(name=name, moment=memory.moment)
    st.markdown(text + (GONE_ON.format(moment=shown.moment) if gone_on else ""))


def start_again() -> None:
    """Throw the copy away: the next one is that of the network as it is shown."""
    memory = remembered(OneStepMemory)
    let_go(memory)
    memory.problem = memory.kept = memory.note = ""
