"""The networks of a run that the time machine keeps, in bounded memory: early epochs dense, later ones sparse.

Where there is no room, what only slow motion looked at goes first: whole epochs have names that everybody knows.
"""

from fcnn.epoch import Epoch

LIMIT_BYTES = 64_000_000


class Snapshots:
    """Some epochs of a run, always with the first, the best and the newest."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._epochs: dict[float, Epoch] = {}

    def add(self, epoch: Epoch) -> None:
        """Keep an epoch, and let go of others when they grow too many."""
        self._epochs[epoch.number] = epoch
        self.keep_within(self._limit_bytes)

    def keep_within(self, limit_bytes: int) -> None:
        """Change the limit, and let go of what is too much."""
        self._limit_bytes = limit_bytes
        while len(self._epochs) > 3:
            newest = next(reversed(self._epochs.values()))
            if len(self._epochs) * _n_bytes(newest) <= limit_bytes:
                break
            del self._epochs[self._least_missed(newest)]

    def drop_newest(self) -> None:
        """Let go of the epoch that was added last."""
        self._epochs.popitem()

    @property
    def newest(self) -> Epoch | None:
        """The epoch that was added last, None before there is one."""
        return next(reversed(self._epochs.values()), None)

    def all(self) -> tuple[Epoch, ...]:
        """Return the kept epochs in order."""
        return tuple(self._epochs[number] for number in sorted(self._epochs))

    def _least_missed(self, newest: Epoch) -> float:
        """Return the number whose neighbours are closest, for its age: epoch 2 of 3 matters more than 102 of 103."""
        numbers = sorted(self._epochs)
        gaps = {
            n: (after - before) / after for before, n, after in zip(numbers, numbers[1:], numbers[2:], strict=False)
        }
        gaps.pop(newest.best, None)
        return min(gaps, key=lambda number: (self._epochs[number].planned, gaps[number]))


def _n_bytes(epoch: Epoch) -> int:
    return sum(layer.W.nbytes + layer.b.nbytes for layer in epoch.params)
