"""Softmax and cross-entropy, both computed from the last z.

The logarithm is taken of the softmax as a whole, so that no epsilon is needed: log softmax(z) is z minus a number,
and it is finite for every finite z. The loss of one example is -log of the probability given to its true digit.
"""

import numpy as np

from fcnn.types import Array, Labels


def log_softmax(z: Array) -> Array:
    """Return log(e^z / sum e^z) along each row, of shape (N, K) like z."""
    shifted = z - z.max(axis=1, keepdims=True)
    log_probabilities: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return log_probabilities


def softmax(z: Array) -> Array:
    """Return e^z / sum e^z along each row: K probabilities for each of N examples."""
    exponentials = np.exp(z - z.max(axis=1, keepdims=True))  # so that none overflows; their shares stay the same
    probabilities: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities


def cross_entropy(z: Array, labels: Labels) -> Array:
    """Return the loss of each example, in nats, of shape (N,)."""
    losses: Array = -log_softmax(z)[np.arange(len(z)), labels]
    return losses


def cross_entropy_delta(prediction: Array, labels: Labels) -> Array:
    """Return the derivative of the mean loss by z, of shape (N, K): prediction minus target, over N.

    The prediction is softmax(z). It is this simple for softmax and cross-entropy together, and for no other pair.
    """
    delta = prediction.copy()
    delta[np.arange(len(delta)), labels] -= 1
    delta /= len(delta)
    return delta
