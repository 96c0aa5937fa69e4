"""What networks are made of, and a few digits for them to learn."""

from fcnn import Examples, Params
from fcnn.mnist import Mnist
from fcnn.types import Array


def arrays(params: Params) -> list[Array]:
    """Return the weights and biases of all layers, one array after the other."""
    return [array for layer in params for array in layer]


def few_digits(mnist: Mnist, n: int, start: int = 0) -> Examples:
    """Return n training digits."""
    return Examples(*(part[start : start + n] for part in mnist.all_train))
