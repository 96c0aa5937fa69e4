"""How strongly does each layer learn, and which neurons stay silent? Lines over the moments that were kept."""

from collections.abc import Sequence
from math import nan

import numpy as np
import streamlit as st

from charts.answers import percent
from charts.over_moments import Line, over_moments_figure
from fcnn.activations import ACTIVATIONS
from fcnn.inside.signals import N_IMAGES
from ui.components.live_plot import live_plot
from ui.network_shown import NetworkShown, params_of_epochs
from ui.visit import Visit
from ui.weights.layer import layer_name
from ui.weights.silent import all_silent_shares, can_be_silent
from ui.your_run import view_of_run

MOST_MOMENTS = 60  # that are drawn
CLICK = "Click a line to go to that moment."
GRADIENT = (
    "The length of each layer's gradient, at the update before each moment: the steeper the loss is there, the longer, "
    "and the further its weights move. Where it is next to 0, a layer hardly learns any more, or not yet."
)
NO_GRADIENT = (
    "Gradients are made while a network learns. Of this one the weights were kept and no gradients; of your own runs "
    "you see them here."
)
SILENT = (
    "The share of each hidden layer that says 0 to every one of {n} training digits: it has no say in any of these "
    "answers, and learns nothing from these digits."
)
NEVER_SILENT = "With {activation} no neuron is ever quite silent, so there is nothing to count."


def draw_course(state: Visit, shown: NetworkShown) -> None:
    """Draw both questions side by side."""
    numbers = drawn_moments(shown)
    with st.container(key="split_course"):
        gradients, silent = st.columns(2, gap="medium")
    with gradients:
        st.header("How strongly does each layer learn?", anchor=False)
        _draw_gradients(state, shown, numbers)
    if shown.spec.hidden:
        with silent:
            st.header("Which neurons stay silent?", anchor=False)
            _draw_silent(state, shown, numbers)


def drawn_moments(shown: NetworkShown) -> list[float]:
    """Return the numbers of the moments that are drawn: all, or the first, the last, the one shown and some between."""
    n = len(shown.numbers)
    places = {round(place) for place in np.linspace(0, n - 1, min(n, MOST_MOMENTS))}
    return [shown.numbers[place] for place in sorted(places | {shown.numbers.index(shown.number)})]


def _draw_gradients(state: Visit, shown: NetworkShown, numbers: Sequence[float]) -> None:
    view = view_of_run(state) if shown.source == "run" else None
    norms = {record.number: record.gradient_norms for record in view.records} if view else {}
    if not any(norms.get(number) for number in numbers):
        st.markdown(NO_GRADIENT)
        return
    n_layers = len(shown.params)
    rows = np.array([norms.get(number) or (nan,) * n_layers for number in numbers])
    lines = [Line(layer_name(shown.spec, place), rows[:, place]) for place in range(n_layers)]
    st.markdown(GRADIENT)
    _draw(state, shown, numbers, lines, key="gradients", title="length of the gradient", hover="%{y:.3g}", log=True)


def _draw_silent(state: Visit, shown: NetworkShown, numbers: Sequence[float]) -> None:
    if not can_be_silent(shown.spec):
        st.markdown(NEVER_SILENT.format(activation=ACTIVATIONS[shown.spec.activation].title))
        return
    epochs = params_of_epochs(state, shown)
    kept = {number: epochs[number] for number in numbers if number in epochs}
    shares = all_silent_shares().of(shown.name, shown.spec, kept)
    st.markdown(f"{SILENT.format(n=N_IMAGES)}  \n{_tell_now(shown, shares[shown.number])}")
    if len(kept) < 2:
        return
    rows = 100 * np.array(list(shares.values()))
    lines = [Line(layer_name(shown.spec, place), rows[:, place]) for place in range(rows.shape[1])]
    _draw(state, shown, list(kept), lines, key="silent", title="silent neurons (%)", hover="%{y:.1f} %", log=False)


def _tell_now(shown: NetworkShown, shares: Sequence[float]) -> str:
    """Say how many are silent at the moment that is shown."""
    parts = [f"**{percent(share, 1)}**" for share in shares]
    if len(parts) > 1:
        parts = [f"{part} of hidden layer {number}" for number, part in enumerate(parts, start=1)]
    return f"At {shown.moment}: {', '.join(parts)}."


def _draw(
    state: Visit, shown: NetworkShown, numbers: Sequence[float], lines: Sequence[Line], *, key: str, title: str,
    hover: str, log: bool,
) -> None:  # fmt: skip
    names = [shown.called(number) for number in numbers]
    final = shown.final

    def go_to(place: int) -> None:
        number = numbers[place]
        state.epoch, state.playing = (None if number == final else number), False

    at = numbers.index(shown.number)
    figure = over_moments_figure(lines, names, at=at, title=title, hover=hover, log=log)
    live_plot(figure, key=f"weights_{key}", alt=f"Over the moments of the training: {title}", on_point=go_to)
    st.caption(CLICK)
