"""How many hidden layers the network has, and how many neurons each of them."""

import streamlit as st

from fcnn.settings import SETTINGS
from ui.train.controls import control
from ui.visit import Visit

WIDTHS_A_ROW = 3
NEW_WIDTH = 64  # neurons of a hidden layer that is added


def choose_layers(state: Visit, *, disabled: bool) -> None:
    """Draw the number of hidden layers, and a field for the neurons of each."""
    row = SETTINGS["n_hidden_layers"]
    fewest, most = map(int, row.range)

    def save_count(count: int | None) -> None:
        widths = (state.spec.hidden + (NEW_WIDTH,) * most)[: count or 0]
        state.settings = state.settings.changed(SETTINGS["hidden"], widths)

    n, counts = len(state.spec.hidden), list(range(fewest, most + 1))
    control(row, n, save_count, st.segmented_control, counts, disabled=disabled)
    if n == 0:
        return
    columns = [column for _ in range(0, n, WIDTHS_A_ROW) for column in st.columns(min(n, WIDTHS_A_ROW))]
    for i, column in enumerate(columns[:n]):
        with column:
            _choose_width(state, i, disabled=disabled)


def _choose_width(state: Visit, i: int, *, disabled: bool) -> None:
    def save(width: int) -> None:
        widths = (*state.spec.hidden[:i], width, *state.spec.hidden[i + 1 :])
        state.settings = state.settings.changed(SETTINGS["hidden"], widths)

    row = SETTINGS["hidden"]
    control(
        row, state.spec.hidden[i], save, st.number_input, *map(int, row.range),
        label=f"{row.label} {i + 1}", suffix=str(i), disabled=disabled,
    )  # fmt: skip
