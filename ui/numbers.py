"""Numbers in sentences and tables, and what the parts of a network are called there."""

from charts.weights import short
from fcnn.pixels import SIDE

MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"


def number(value: float, digits: int = 3) -> str:
    """Return a number with a proper minus sign."""
    return short(value, digits).replace("-", MINUS, 1) if value < 0 else short(abs(value), digits)


def signed(value: float) -> str:
    """Return a number with its sign, to one decimal place, or to two that count where that would be 0."""
    text = f"{abs(value):,.1f}" if abs(value) >= 0.05 or value == 0 else f"{abs(value):.2g}"
    return f"{MINUS if value < 0 else '+'}{text}"


def source_name(place: int, *, from_pixels: bool) -> str:
    """Return where a term of a sum comes from: a pixel, counted from 1, or a neuron of the layer below."""
    return f"row {place // SIDE + 1}, column {place % SIDE + 1}" if from_pixels else f"neuron {place}"


def neuron_name(layer: int, neuron: int, n_hidden: int) -> str:
    """Return what to call a neuron: 'neuron 17', 'neuron 17 of hidden layer 2', 'digit 9'."""
    if layer == n_hidden:
        return f"digit {neuron}"
    return f"neuron {neuron} of hidden layer {layer + 1}" if n_hidden > 1 else f"neuron {neuron}"
