"""The number of threads of matrix products: the last word counts, whichever thread says it, and holds no thread."""

import gc
import weakref
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from threadpoolctl import threadpool_info

from runs import process


@pytest.fixture(autouse=True)
def one_thread_at_the_end() -> Iterator[None]:
    yield
    process.set_threads(1)


def numbers() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_a_thread_has_its_say_while_the_one_before_is_still_there() -> None:
    said, over = Event(), Event()

    def say_two() -> None:
        process.set_threads(2)
        said.set()
        over.wait(10)

    first = Thread(target=say_two)
    first.start()
    said.wait(10)
    assert numbers() == {2}
    process.set_threads(1)
    assert numbers() == {1}
    over.set()
    first.join()


def test_a_thread_is_not_held_for_what_it_said() -> None:
    thread = Thread(target=process.set_threads, args=(1,))
    thread.start()
    thread.join()
    gone = weakref.ref(thread)
    del thread
    gc.collect()
    assert gone() is None
