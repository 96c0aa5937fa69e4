"""One update under the microscope: what the network said before, the gradient, the step, and what it says after.

It is the update of fcnn/lesson.py, without dropout and without variation, on arrays of its own: what it was given stays
as it was.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from fcnn.config import TrainConfig
from fcnn.inside.standing import Standing, advance, copy_of
from fcnn.losses import cross_entropy
from fcnn.network import NetworkSpec, Trace, backward, forward
from fcnn.pixels import as_numbers
from fcnn.types import Array, Examples, Labels, Params

MOST_UPDATES = 1_000  # in a row, for one press of a button


@dataclass(frozen=True, eq=False)
class OneUpdate:
    """An update on N examples; losses are means over them, in nats, without what L2 adds."""

    before: Standing
    after: Standing
    gradients: Params  # of the mean loss, before L2 adds its share
    loss_before: float
    loss_after: float
    probabilities_before: Array  # (N, K)
    probabilities_after: Array  # (N, K)


@dataclass(frozen=True, eq=False)
class Repeated:
    """Several updates on the same N examples, one after the other."""

    after: Standing
    losses: Array  # (n + 1,) before the first update and after each; shorter if one was not finite
    probabilities: Array  # (N, K) after the last


@np.errstate(over="ignore", invalid="ignore")  # a step that is far too large is a lesson
def update_once(spec: NetworkSpec, before: Standing, examples: Examples, config: TrainConfig) -> OneUpdate:
    """Make one update with all examples as the batch.

    Args:
        spec: the network.
        before: its parameters, and what the optimizer remembers.
        examples: one digit, or a batch.
        config: its optimizer, learning rate, momentum and L2 are used, and nothing else.

    Raises:
        ValueError: the memory is that of another optimizer.
    """
    trace = forward(spec, before.params, examples.X)
    gradients = backward(spec, before.params, trace, examples.labels)
    after = advance(copy_of(before), gradients, config)
    then = forward(spec, after.params, trace.a[0])
    loss_before, loss_after = (mean_loss(one, examples.labels) for one in (trace, then))
    return OneUpdate(before, after, gradients, loss_before, loss_after, trace.a[-1], then.a[-1])


@np.errstate(over="ignore", invalid="ignore")
def update_often(spec: NetworkSpec, before: Standing, examples: Examples, config: TrainConfig, n: int) -> Repeated:
    """Make n updates in a row, or as many as leave a loss that is finite; see update_once().

    Raises:
        ValueError: n is not 1 to MOST_UPDATES, or the memory is that of another optimizer.
    """
    if not 1 <= n <= MOST_UPDATES:
        raise ValueError(f"n must be 1 to {MOST_UPDATES:,}, got {n}")
    now, X = copy_of(before), as_numbers(examples.X)
    trace = forward(spec, now.params, X)
    losses = [mean_loss(trace, examples.labels)]
    while len(losses) <= n and isfinite(losses[-1]):
        now = advance(now, backward(spec, now.params, trace, examples.labels), config)
        trace = forward(spec, now.params, X)
        losses.append(mean_loss(trace, examples.labels))
    return Repeated(now, np.array(losses), trace.a[-1])


def mean_loss(trace: Trace, labels: Labels) -> float:
    """Return the mean loss of the examples of a pass, in nats."""
    return float(cross_entropy(trace.z[-1], labels).mean(dtype=np.float64))
