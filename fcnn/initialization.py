"""Random first parameters. The width of the draw decides how loud a signal is when it reaches the last layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.network import NetworkSpec
from fcnn.settings import check_ranges
from fcnn.types import Layer, Params


class Scheme(NamedTuple):
    """How wide the normal distribution is from which a layer's weights are drawn.

    LeCun, Bottou, Orr and Müller, 'Efficient BackProp', 1998: the signal stays as large from layer to layer.
    Xavier: Glorot and Bengio, 'Understanding the difficulty of training deep feedforward neural networks', 2010: so do,
    in a compromise, the gradients on the way back.
    He: He, Zhang, Ren and Sun, 'Delving deep into rectifiers', 2015: LeCun's, for ReLU, which silences half of it.
    """

    title: str
    width: Callable[[int, int], float]  # (n_in, n_out) -> standard deviation
    formula: str


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        "he": Scheme("He", lambda n_in, _: sqrt(2 / n_in), r"\sqrt{2 / n_{in}}"),
        "xavier": Scheme("Xavier", lambda n_in, n_out: sqrt(2 / (n_in + n_out)), r"\sqrt{2 / (n_{in} + n_{out})}"),
        "lecun": Scheme("LeCun", lambda n_in, _: sqrt(1 / n_in), r"\sqrt{1 / n_{in}}"),
    }
)
NORMAL = "normal"  # the one choice whose width the user gives


@dataclass(frozen=True)
class Initialization:
    """How the first parameters are drawn.

    Raises:
        ValueError: the scheme is unknown or a width is negative or not finite.
    """

    scheme: str = "he"
    weight_width: float = 0.05  # standard deviation of the weights; used by the scheme 'normal' alone
    bias_width: float = 0.0  # standard deviation of the biases; 0 starts them at zero

    def __post_init__(self) -> None:
        if self.scheme not in (*SCHEMES, NORMAL):
            raise ValueError(f"unknown initialization {self.scheme!r}, expected one of {[*SCHEMES, NORMAL]}")
        check_ranges(self)

    def width(self, n_in: int, n_out: int) -> float:
        """Return the standard deviation of the weights of a layer."""
        return self.weight_width if self.scheme == NORMAL else SCHEMES[self.scheme].width(n_in, n_out)


def init_params(spec: NetworkSpec, initialization: Initialization, *, rng: np.random.Generator) -> Params:
    """Draw the first parameters of a network, in float32."""
    return tuple(
        Layer(
            W=_normal(rng, initialization.width(n_in, n_out), (n_in, n_out)),
            b=_normal(rng, initialization.bias_width, (n_out,)),
        )
        for n_in, n_out in pairwise(spec.sizes)
    )


def _normal(
    rng: np.random.Generator, width: float, shape: tuple[int, ...]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(width)
