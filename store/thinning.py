"""Which moments of a run keep their networks beyond a visit: a dozen, dense where much was learned."""

from collections.abc import Mapping

from fcnn.network import NetworkSpec
from store.pack import rough_bytes

MOST = 12
LEAST = 3  # the first, the best, the newest
SHARE = 20  # a run's networks take at most this part of what a visitor may keep


def most_networks(spec: NetworkSpec, visitor_bytes: int) -> int:
    """Return of how many moments a run keeps the network."""
    return max(LEAST, min(MOST, visitor_bytes // SHARE // rough_bytes(spec)))


def thinned(planned: Mapping[float, bool], best: float, most: int) -> frozenset[float]:
    """Return which moments to keep of some, by their numbers: the first, the newest, the best one and others.

    As in the run itself, epoch 2 of 3 is missed more than epoch 102 of 103, and what only slow motion looked at, which
    was not planned, is missed least.
    """
    numbers = sorted(planned)
    while len(numbers) > most:
        inner = {
            n: (planned[n], (after - before) / after)
            for before, n, after in zip(numbers, numbers[1:], numbers[2:], strict=False)
            if n != best
        }
        if not inner:
            break
        numbers.remove(min(inner, key=lambda number: inner[number]))
    return frozenset(numbers)
