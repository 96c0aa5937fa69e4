"""One large thing that a page holds for a visit, counted in the account of memory as long as it is there."""

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import finalize

from ui.server import runs

T = TypeVar("T")


class Held(Generic[T]):
    """A place for one thing; the end of the visit gives its memory back, too."""

    def __init__(self) -> None:
        self.thing: T | None = None
        self.key = ""
        self._give_back: Callable[[], object] | None = None

    def put(self, thing: T, key: str, n_bytes: int) -> bool:
        """Hold a thing in place of the one before; False if there is no memory for it, and nothing is held."""
        self.let_go()
        name = f"lab {key}"
        if not runs().hold(name, n_bytes):
            return False
        self.thing, self.key = thing, key
        self._give_back = finalize(self, runs().let_go, name)
        return True

    def let_go(self) -> None:
        """Hold nothing."""
        if self._give_back is not None:
            self._give_back()
        self.thing, self.key, self._give_back = None, "", None
