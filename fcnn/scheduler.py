"""Who may compute now, when many runs share the cores: short turns, first come, first served."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

TURN_S = 0.1  # how long a run may compute before it goes to the end of the line


class Scheduler:
    """A line in front of n_turns places.

    Raises:
        ValueError: n_turns is less than 1.
    """

    def __init__(self, n_turns: int) -> None:
        if n_turns < 1:
            raise ValueError(f"n_turns must be at least 1, got {n_turns}")
        self._n_turns = n_turns
        self._n_free = n_turns  # guarded by _changed, like the line
        self._line: deque[object] = deque()
        self._changed = Condition()

    def crowding(self, n_others: int) -> float:
        """Return how many times longer a run will take that shares the places with so many others."""
        return max(1.0, (n_others + 1) / self._n_turns)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait in line, then hold a place until the with-block ends."""
        me = object()
        with self._changed:
            self._line.append(me)
            self._changed.wait_for(lambda: self._n_free > 0 and self._line[0] is me)
            self._line.popleft()
            self._n_free -= 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._n_free += 1
                self._changed.notify_all()
