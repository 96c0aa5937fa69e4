"""What networks are made of, and a few digits for them to learn."""

from functools import cache
from itertools import pairwise

import numpy as np

from fcnn import Examples, Initialization, Layer, NetworkSpec, Params, init_params
from fcnn.mnist import Mnist
from fcnn.model_file import load
from fcnn.types import Array
from tests.project import ROOT


def arrays(params: Params) -> list[Array]:
    """Return the weights and biases of all layers, one array after the other."""
    return [array for layer in params for array in layer]


def few_digits(mnist: Mnist, n: int, start: int = 0) -> Examples:
    """Return n training digits."""
    return Examples(*(part[start : start + n] for part in mnist.all_train))


def wide(spec: NetworkSpec, seed: int = 0, times: float = 1) -> Params:
    """Draw weights and biases in float64, so wide that neurons are on both sides of a kink."""
    drawn = init_params(spec, Initialization("he", bias_width=0.3), rng=np.random.default_rng(seed))
    return tuple(Layer(times * W.astype(np.float64), times * b.astype(np.float64)) for W, b in drawn)


def filled(spec: NetworkSpec, value: float) -> Params:
    """Return a network, in float32, whose parameters are all the same: nan and inf are those of one that exploded."""
    shapes = pairwise(spec.sizes)
    return tuple(
        Layer(np.full((n_in, n_out), value, np.float32), np.full(n_out, value, np.float32)) for n_in, n_out in shapes
    )


@cache
def ready() -> tuple[NetworkSpec, Params]:
    """Return the ready-trained network that comes with the app."""
    model = load((ROOT / "data" / "models" / "ready.npz").read_bytes())
    return model.spec, model.params[-1]
