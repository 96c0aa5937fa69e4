"""What visitors have made big besides their runs: uploaded models, pictures that are being read."""

from collections import deque


class Holdings:
    """Bytes under names, each held by one or more; all but let_go() is for whoever holds the lock of the runs."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, int]] = {}  # name: (bytes, holders)
        self._let_go: deque[str] = deque()

    def n_bytes(self) -> int:
        """Return how much is held; what several hold under one name counts once."""
        while self._let_go:
            self._release(self._let_go.popleft())
        return sum(size for size, _ in self._held.values())

    def has(self, name: str) -> bool:
        """Return whether somebody holds this already, so that one more costs nothing."""
        return name in self._held

    def hold(self, name: str, n_bytes: int) -> None:
        """Count these bytes, or one more holder of them."""
        self._held[name] = n_bytes, self._held.get(name, (0, 0))[1] + 1

    def let_go(self, name: str) -> None:
        """Note that one holder is gone. It takes no lock: the garbage collector may call it, in any thread."""
        self._let_go.append(name)

    def _release(self, name: str) -> None:
        n_bytes, holders = self._held.pop(name, (0, 0))
        if holders > 1:
            self._held[name] = n_bytes, holders - 1
