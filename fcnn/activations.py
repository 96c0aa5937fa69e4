"""What a hidden neuron does with its z. One entry here appears in the app's menu, its formulas and its tests."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.types import Array

LEAK = 0.01  # slope of the leaky ReLU left of zero (Maas et al., 2013)


class Activation(NamedTuple):
    """A function, its derivative (both of z, and both return a new array), and how the textbook writes it."""

    title: str
    f: Callable[[Array], Array]
    df: Callable[[Array], Array]
    formula: str


def relu(z: Array) -> Array:
    """Return z where it is positive, else 0."""
    return np.maximum(z, 0)


def relu_slope(z: Array) -> Array:
    """Return 1 where z > 0, else 0."""
    # At z = 0 the derivative is taken to be 0, as in the paper and in every framework.
    return (z > 0).astype(z.dtype)


def leaky_relu(z: Array) -> Array:
    """Return z where it is positive, else a hundredth of it."""
    leaky: Array = np.maximum(z, LEAK * z)
    return leaky


def leaky_relu_slope(z: Array) -> Array:
    """Return 1 where z > 0, else LEAK."""
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(LEAK))


def tanh_slope(z: Array) -> Array:
    """Return 1 - tanh(z)^2."""
    slope: Array = 1 - np.tanh(z) ** 2
    return slope


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^-z)."""
    # The same function by way of tanh, which cannot overflow.
    s: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return s


def sigmoid_slope(z: Array) -> Array:
    """Return sigmoid(z) (1 - sigmoid(z))."""
    s = sigmoid(z)
    return s * (1 - s)


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "relu": Activation("ReLU", relu, relu_slope, r"f(z) = \max(0, z)"),
        "leaky_relu": Activation("Leaky ReLU", leaky_relu, leaky_relu_slope, r"f(z) = \max(0.01\,z, z)"),
        "tanh": Activation("tanh", np.tanh, tanh_slope, r"f(z) = \tanh(z)"),
        "sigmoid": Activation("Sigmoid", sigmoid, sigmoid_slope, r"f(z) = 1 / (1 + e^{-z})"),
    }
)
