"""The kinds of damage, and how strong each can be."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from fcnn.inside.surgery import MOST_BITS

FLOAT_BITS = 32
_TENTHS = tuple(i / 10 for i in range(10))


class Kind(NamedTuple):
    """A kind of damage."""

    title: str
    about: str  # what it does, in a sentence
    axis: str  # what its strength is
    strengths: tuple[float, ...]  # from the weakest on
    usual: float  # what is shown at first
    none: float = 0.0  # leaves the network as it is


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "prune": Kind(
            "Prune weights",
            "The smallest weights become 0, as if those connections were cut.",
            "weights that are pruned (%)",
            (*_TENTHS, 0.95, 0.98, 0.99),
            0.9,
        ),
        "units": Kind(
            "Switch neurons off",
            "These neurons pass on 0, whatever they read.",
            "neurons that are off (%)",
            (*_TENTHS, 0.95, 1.0),
            0.5,
        ),
        "noise": Kind(
            "Add noise",
            "Each weight is moved by chance, the same way each time. At 100 % the noise is as large as the typical "
            "weight of its layer.",
            "noise, of a typical weight (%)",
            (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0),
            1.0,
        ),
        "bits": Kind(
            "Round weights",
            "Weights are rounded to few values: 8 bits make 255 of them for each neuron, 2 bits make 3, and one bit is "
            "the sign alone. It learned with 32.",
            "bits of a weight",
            (FLOAT_BITS, *range(MOST_BITS, 0, -1)),
            3,
            FLOAT_BITS,
        ),
        "scale": Kind(
            "Scale a layer",
            "The weights and biases of one layer are multiplied. In the last one that changes how sure it is, and not "
            "what it says, as long as the number is above 0.",
            "weights and biases of the layer, times",
            (0.0, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0),
            4.0,
            1.0,
        ),
    }
)
