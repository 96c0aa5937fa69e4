"""What is done to a network: a damage, how strong it can be, and what it makes of the parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fcnn.inside.importance import importance
from fcnn.inside.surgery import add_noise, prune, round_to_bits, scale_layer
from fcnn.inside.switched_off import without
from fcnn.network import NetworkSpec
from fcnn.pixels import Pixels
from fcnn.types import Params
from ui.lab.kinds import FLOAT_BITS, KINDS

SEED = 0  # of the noise: the same each time


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
        return tuple(map(float, range(len(self.own) + 1))) if self.by_hand else KINDS[self.kind].strengths

    @property
    def by_hand(self) -> bool:
        """Whether neurons go that somebody has chosen."""
        return self.kind == "units" and self.order == "own"

    @property
    def none(self) -> float:
        """Return the strength that leaves a network as it is."""
        return KINDS[self.kind].none

    @property
    def axis(self) -> str:
        """Return what its strength is, for an axis."""
        return "how many of your neurons are off" if self.by_hand else KINDS[self.kind].axis

    def on_axis(self, names: Sequence[str]) -> Sequence[float] | Sequence[str]:
        """Return where its strengths stand on an axis: shares in percent, all others by their names, evenly."""
        return names if self.by_hand or self.kind in ("bits", "scale") else [100 * s for s in self.strengths]

    @property
    def usual(self) -> float:
        """Return the strength that is shown at first."""
        return self.strengths[-1] if self.by_hand else KINDS[self.kind].usual

    def is_possible(self, spec: NetworkSpec) -> bool:
        """Return whether a network has what would be damaged."""
        n_layers = {"units": len(spec.hidden), "scale": len(spec.sizes) - 1}.get(self.kind, 1)
        return self.layer < n_layers and all(k < spec.sizes[self.layer + 1] for k in self.own)

    def n_off(self, strength: float, width: int) -> int:
        """Return how many neurons of a layer are off at a strength."""
        return int(strength) if self.by_hand else round(strength * width)


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
