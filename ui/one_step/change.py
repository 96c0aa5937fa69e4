"""What did the updates change? The loss before and after, and the ten bars of the digit in hand."""

from math import isfinite

import numpy as np
import streamlit as st

from charts.answers import probability_bars, sure
from fcnn.types import Array
from ui.choices import choice
from ui.components.live_plot import live_plot
from ui.digit_in_hand import digit_in_hand
from ui.numbers import MINUS, number
from ui.one_step.choices import LESSONS, OF
from ui.one_step.lesson import Lesson, truth_of
from ui.one_step.look import Look
from ui.one_step.memory import OneStepMemory, Press
from ui.one_step.the_copy import n_updates_in_words
from ui.visit import Visit, remembered

BARS_PX = 270
ABOUT_LOSS = "The loss says how surprised it is by the truth: 0 would be no surprise at all."
OF_ANOTHER = "The bars are those of the digit in hand, which is not in the batch: learning from others changes it, too."
LITTLE = 0.01
LITTLE_LEFT = "So there is hardly anything left to learn here: take a mistake in hand, or an earlier epoch."
FAINT = "Faint: before the last press."


def draw_change(state: Visit, lesson: Lesson, looked: Look) -> None:
    """Draw what the last press and all together have changed."""
    memory, digit = remembered(OneStepMemory), digit_in_hand(state)
    with st.container(key="step_section_change"):
        st.header("What did it change?", anchor=False)
        st.markdown(tell(memory, lesson, looked.loss))
        p, last = looked.said, memory.last
        before = last.said_before if last is not None and last.digit == digit.chosen else None
        answer = int(p.argmax()) if np.isfinite(p).all() else None
        live_plot(
            probability_bars(p, answer=answer, truth=truth_of(state, digit), height=BARS_PX, before=before),
            key="step_bars",
            alt=_alt(digit.label, answer, p),
        )
        about = [OF_ANOTHER] if choice(state, OF, LESSONS) == "batch" else []
        about += [FAINT] if before is not None else []
        if about:
            st.caption(" ".join(about))


def _alt(label: str, answer: int | None, p: Array) -> str:
    says = "it has no answer" if answer is None else f"it answers {answer}, {sure(p[answer])} sure"
    return f"The ten probabilities for the digit in hand, {label}: {says}."


def tell(memory: OneStepMemory, lesson: Lesson, loss: float) -> str:
    """Return in sentences what the loss is, and what became of it."""
    last = memory.last
    if last is None and not isfinite(loss):
        return f"It has no loss on {lesson.name}: its numbers are beyond any use."
    if last is None:
        more = LITTLE_LEFT if loss < LITTLE else "Press **1 update** to let it learn."
        return f"Its loss is **{number(loss)}** on {lesson.name}. {ABOUT_LOSS} {more}"
    lines = [f"After **{n_updates_in_words(memory.n_updates)}** on {lesson.name}:"]
    which = "" if last.n_updates == memory.n_updates else _which(last)
    lines.append(f"{which}The loss {moved(last.loss_before, last.loss_after)}.")
    if last.n_updates != memory.n_updates:
        lines.append(f"All together: the loss {moved(memory.loss_at_start, last.loss_after)}.")
    n = len(lesson.examples.labels)
    if n > 1 and isfinite(last.loss_after):
        lines.append(f"It reads {last.n_right_after} of {n} rightly; before, {last.n_right_before}.")
    return "  \n".join(lines)


def _which(last: Press) -> str:
    return "The last one: " if last.n_updates == 1 else f"The last {last.n_updates}: "


def moved(before: float, after: float) -> str:
    """Return what a loss did: 'fell from 2.31 to 1.90 (-0.41)'."""
    first, then = apart(before, after)
    if not isfinite(after):
        return f"**rose from {first}** beyond all numbers"
    if first == then:
        return f"stayed at **{then}**"
    verb, sign = ("fell", MINUS) if after < before else ("rose", "+")
    return f"**{verb} from {first} to {then}** ({sign}{number(abs(after - before))})"


def apart(before: float, after: float) -> tuple[str, str]:
    """Return two losses with as many digits, of at most seven, as it takes to tell them apart, and three at least."""
    pairs = [(number(before, n), number(after, n)) for n in range(3, 8)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
