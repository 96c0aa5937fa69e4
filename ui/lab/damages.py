"""What can be done to a network: kinds of damage, how strong each can be, and what that is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.inside.importance import importance
from fcnn.inside.surgery import MOST_BITS, add_noise, prune, round_to_bits, scale_layer
from fcnn.inside.switched_off import without
from fcnn.network import NetworkSpec
from fcnn.pixels import Pixels
from fcnn.types import Params

FLOAT_BITS = 32
SEED = 0  # of the noise: the same each time
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
ORDERS = {"least": "that matter least", "most": "that matter most", "own": "of my choice"}


@dataclass(frozen=True)
class Damage:
    """A damage without its strength."""

    kind: str  # a key of KINDS
    layer: int = 0  # of "units" and "scale": 0 is the first
    order: str = "least"  # of "units", a key of ORDERS: which go first
    own: tuple[int, ...] = ()  # those of "own"

    @property
    def strengths(self) -> tuple[float, ...]:
        """Return how strong it can be, from the weakest on: of one's own neurons, how many of them."""
        by_hand = self.kind == "units" and self.order == "own"
        return tuple(map(float, range(len(self.own) + 1))) if by_hand else KINDS[self.kind].strengths

    @property
    def usual(self) -> float:
        """Return the strength that is shown at first."""
        strengths = self.strengths
        return KINDS[self.kind].usual if KINDS[self.kind].usual in strengths else strengths[-1]

    def is_possible(self, spec: NetworkSpec) -> bool:
        """Return whether a network has what would be damaged."""
        n_layers = {"units": len(spec.hidden), "scale": len(spec.sizes) - 1}.get(self.kind, 1)
        return self.layer < n_layers and all(k < spec.sizes[self.layer + 1] for k in self.own)

    def n_off(self, strength: float, width: int) -> int:
        """Return how many neurons of a layer are off at a strength."""
        return int(strength) if self.order == "own" else round(strength * width)


class Step(NamedTuple):
    """A damage that was done to the copy."""

    damage: Damage
    strength: float


def in_order(spec: NetworkSpec, params: Params, damage: Damage, X: Pixels) -> tuple[int, ...]:
    """Return in which order neurons go, given digits X (N, D) that show how much each matters; () for other damages."""
    if damage.kind != "units":
        return ()
    if damage.order == "own":
        return damage.own
    rising = np.argsort(importance(spec, params, damage.layer, X), kind="stable")
    return tuple((rising if damage.order == "least" else rising[::-1]).tolist())


def harm(params: Params, damage: Damage, strength: float, order: Sequence[int]) -> Params:
    """Return a network with a damage, which is given with what in_order() says of it; the network stays as it is."""
    match damage.kind:
        case "prune":
            return prune(params, strength)
        case "noise":
            return add_noise(params, strength, rng=np.random.default_rng(SEED))
        case "bits":
            return params if strength == FLOAT_BITS else round_to_bits(params, int(strength))
        case "scale":
            return scale_layer(params, damage.layer, strength)
        case _:
            n = damage.n_off(strength, len(params[damage.layer].b))
            return without(params, damage.layer, order[:n])
