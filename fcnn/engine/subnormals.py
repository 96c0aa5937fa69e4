"""The guard against subnormal numbers: those below 1e-38, with which processors are a hundred times slower.

A number that has become negligible is set to zero before it, or a square of it, gets that small.
"""

from fcnn.types import Array

# Of a probability. A network that knows its digits by heart gives the others 1e-30 and less; Adam squares gradients.
NEGLIGIBLE_PROBABILITY = 1e-12
# Of what an optimizer remembers of gradients long gone. The weights of pixels that are rarely inked made Adam's updates
# take twice as long after a few epochs.
NEGLIGIBLE_MEMORY = 1e-20


def flush_to_zero(array: Array, negligible: float) -> None:
    """Set to zero, in place, what is smaller than negligible."""
    array[abs(array) < negligible] = 0
