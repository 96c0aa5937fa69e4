"""What the Weights page remembers."""

from dataclasses import dataclass
from typing import NamedTuple

from fcnn.types import Indices


class SortedNeurons(NamedTuple):
    """The neurons in the order that they had when somebody last sorted them."""

    network: str
    layer: int  # 0 is the first
    by: str  # a key of NEURON_ORDERS
    numbers: Indices
    epoch: float  # whose weights decided


@dataclass
class WeightsMemory:
    """Which neuron stands where while a network learns, and whether another was chosen."""

    neurons: SortedNeurons | None = None
    menu_is_old: bool = False  # whether a neuron was chosen since the menu was drawn

    def forget_order(self) -> None:
        """Let the neurons of a run that goes on be sorted anew."""
        self.neurons = None
