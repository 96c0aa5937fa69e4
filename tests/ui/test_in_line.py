"""Scripts run one after another; one that takes long does not hold up the others for longer than it may."""

from functools import partial
from threading import Event, Thread
from time import monotonic

import pytest

from tests.waiting import until
from ui.in_line import Line

LONG_S = 30.0


def stand_in_line(line: Line, came: list[int], number: int, leave: Event, *, short: bool = False) -> Thread:
    """Let a thread wait in line, note when it has the place, and hold it until the event."""

    def stay() -> None:
        with line.place(short=short):
            came.append(number)
            leave.wait(LONG_S)

    thread = Thread(target=stay)
    thread.start()
    return thread


def in_line(line: Line) -> int:
    return len(line._waiting)


def _has_come(line: Line, came: list[int], n: int) -> bool:
    return len(came) + in_line(line) == n


def test_who_comes_first_is_first_and_one_is_there_at_a_time() -> None:
    line, leave = Line(LONG_S), [Event() for _ in range(4)]
    came: list[int] = []
    threads = []
    for i in range(4):
        threads.append(stand_in_line(line, came, i, leave[i]))
        until(partial(_has_come, line, came, i + 1))
    for i in range(4):
        until(partial([*range(i + 1)].__eq__, came))
        leave[i].set()
        threads[i].join(LONG_S)
    assert in_line(line) == 0


def test_what_is_short_goes_before_what_waits_longer() -> None:
    line, leave = Line(LONG_S), Event()
    came: list[int] = []
    threads = [stand_in_line(line, came, 0, leave)]
    until(partial(_has_come, line, came, 1))
    for number, short in ((1, False), (2, True), (3, False), (4, True)):
        threads.append(stand_in_line(line, came, number, leave, short=short))
        until(partial(_has_come, line, came, number + 1))
    leave.set()
    for thread in threads:
        thread.join(LONG_S)
    assert came == [0, 2, 4, 1, 3]


def test_who_takes_long_holds_up_nobody_for_longer_than_it_may() -> None:
    line, leave = Line(0.1), Event()
    came: list[int] = []
    begin = monotonic()
    threads = [stand_in_line(line, came, i, leave) for i in range(3)]
    until(lambda: len(came) == 3)
    assert monotonic() - begin >= 0.2
    leave.set()
    for thread in threads:
        thread.join(LONG_S)


def test_who_was_overtaken_does_not_give_the_place_of_another_away() -> None:
    line = Line(0.2)
    came: list[int] = []
    slow, quick = Event(), Event()
    threads = [stand_in_line(line, came, 0, slow)]
    until(lambda: came == [0])
    line._longest_s = LONG_S  # for whoever comes now
    threads.append(stand_in_line(line, came, 1, quick))
    until(lambda: came == [0, 1])
    slow.set()
    threads[0].join(LONG_S)
    threads.append(stand_in_line(line, came, 2, quick))
    until(lambda: in_line(line) == 1)
    assert came == [0, 1]
    quick.set()
    for thread in threads:
        thread.join(LONG_S)
    assert came == [0, 1, 2]


def test_an_error_leaves_the_line_too() -> None:
    line = Line(LONG_S)
    with pytest.raises(RuntimeError), line.place():
        raise RuntimeError
    with line.place():
        pass


def test_a_line_without_time_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Line(0)
