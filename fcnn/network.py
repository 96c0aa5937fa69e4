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
from fcnn.settings import SETTINGS
from fcnn.types import Array, Labels, Layer, Params

N_PIXELS = 784
N_CLASSES = 10
MAX_HIDDEN_LAYERS, MAX_WIDTH = (int(SETTINGS[name].range[1]) for name in ("n_hidden_layers", "hidden"))


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
    if not all(map(SETTINGS["hidden"].allows, hidden)):
        raise ValueError(f"each hidden layer must have 1 to {MAX_WIDTH} neurons, got {hidden}")
    return NetworkSpec((N_PIXELS, *hidden, N_CLASSES), activation)


class Trace(NamedTuple):
    """Every value of one forward pass."""

    a: tuple[Array, ...]  # a[0] is X as numbers; a[i] is (N, sizes[i]); a[-1] is the prediction, K probabilities a row
    z: tuple[Array, ...]  # z[i] feeds a[i + 1]: (N, sizes[i + 1])
    dropout_masks: tuple[Array, ...] = ()  # what each hidden activation was multiplied by, if anything: like a[i + 1]


def forward(spec: NetworkSpec, params: Params, X: Pixels, *, dropout_masks: tuple[Array, ...] = ()) -> Trace:
    """Run X of shape (N, D) through the network, keeping every intermediate value.

    With dropout (Srivastava et al., 2014) the activations of each hidden layer are multiplied by a mask: 0 for neurons
    that are silent, 1 / (1 - dropout) for the others. These speak louder in turn, so that a network needs no change
    when it is asked rather than trained.

    Raises:
        ValueError: X has not as many columns as the first W has rows, or there are masks, but not one a hidden layer.
    """
    if X.ndim != 2 or X.shape[1] != len(params[0].W):
        raise ValueError(f"X must be (N, {len(params[0].W)}), got {X.shape}")
    if dropout_masks and len(dropout_masks) != len(params) - 1:
        raise ValueError(f"there must be a dropout mask for each hidden layer, got {len(dropout_masks)}")
    f = ACTIVATIONS[spec.activation].f
    a, z = [as_numbers(X)], []
    for i, (W, b) in enumerate(params[:-1]):
        z.append(weigh(a[-1], W, b))
        a.append(f(z[-1]))
        if dropout_masks:
            a[-1] *= dropout_masks[i]  # an array of our own: activations return new ones
    z.append(weigh(a[-1], *params[-1]))
    a.append(softmax(z[-1]))
    return Trace(tuple(a), tuple(z), dropout_masks)


def weigh(a: Array, W: Array, b: Array) -> Array:
    """Return z = a @ W + b: what each neuron of a layer adds up for each of N examples, of shape (N, n_out)."""
    z: Array = a @ W
    z += b  # in place, which saves an array
    return z


def backward(spec: NetworkSpec, params: Params, trace: Trace, labels: Labels) -> Params:
    """Return the derivatives of the mean loss of N examples by every parameter, in the shape of params."""
    df = ACTIVATIONS[spec.activation].df
    delta = cross_entropy_delta(trace.a[-1], labels)  # dloss/dz of the output layer
    gradients: list[Layer] = []
    for i in reversed(range(len(params))):
        gradients.append(Layer(W=trace.a[i].T @ delta, b=delta.sum(axis=0)))
        if i > 0:
            delta = delta @ params[i].W.T
            if trace.dropout_masks:
                delta *= trace.dropout_masks[i - 1]
            delta *= df(trace.z[i - 1])
    return tuple(reversed(gradients))


@np.errstate(over="ignore", invalid="ignore")  # a network that exploded answers with nan, which is the truth
def predict(spec: NetworkSpec, params: Params, X: Pixels) -> Array:
    """Return the ten probabilities for each row of X, of shape (N, K)."""
    return forward(spec, params, X).a[-1]
