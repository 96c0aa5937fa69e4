"""Work that is in parts, for whoever has threads: fcnn itself has none."""

from collections.abc import Callable, Sequence

from fcnn.types import Params

AtOnce = Callable[[Sequence[Callable[[], Params]]], list[Params]]  # calls each, and returns what they do, in order


def one_by_one(parts: Sequence[Callable[[], Params]]) -> list[Params]:
    """Call one after the other."""
    return [part() for part in parts]
