"""What there is time for: a press is to be answered at once, however large the network is.

Measured on one core, with 0.1 to 5 million parameters: an update takes 3 to 5 ns for each parameter, and 0.04 ns more
for each example that goes through it.
"""

from fcnn.network import NetworkSpec

PARAMETER_S, EXAMPLE_S = 5e-9, 4e-11  # of an update, for each parameter
STOP_S = 1.6e-9, 1.4e-11  # likewise, of one loss along the way
MANY = 100  # updates for one press
MANY_S, MOST_S = 1.0, 1.5  # for so many updates: what a batch is made for, and what is offered at all
MOST_EXAMPLES, LEAST_EXAMPLES = 256, 8
CURVE_S = 0.1
STRIDES = (1, 2, 3, 6)  # of the stops of a learning rate, six for each power of ten


def n_examples(spec: NetworkSpec, batch_size: int | None) -> int:
    """Return how many examples a batch has: as many as the settings say, or as there is time for."""
    seconds_each = MANY_S / MANY / spec.n_parameters
    room = max(LEAST_EXAMPLES, int((seconds_each - PARAMETER_S) / EXAMPLE_S))
    return min(batch_size or MOST_EXAMPLES, MOST_EXAMPLES, room)


def has_time(spec: NetworkSpec, n: int, n_updates: int) -> bool:
    """Return whether so many updates with n examples can be had at a press."""
    return n_updates * spec.n_parameters * (PARAMETER_S + n * EXAMPLE_S) <= MOST_S


def stride(spec: NetworkSpec, n: int, n_stops: int) -> int:
    """Return how many stops of the learning rate stand between those at which the loss is measured, plus one."""
    each = spec.n_parameters * (STOP_S[0] + n * STOP_S[1])
    return next((step for step in STRIDES if n_stops / step * each <= CURVE_S), STRIDES[-1])
