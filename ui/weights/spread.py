"""How are its weights spread? A small chart a layer, now and before it learned anything."""

import numpy as np
import streamlit as st

from charts.spread import spread_figure
from ui.components.live_plot import live_plot
from ui.network_shown import NetworkShown, cache_key, params_of_epochs
from ui.visit import Visit
from ui.weights import asked
from ui.weights.layer import layer_name

PER_ROW = 3
ABOUT = "Of each layer, the share of the weights that have each size: filled, as they are at {moment}; "
WITH_START = "as a line, as they were drawn at random before it learned anything. What moved has learned."
NO_START = "how they were at the start was not kept."
AT_START = "here that is the start, so the line says the same."


def draw_spread(state: Visit, shown: NetworkShown) -> None:
    """Draw the histograms of all layers, on one scale."""
    first = params_of_epochs(state, shown).get(0)
    st.header("How are its weights spread?", anchor=False)
    rest = NO_START if first is None else AT_START if shown.number == 0 else WITH_START
    st.markdown(ABOUT.format(moment=shown.moment) + rest)
    start_key = cache_key(shown.name, 0) if first is not None else ""
    histograms = asked.histograms(shown.key, start_key, shown.params, shown.params if first is None else first)
    reach, n_layers = max(float(histogram.edges[-1]) for histogram in histograms), len(histograms)
    for row in range(0, n_layers, PER_ROW):
        with st.container(key=f"split_spread_{row}"):
            columns = st.columns(min(PER_ROW, n_layers), gap="medium")
        for place, column in zip(range(row, min(row + PER_ROW, n_layers)), columns, strict=False):
            W = shown.params[place].W
            title = f"{layer_name(shown.spec, place)}: {W.size:,} weights"
            figure = spread_figure(histograms[place], title=title, reach=reach, with_start=first is not None)
            with column:
                live_plot(figure, key=f"spread_{place}", alt=f"How the weights are spread. {title}")
    _tell_beyond(shown, sum(histogram.n_beyond for histogram in histograms))


def _tell_beyond(shown: NetworkShown, n_beyond: int) -> None:
    words = f"At the ends of each shape larger weights are counted, too: {n_beyond:,} in all."
    if n_lost := sum(int((~np.isfinite(W)).sum()) for W, _ in shown.params):
        words += f" {n_lost:,} are not even numbers any more, and are left out."
    st.caption(words)
