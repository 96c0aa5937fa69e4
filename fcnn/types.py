"""The words of the network: arrays, layers, parameters.

Letters, everywhere in this project:
    N  examples              D  inputs of one example (784 pixels)
    K  classes (10 digits)   n_in, n_out  inputs and outputs of one layer

Examples are rows, so one layer computes ``z = a @ W + b``, and ``z[i]`` feeds ``a[i + 1]``.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
Labels = npt.NDArray[np.integer[Any]]
Indices = npt.NDArray[np.intp]  # of examples, or of neurons


class Layer(NamedTuple):
    """Parameters of one dense layer, or their gradients: same type, same shapes."""

    W: Array  # (n_in, n_out)
    b: Array  # (n_out,)


Params = tuple[Layer, ...]


class Examples(NamedTuple):
    """Images as rows of numbers, with their true digits."""

    X: npt.NDArray[Any]  # (N, D), each pixel from 0 (paper) to 255 (ink) as bytes, or to 1 as numbers: see pixels.py
    labels: Labels  # (N,), whole numbers 0 to K - 1
