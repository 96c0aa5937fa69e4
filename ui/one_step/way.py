"""How far should it step? The loss along the way of the next update, with the step on it."""

from math import isfinite

import numpy as np
import streamlit as st

from charts.steps import steps_figure
from fcnn.inside.loss_along import LossAlong
from fcnn.written import exact
from ui.components.live_plot import live_plot
from ui.numbers import number
from ui.one_step.change import apart
from ui.one_step.choices import RATE
from ui.visit import Visit

CHART_PX = 290
ABOUT = (
    "An update goes downhill, along a straight line; the learning rate says how far. The curve is the loss after a "
    "step of each length. Click a point to choose its learning rate."
)
BY_HEART = "A single digit is soon known by heart, so that hardly any step is too large for it. A batch is not so easy."


def draw_way(state: Visit, along: LossAlong, n: int) -> None:
    """Draw the curve for n examples, and say of the step whether it is too small, right, or too large."""
    rates = [float(rate) for rate in along.t]

    def choose(place: int) -> None:
        if place < len(rates):
            state.choices[RATE] = exact(rates[place])

    with st.container(key="step_section_way"):
        st.header("How far should it step?", anchor=False)
        said = verdict(along)
        st.markdown(said)
        live_plot(
            steps_figure(along, CHART_PX), key="step_way", alt=f"The loss after steps of all lengths. {said}",
            on_point=choose,
        )  # fmt: skip
        st.caption(ABOUT if n > 1 else f"{ABOUT} {BY_HEART}")


def verdict(along: LossAlong) -> str:
    """Return in a sentence or two what the next update would do, and what others would."""
    losses = np.nan_to_num(along.losses, nan=np.inf)
    best = int(losses.argmin())
    first, then = apart(along.loss_before, along.loss_after)
    would = f"With **{exact(along.step)}** the next update"
    if along.verdict == "level":
        return f"{would} would change **hardly anything**: the loss is {first}, and this way leads no lower."
    to = then if isfinite(along.loss_after) else "beyond all numbers"
    said = f"{would} would be **{along.verdict}**: it would take the loss from {first} to {to}."
    if along.verdict == "right":
        return said
    if losses[best] >= along.loss_before:
        return f"{said} None of these steps would lower it."
    return f"{said} {exact(float(along.t[best]))} would take it to {number(float(losses[best]))}."
