"""Turns: never more at once than there are places, and nobody is passed over."""

from threading import Lock, Thread
from time import monotonic, sleep

import pytest

from fcnn.scheduler import Scheduler


def test_no_more_turns_at_once_than_places() -> None:
    scheduler, lock, now, most = Scheduler(2), Lock(), 0, 0

    def work() -> None:
        nonlocal now, most
        for _ in range(20):
            with scheduler.turn():
                with lock:
                    now += 1
                    most = max(most, now)
                sleep(0.001)
                with lock:
                    now -= 1

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_equal_runs_get_equal_shares() -> None:
    scheduler, end = Scheduler(1), monotonic() + 1.0
    counts = [0] * 5

    def work(i: int) -> None:
        while monotonic() < end:
            with scheduler.turn():
                sleep(0.005)
                counts[i] += 1

    threads = [Thread(target=work, args=(i,)) for i in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(counts) - min(counts) <= 2
    assert min(counts) > 5


def test_a_turn_is_given_back_when_its_work_fails() -> None:
    scheduler = Scheduler(1)
    with pytest.raises(RuntimeError), scheduler.turn():
        raise RuntimeError
    with scheduler.turn():
        pass


def test_a_line_without_places_is_refused() -> None:
    with pytest.raises(ValueError, match="n_turns must be at least 1, got 0"):
        Scheduler(0)


def test_more_runs_than_places_take_longer() -> None:
    assert Scheduler(2).crowding(n_others=1) == 1
    assert Scheduler(2).crowding(n_others=3) == 2
