"""Which damage: its kind, and of a layer or of neurons, which."""

from functools import partial

import streamlit as st

from fcnn.network import NetworkSpec
from ui.address_bar import save_address
from ui.choices import choice, select
from ui.lab.bench import Bench
from ui.lab.damages import ORDERS, Damage
from ui.lab.kinds import KINDS
from ui.lab.words import layer_name
from ui.visit import Visit, set_widget, widget_value

KIND, LAYER, FIRST, UNITS = "damage", "layer", "first", "units"  # words of the address
MOST_OWN = 8  # neurons of one's own choice: as many as a word of the address has room for
NO_HIDDEN = "This network has no hidden layer, and so no neurons that could be switched off."
NUMBERS = f"At most {MOST_OWN} neurons, by the numbers that the Weights and Why pages give them."
_small = partial(st.selectbox, width=210)


def choose_damage(state: Visit, bench: Bench) -> None:
    """Draw the choice of the kind, and of what it asks for."""
    spec = bench.shown.spec
    kind = select(state, KIND, "Damage", {name: kind.title for name, kind in KINDS.items()}, draw=_small)
    layers = _layers(kind, spec)
    if len(layers) > 1:
        select(state, LAYER, "Layer", layers, draw=_small)
    if kind == "units" and layers:
        first = select(state, FIRST, "Neurons", ORDERS, draw=_small)
        if first == "own":
            _choose_units(state, spec, int(choice(state, LAYER, layers)) - 1)
    if kind == "units" and not layers:
        st.info(NO_HIDDEN, icon=":material/info:")


def damage_chosen(state: Visit, spec: NetworkSpec) -> Damage | None:
    """Return the damage that is chosen; None if the network has nothing of the kind, or no neuron is chosen."""
    kind = choice(state, KIND, {name: kind.title for name, kind in KINDS.items()})
    layers = _layers(kind, spec)
    if kind not in ("units", "scale"):
        return Damage(kind)
    if not layers:
        return None
    layer = int(choice(state, LAYER, layers)) - 1
    order = choice(state, FIRST, ORDERS) if kind == "units" else "least"
    own = _units(state, spec.sizes[layer + 1]) if order == "own" else ()
    return None if order == "own" and not own else Damage(kind, layer, order, own)


def _layers(kind: str, spec: NetworkSpec) -> dict[str, str]:
    """Return the layers that a kind of damage can be done to: word of the address -> words on the screen."""
    n = {"units": len(spec.hidden), "scale": len(spec.sizes) - 1}.get(kind, 0)
    return {str(i + 1): layer_name(i, spec).capitalize() for i in range(n)}


def _choose_units(state: Visit, spec: NetworkSpec, layer: int) -> None:
    width, key = spec.sizes[layer + 1], f"lab_units_{layer}"

    def save() -> None:
        state.choices[UNITS] = "-".join(map(str, widget_value(key)))
        save_address(state)

    set_widget(key, list(_units(state, width)))
    st.multiselect(
        "Their numbers", range(width), key=key, on_change=save, max_selections=MOST_OWN, width=300,
        placeholder=f"choose some of 0 to {width - 1:,}", help=NUMBERS,
    )  # fmt: skip


def _units(state: Visit, width: int) -> tuple[int, ...]:
    words = dict.fromkeys(state.choices.get(UNITS, "").split("-"))
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 5]
    return tuple(dict.fromkeys(k for k in numbers if k < width))[:MOST_OWN]
