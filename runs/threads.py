"""The threads of a run that is alone on the server: the two parts of its pieces are computed at the same time.

Each matrix product has one thread, always. Those with several wait for each other in busy loops: beside a browser that
draws the page they were up to 25 times slower than one. And a sum in another order has another last digit, so that the
number of threads of a product would decide what a run comes to; the parts of a piece are the same everywhere.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from fcnn.engine.batches import n_parts
from fcnn.types import Params


def most_threads(n_parameters: int, batch_size: int | None, n_cores: int) -> int:
    """Return how many threads a run can use: as many as there are parts, and cores."""
    return min(n_cores, n_parts(n_parameters, batch_size))


class Together:
    """Calls the parts of a piece, at the same time if it has the threads."""

    def __init__(self) -> None:
        self.n_threads = 1

    def __call__(self, parts: Sequence[Callable[[], Params]]) -> list[Params]:
        """Return what the parts return, in their order."""
        if self.n_threads == 1 or len(parts) == 1:
            return [part() for part in parts]
        others = [_helpers().submit(part) for part in parts[1:]]
        return [parts[0](), *(other.result() for other in others)]


@cache
def _helpers() -> ThreadPoolExecutor:
    """Return the threads beside those of the runs: one, since a run that is alone has two parts."""
    return ThreadPoolExecutor(1, thread_name_prefix="part")
