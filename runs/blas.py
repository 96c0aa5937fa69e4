"""How many threads NumPy's matrix products use: one number for the whole process."""

from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def set_threads(n: int) -> None:
    """Make each matrix product of this server use so many threads from now on; takes some microseconds.

    Since version 3.8, threadpoolctl remembers the first thread that says so, and ignores all others while that one
    lives. Here the scheduler sees to it that they do not contradict each other. And a thread that is remembered holds
    the session of the visitor for whom it ran, as long as the server runs.
    """
    for library in _libraries():
        forget = getattr(library, "clear_controlling_thread", lambda **_: None)
        forget(force=True)
        library.set_num_threads(n)
        forget(force=True)


@cache  # to look through the libraries that are loaded takes milliseconds
def _libraries() -> tuple[Any, ...]:
    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)
