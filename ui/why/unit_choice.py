"""Which neuron is open, and which are switched off."""

import streamlit as st

from fcnn.inside.switched_off import without
from fcnn.network import NetworkSpec
from fcnn.types import Params
from ui.network_shown import NetworkShown
from ui.visit import Visit, remembered
from ui.why.memory import WhyMemory

WORK, SUMS = "why_work", "why_sums"  # the parts of the page that tell of the neuron that is open
UNIT = "unit"  # the word of the address: '0-17' is neuron 17 of the first layer
_MOST_LETTERS = 6


def opened_unit(state: Visit, spec: NetworkSpec) -> tuple[int, int] | None:
    """Return the layer and the neuron that is open; a digit is a neuron of the last layer."""
    layer, _, neuron = state.choices.get(UNIT, "").partition("-")
    if not all(part.isdecimal() and len(part) < _MOST_LETTERS for part in (layer, neuron)):
        return None
    i, k = int(layer), int(neuron)
    return (i, k) if i < len(spec.sizes) - 1 and k < spec.sizes[i + 1] else None


def open_unit(state: Visit, layer: int, neuron: int) -> None:
    """Open a neuron, or close it, if it is the one that is open; draws the two parts anew that tell of it."""
    word = f"{layer}-{neuron}"
    if state.choices.get(UNIT) == word:
        state.choices.pop(UNIT)
    else:
        state.choices[UNIT] = word
        for of_another in ("layer", "neuron", "weight"):  # the neuron that was opened last goes under the microscope
            state.chosen.get("one_step", {}).pop(of_another, None)
        state.reveals += 1
    st.rerun([WORK, SUMS])


def switched_off(shown: NetworkShown) -> frozenset[tuple[int, int]]:
    """Return the neurons of this network that are switched off."""
    memory = remembered(WhyMemory)
    return memory.off if memory.off_of == shown.name else frozenset()


def switch(name: str, layer: int, neuron: int) -> None:
    """Switch a neuron of the network of this name off, or on again."""
    memory = remembered(WhyMemory)
    before = memory.off if memory.off_of == name else frozenset()
    memory.off, memory.off_of = before ^ {(layer, neuron)}, name


def all_on() -> None:
    """Switch all neurons on again."""
    remembered(WhyMemory).off = frozenset()


def as_switched(params: Params, off: frozenset[tuple[int, int]]) -> Params:
    """Return a network in which these neurons pass on 0."""
    for layer in sorted({layer for layer, _ in off}):
        params = without(params, layer, [neuron for i, neuron in off if i == layer])
    return params
