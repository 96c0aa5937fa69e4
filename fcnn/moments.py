"""When the network is looked at while it learns: often in its first second, where most of the learning happens.

After 1, 2, 5, 10, 20, 50, 100, 200 ... updates of the first epoch, at each quarter of the first two, and after every
epoch. On an axis of epochs a moment lies between two whole numbers.
"""

from itertools import count
from math import ceil, floor, log10

N_MEASURED_INSIDE = 1_000  # training images, and as many for validation: all 5,000 would cost 5 % of a short run
QUARTERED_EPOCHS = 2
CLOSE = 0.1  # a quarter so near to another moment, as a share of its updates, says nothing new
MOST_INSIDE = 21  # moments in a run, beside its epochs
DIGITS = 4  # at least, of the place of a moment on the axis of epochs


def moments_inside(epoch: int, n_batches: int) -> frozenset[int]:
    """Return after which updates of an epoch, of 1 to n_batches - 1, the network is looked at. Epochs count from 1."""
    doubling = {n for n in _one_two_five(n_batches) if n < n_batches} if epoch == 1 else set()
    quarters = {n_batches * i // 4 for i in (1, 2, 3)} if epoch <= QUARTERED_EPOCHS and n_batches >= 4 else set()
    before = (epoch - 1) * n_batches
    taken = doubling | {0, n_batches}
    far = {n for n in quarters if all(abs(n - other) > CLOSE * (before + n) for other in taken if other != n)}
    return frozenset(doubling | far)


def is_whole(number: float) -> bool:
    """Return whether a place on the axis of epochs is the end of one, or the beginning of the first."""
    return number == int(number)


def place(epoch: int, n_updates: int, n_batches: int) -> float:
    """Return where on the axis of epochs a network is after so many updates of an epoch, of 1 to n_batches.

    It is short, since links hold it; but each update has a place of its own, and none inside of an epoch is a whole
    number. Updates are counted and not examples: a last batch of one example would come too close to the end.
    """
    if n_updates == n_batches:
        return epoch
    exact = epoch - 1 + n_updates / n_batches
    return round(exact, max(ceil(log10(n_batches)), DIGITS - 1 - floor(log10(exact))))


def _one_two_five(end: int) -> list[int]:
    numbers: list[int] = []
    for power in count():
        if 10**power >= end:
            return numbers
        numbers += [digit * 10**power for digit in (1, 2, 5)]
    return numbers
