"""The sweeps of all visitors of one server: one for each visitor, so that nobody fills the server with them."""

from collections.abc import Callable
from threading import Lock

from runs.sweep.sweep import Sweep

MOST = 500  # on a server; one that is over is some hundred figures


class Sweeps:
    """Sweeps by their owners: the same words that the runs are owned by."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._of: dict[str, Sweep] = {}

    def begin(self, owner: str, make: Callable[[], Sweep]) -> Sweep:
        """Begin a sweep in place of the one before, which is closed."""
        with self._lock:
            before = self._of.pop(owner, None)
            if before is not None:
                before.close()
            while len(self._of) >= self._most:
                self._of.pop(next(iter(self._of))).close()  # the one that began first
            self._of[owner] = sweep = make()
        return sweep

    def of(self, owner: str) -> Sweep | None:
        """Return the sweep of a visitor, None if there is none."""
        return self._of.get(owner)

    def forget(self, owner: str) -> None:
        """Close the sweep of a visitor and let go of it."""
        with self._lock:
            if (sweep := self._of.pop(owner, None)) is not None:
                sweep.close()
