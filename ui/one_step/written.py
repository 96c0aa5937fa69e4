"""The update of one weight written out, and its gradient by both ways, beside the lines of fcnn that compute them."""

from math import isfinite

import streamlit as st

from fcnn.inside.gradient_check import GradientCheck
from fcnn.inside.source import Lines, lines_of
from fcnn.network import backward
from fcnn.optimizers import OPTIMIZERS
from ui.numbers import number
from ui.one_step.choices import config_of
from ui.one_step.look import Look
from ui.visit import Visit

DIGITS = 6  # of a number whose change is to be seen
NEARLY = 1e-5  # of the larger one: so far the two ways may be apart, by rounding
FLAT = 1e-9  # of gradients so small rounding is all that is seen
KINK = "A ReLU that has its kink just here has no one slope: then the two ways may differ."
SMALL = "So small a slope is lost in rounding."


def draw_update(looked: Look, state: Visit) -> None:
    """Draw the formula of the optimizer, the numbers that stand for its letters, and what comes of them."""
    optimizer, written = OPTIMIZERS[config_of(state).optimizer], looked.written
    st.markdown(f"The next update by **{optimizer.title}**, where p is this weight:")
    st.latex(optimizer.formula)
    rows = [(f"${term.symbol}$", term.words, _number(term.value)) for term in written.terms]
    rows += [("$p$", "before", _number(written.before)), ("", "change", _number(written.change))]
    rows.append(("$p$", "after", _number(written.after)))
    heads = ("letter", "what it is", "here")
    columns = {head: [row[i] for row in rows] for i, head in enumerate(heads)}
    st.table(columns, border="horizontal", hide_index=True)
    _draw_code("The lines that do it", lines_of(optimizer.update))


def _number(value: float) -> str:
    return number(value, DIGITS) if isfinite(value) else "beyond all numbers"


def draw_check(check: GradientCheck, symbol: str, *, kinks: bool) -> None:
    """Draw the gradient by backward() and by a small change, and how far they are apart."""
    st.markdown("**Is the gradient right?**")
    st.markdown(tell(check, symbol, kinks=kinks))
    _draw_code("The lines that compute it", lines_of(backward))


def tell(check: GradientCheck, symbol: str, *, kinks: bool) -> str:
    """Return both numbers, and how they compare; kinks says whether the activation has one."""
    both = (
        f"backward() says **{_number(check.gradient)}**. Tried out: with {symbol} larger by {check.nudge:g}, "
        f"and smaller by as much, the loss is {check.loss_above:.10g} and {check.loss_below:.10g}; their difference, "
        f"divided by {2 * check.nudge:g}, is **{_number(check.difference)}**."
    )
    return f"{both} {_compared(check, kinks=kinks)}"


def _compared(check: GradientCheck, *, kinks: bool) -> str:
    if check.gradient == check.difference:
        return "They are the same."
    apart = abs(check.gradient - check.difference)
    if not isfinite(apart):
        return "Numbers so large cannot be compared."
    if check.disagreement <= NEARLY:
        return f"They differ by {check.disagreement:.1g} of their size: that is rounding."
    return f"They are {number(apart)} apart. {KINK if kinks and apart > FLAT else SMALL}"


def _draw_code(title: str, lines: Lines | None) -> None:
    if lines is None:
        return
    with st.expander(title):
        st.caption(f"{lines.file}, {lines.function}(), line {lines.start}")
        st.code(lines.text, language="python", wrap_lines=True)  # what scrolls shuts the keyboard out
