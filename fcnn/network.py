"""The fully connected network: what it is, and its forward and backward pass.

Training, prediction and drawing all call the same forward(); it keeps every value on the way, since the pages draw
them and backward() reads them. Neither writes into anything that it was given.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fcnn.activations import ACTIVATIONS
from fcnn.losses import cross_entropy_delta, softmax
from fcnn.pixels import Pixels, as_numbers
from fcnn.ranges import RANGES, in_range
from fcnn.types import Array, Labels, Layer, Params

N_PIXELS = 784
N_CLASSES = 10
MAX_HIDDEN_LAYERS, MAX_WIDTH = int(RANGES["n_hidden_layers"][1]), int(RANGES["n_neurons"][1])


@dataclass(frozen=True)
class NetworkSpec:
    """What a network is: how many numbers pass between its layers, and what its neurons do with them.

    Raises:
        ValueError: a size is not 1 or more, there is no output layer, or the activation is unknown.
    """

    sizes: tuple[int, ...]  # (D, hidden widths ..., K)
    activation: str = "relu"

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or any(size < 1 for size in self.sizes):
            raise ValueError(f"sizes must be two or more numbers of at least 1, got {self.sizes}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"unknown activation {self.activation!r}, expected one of {list(ACTIVATIONS)}")

    @property
    def hidden(self) -> tuple[int, ...]:
        """The widths of the hidden layers, in neurons."""
        return self.sizes[1:-1]

    @property
    def n_parameters(self) -> int:
        """How many weights and biases the network learns."""
        return sum(n_in * n_out + n_out for n_in, n_out in pairwise(self.sizes))

    def __str__(self) -> str:
        return " x ".join(str(size) for size in self.sizes)


def mnist_spec(hidden: tuple[int, ...], activation: str = "relu") -> NetworkSpec:
    """Return the spec of a network from 784 pixels to ten digits.

    Raises:
        ValueError: more hidden layers, or wider ones, than this app trains.
    """
    if len(hidden) > MAX_HIDDEN_LAYERS:
        raise ValueError(f"at most {MAX_HIDDEN_LAYERS} hidden layers, got {len(hidden)}")
    if not all(in_range("n_neurons", width) for width in hidden):
        raise ValueError(f"each hidden layer must have 1 to {MAX_WIDTH} neurons, got {hidden}")
    return NetworkSpec((N_PIXELS, *hidden, N_CLASSES), activation)


class Trace(NamedTuple):
    """Every value of one forward pass."""

    a: tuple[Array, ...]  # a[0] is X as numbers; a[i] is (N, sizes[i]); a[-1] is the prediction, K probabilities a row
    z: tuple[Array, ...]  # z[i] feeds a[i + 1]: (N, sizes[i + 1])
    kept: tuple[Array, ...] = ()  # with dropout: what each hidden activation was multiplied by, 0 or 1 / (1 - dropout)


def forward(
    spec: NetworkSpec, params: Params, X: Pixels, *, dropout: float = 0.0, rng: np.random.Generator | None = None
) -> Trace:
    """Run X of shape (N, D) through the network, keeping every intermediate value.

    With dropout, each hidden neuron falls silent with that probability (Srivastava et al., 2014); the others speak
    louder in turn, so that a network needs no change when it is asked rather than trained.

    Raises:
        ValueError: X has not as many columns as the first W has rows, or dropout is asked for without an rng.
    """
    if X.ndim != 2 or X.shape[1] != len(params[0].W):
        raise ValueError(f"X must be (N, {len(params[0].W)}), got {X.shape}")
    f = ACTIVATIONS[spec.activation].f
    a, z, kept = [as_numbers(X)], [], []
    for W, b in params[:-1]:
        z.append(_weigh(a[-1], W, b))
        a.append(f(z[-1]))
        if dropout > 0:
            kept.append(_draw_kept(a[-1], dropout, rng))
            a[-1] *= kept[-1]  # an array of our own: activations return new ones
    W, b = params[-1]
    z.append(_weigh(a[-1], W, b))
    a.append(softmax(z[-1]))
    return Trace(tuple(a), tuple(z), tuple(kept))


def _weigh(a: Array, W: Array, b: Array) -> Array:
    z: Array = a @ W
    z += b  # in place, which saves an array; it is the same as a @ W + b
    return z


def _draw_kept(a: Array, dropout: float, rng: np.random.Generator | None) -> Array:
    if rng is None:
        raise ValueError("dropout needs an rng to draw from")
    # Four numbers of 16 bits from one of 64 are drawn six times as fast as four fractions, and are as good here.
    drawn = rng.bit_generator.random_raw(-(-a.size // 4)).view(np.uint16)[: a.size].reshape(a.shape)
    return (drawn >= round(dropout * 2**16)) * a.dtype.type(1 / (1 - dropout))


def backward(spec: NetworkSpec, params: Params, trace: Trace, labels: Labels) -> Params:
    """Return the derivatives of the mean loss of N examples by every parameter, in the shape of params."""
    df = ACTIVATIONS[spec.activation].df
    delta = cross_entropy_delta(trace.a[-1], labels)  # dloss/dz of the output layer
    gradients: list[Layer] = []
    for i in reversed(range(len(params))):
        gradients.append(Layer(W=trace.a[i].T @ delta, b=delta.sum(axis=0)))
        if i > 0:
            delta = delta @ params[i].W.T
            if trace.kept:
                delta *= trace.kept[i - 1]
            delta *= df(trace.z[i - 1])
    return tuple(reversed(gradients))


@np.errstate(over="ignore", invalid="ignore")  # a network that exploded answers with nan, which is the truth
def predict(spec: NetworkSpec, params: Params, X: Pixels) -> Array:
    """Return the ten probabilities for each row of X, of shape (N, K)."""
    return forward(spec, params, X).a[-1]
