"""How many threads the matrix products of a run get that is alone on the server."""

from fcnn.engine.batches import ROWS_AT_ONCE

# Multiplications of a pass over a piece of work from which on two threads were at least 20 % faster than one, on two
# idle cores. Measured: 784 x 64 x 10 is 0.98 (batches of 128) and 1.27 (1,024) times as fast, 784 x 200 x 10 0.83 (32),
# 1.09 (128) and 1.61 (full batch) times, 784 x 800 x 10 1.36 (128) and 1.68 (1,024) times.
WORTHWHILE = 40_000_000
RETRY = 100  # turns with one thread, after which more are tried again: about ten seconds


def most_threads(n_parameters: int, batch_size: int | None, n_cores: int) -> int:
    """Return how many threads are worth trying: all cores for large products, one for small ones."""
    rows = min(batch_size or ROWS_AT_ONCE, ROWS_AT_ONCE)
    return n_cores if rows * n_parameters >= WORTHWHILE else 1


class Trial:
    """Tries one thread and then most, and stays with what was faster.

    On idle cores more threads are faster; but when another program is busy, a browser that draws the page for
    example, the threads of a product wait for each other and are up to 25 times slower than one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._speeds: dict[int, float] = {}  # with so many threads, when last tried
        self._n_ones = 0  # turns with one thread since more were tried

    def next(self) -> int:
        """Return how many threads to use in the next turn."""
        if self._most == 1 or 1 not in self._speeds:
            return 1
        if self._speeds.get(self._most, float("inf")) > self._speeds[1] or self._n_ones >= RETRY:
            return self._most
        return 1

    def note(self, threads: int, speed: float) -> None:
        """Remember how fast a turn was, in any unit that stays the same."""
        self._speeds[threads] = speed
        self._n_ones = self._n_ones + 1 if threads == 1 else 0
