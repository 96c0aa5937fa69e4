"""The order of the neurons: each keeps its place while the epochs go by."""

from collections.abc import Mapping

import streamlit as st

from fcnn.inside.neurons import NEURON_ORDERS, has_exploded, sort_neurons
from fcnn.types import Indices, Params
from ui.choices import choice, select
from ui.network_shown import cache_key, params_of_epochs
from ui.visit import Visit, on_screen, remembered
from ui.weights import asked
from ui.weights.layer import LayerShown
from ui.weights.memory import SortedNeurons, WeightsMemory

SORT = "sort"  # the word of the address
_ALL = {name: order.title for name, order in NEURON_ORDERS.items()}
_OF_DIGITS = {name: _ALL[name] for name in ("stored", "norm", "active")}  # each supports its own digit


def chosen_order(state: Visit, layer: LayerShown) -> str:
    """Return by what the neurons are sorted, a key of NEURON_ORDERS."""
    return choice(state, SORT, _orders(layer))


def choose_order(state: Visit, layer: LayerShown) -> Indices:
    """Draw the choice of the order, and return the numbers of the neurons in it.

    The order is that of the last epoch. While a run goes on there is no last one, and the order stays as it was when
    the visitor came or chose it.
    """
    shown, memory = layer.shown, remembered(WeightsMemory)
    if not on_screen(f"choice_{SORT}"):  # the page has just been opened
        memory.forget_order()
    where = st.container(horizontal=True, vertical_alignment="bottom")
    with where:
        by = select(state, SORT, "Sort", _orders(layer), width=260, help="Each keeps its place while the epochs go by.")
    now = memory.neurons
    if not shown.running or now is None or (now.network, now.layer, now.by) != (shown.name, layer.place, by):
        now = memory.neurons = _sort(params_of_epochs(state, shown), layer, by)
    if by != "stored" and now.epoch != shown.number:
        where.caption(f"as of {shown.called(now.epoch)}")
    if shown.running and by != "stored":
        where.button("Sort again", icon=":material/sort:", on_click=memory.forget_order)
    return now.numbers


def _orders(layer: LayerShown) -> Mapping[str, str]:
    return _OF_DIGITS if layer.is_output else _ALL


def _sort(epochs: Mapping[float, Params], layer: LayerShown, by: str) -> SortedNeurons:
    """Sort by the last epoch that has not exploded."""
    shown, place = layer.shown, layer.place
    number = next((n for n in sorted(epochs, reverse=True) if not has_exploded(epochs[n])), shown.number)
    key = cache_key(shown.name, number)
    neurons = asked.neurons_of(key, place, shown.spec, epochs[number], live=layer.following)
    return SortedNeurons(shown.name, place, by, sort_neurons(neurons, by), number)
