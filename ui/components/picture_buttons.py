"""Neurons of the picture of the network that open at a click: what each is called, and what a click tells."""

from collections.abc import Callable
from typing import Any

from charts.answers import sure
from fcnn.inside.wiring import Wiring
from ui.press import act_once
from ui.visit import heard


def sent_buttons(wiring: Wiring, opened: tuple[int, int] | None) -> dict[str, Any]:
    """Return what the picture is told of its buttons: the neurons of each column, their names, and which is open."""
    return {"neurons": _columns(wiring), "names": _names(wiring), "opened": opened}


def hear_buttons(key: str, wiring: Wiring, on_open: Callable[[int, int], None]) -> Callable[[], None]:
    """Return what Streamlit calls at a click, and keeps: so it does not hold the network."""
    columns = _columns(wiring)

    def opened() -> None:
        sent = heard(key).get("opened")  # the browser may send anything
        if isinstance(sent, list) and len(sent) == 2 and all(type(number) is int for number in sent):
            layer, neuron = sent
            if 0 <= layer < len(columns) and neuron in columns[layer]:
                on_open(layer, neuron)

    return act_once(opened)


def _columns(wiring: Wiring) -> list[list[int]]:
    return [*(layer.neurons.tolist() for layer in wiring.hidden), list(range(len(wiring.probabilities)))]


def _names(wiring: Wiring) -> list[list[str]]:
    several = len(wiring.hidden) > 1
    hidden = [
        [
            f"Neuron {neuron}{f' of hidden layer {i}' if several else ''}: {_active(share)}"
            for neuron, share in zip(layer.neurons, layer.lit, strict=True)
        ]
        for i, layer in enumerate(wiring.hidden, start=1)
    ]
    return [*hidden, [f"Digit {digit}: {sure(p)}" for digit, p in enumerate(wiring.probabilities)]]


def _active(share: float) -> str:
    return "silent" if share == 0 else f"{100 * abs(share):.0f} % active{', below zero' if share < 0 else ''}"
