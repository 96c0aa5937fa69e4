"""How many threads NumPy's matrix products use: one number for the whole process."""

from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def set_threads(n: int) -> None:
    """Make each matrix product of this server use so many threads from now on; takes a microsecond."""
    for library in _libraries():
        library.set_num_threads(n)


@cache  # to look through the libraries that are loaded takes milliseconds
def _libraries() -> tuple[Any, ...]:
    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)
