"""What is chosen on this page: words of its address, each with what it is as long as nobody chooses."""

from dataclasses import replace

from fcnn.config import CHOICES, TrainConfig
from fcnn.network import NetworkSpec
from fcnn.optimizers import OPTIMIZERS
from fcnn.settings import SETTINGS
from fcnn.written import number
from ui.choices import choice, whole_number
from ui.visit import Visit

OF, DRAWN, MEANT, BY, RATE = "of", "drawn", "meant", "by", "lr"
LAYER, NEURON, WEIGHT = "layer", "neuron", "weight"
BIAS = "b"  # in place of the number of an input
LESSONS = {"digit": "The digit in hand", "batch": "A batch"}


def config_of(state: Visit) -> TrainConfig:
    """Return how an update is made: the optimizer and the rate of this page, all else as on the Train page."""
    optimizer = choice(state, BY, CHOICES["optimizer"])
    return replace(state.config, optimizer=optimizer, learning_rate=_rate(state, optimizer))


def _rate(state: Visit, optimizer: str) -> float:
    try:
        rate = number(state.choices.get(RATE, ""))
    except ValueError:
        rate = -1.0
    is_step = rate > 0 and SETTINGS["learning_rate"].allows(rate)
    return rate if is_step else OPTIMIZERS[optimizer].usual_learning_rate


def chosen_layer(state: Visit, spec: NetworkSpec) -> int:
    """Return which layer is looked at."""
    word = state.choices.get(LAYER, _opened_on_why(state)[0])
    return whole_number(word, below=len(spec.sizes) - 1) or 0


def chosen_neuron(state: Visit, spec: NetworkSpec, layer: int) -> int | None:
    """Return the neuron of that layer that was chosen."""
    word = state.choices.get(NEURON, "" if LAYER in state.choices else _opened_on_why(state)[1])
    return whole_number(word, below=spec.sizes[layer + 1])


def _opened_on_why(state: Visit) -> tuple[str, str]:
    """Return layer and neuron of the one that is open on the Why page; "" for none."""
    layer, _, neuron = state.chosen.get("why", {}).get("unit", "").partition("-")
    return layer, neuron


def chosen_row(state: Visit, spec: NetworkSpec, layer: int) -> int | str | None:
    """Return the input whose weight was chosen, BIAS for the bias, None if nobody has chosen."""
    word = state.choices.get(WEIGHT, "")
    return BIAS if word == BIAS else whole_number(word, below=spec.sizes[layer])
