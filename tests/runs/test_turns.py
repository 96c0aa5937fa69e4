"""Turns: never more at once than there are places, equal shares of time, and all cores for a run that is alone."""

from collections.abc import Callable
from functools import partial
from threading import Event, Lock, Thread, Timer
from time import sleep

import numpy as np
import pytest

from fcnn.config import TrainConfig
from fcnn.mnist import Dataset
from fcnn.network import NetworkSpec
from fcnn.types import Examples
from runs.run import Run
from runs.ticket import TURN_S, Customer, Ticket
from runs.turns import PATIENCE_S, Scheduler
from tests.waiting import Clock, until


def together(*works: Callable[[], None]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


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

    together(*[work] * 6)
    assert most == 2


def shares(piece_s: list[float], seconds: float, customers: list[Customer] | None = None) -> list[float]:
    """Let runs with pieces of these lengths share one core, and return the time that each computed."""
    clock = Clock()
    scheduler, used = Scheduler(1, now=clock), [0.0] * len(piece_s)
    all_there = Event()

    def work(i: int) -> None:
        ticket = Ticket(customers[i] if customers else None)
        while clock.now < seconds:
            with scheduler.turn(ticket) as allowed_s:
                all_there.wait()
                end = clock.now + allowed_s
                while clock.now < end:
                    clock.now += piece_s[i]
                    used[i] += piece_s[i]
        scheduler.leave(ticket)

    Timer(0.2, all_there.set).start()
    together(*[partial(work, i) for i in range(len(piece_s))])
    return used


def test_equal_runs_get_equal_shares() -> None:
    used = shares([0.005] * 5, seconds=50)
    assert max(used) - min(used) <= 2 * TURN_S


def test_long_pieces_of_work_get_no_more_time_than_short_ones() -> None:
    used = shares([0.001, 0.09, 0.15, 0.35], seconds=100)
    assert max(used) < 1.05 * min(used)


def test_eight_runs_of_one_customer_get_what_one_run_of_another_gets() -> None:
    sweep, visitors = Customer(), [Customer(), Customer()]
    used = shares([0.005] * 10, seconds=90, customers=[sweep] * 8 + visitors)
    together_s, one, other = sum(used[:8]), *used[8:]
    assert max(together_s, one, other) < 1.05 * min(together_s, one, other)
    assert max(used[:8]) - min(used[:8]) <= 2 * TURN_S


def test_a_customer_that_begins_one_run_after_the_other_gains_no_time_by_it() -> None:
    clock, sweep = Clock(), Customer()
    scheduler, other, racers = Scheduler(1, now=clock), Ticket(), [Ticket(sweep) for _ in range(8)]
    for ticket in (other, *racers):  # each new racer comes while the one before is there
        with scheduler.turn(ticket):
            clock.now += TURN_S
    assert other.customer.used_s == pytest.approx(TURN_S)
    assert sweep.used_s == pytest.approx(9 * TURN_S)  # from where the other one was when the first of them came


def test_who_already_computes_comes_after_who_does_not() -> None:
    scheduler, sweep, order = Scheduler(2), Customer(), []

    def ask(name: str, customer: Customer) -> None:
        with scheduler.turn(Ticket(customer)):
            order.append(name)
            sleep(0.02)

    threads = [Thread(target=ask, args=("sweep", sweep)) for _ in range(3)]
    threads.append(Thread(target=ask, args=("visitor", Customer())))
    with scheduler.turn(Ticket(sweep)):
        with scheduler.turn():
            for thread in threads:
                thread.start()
                sleep(0.02)
            assert order == []
        until(lambda: order)
        assert order[0] == "visitor"
    for thread in threads:
        thread.join(20)


def test_who_comes_later_gets_a_fair_share_and_not_all_that_it_has_missed() -> None:
    clock = Clock()
    scheduler, early, late = Scheduler(1, now=clock), Ticket(), Ticket()
    for ticket in [early] * 50 + [late]:
        with scheduler.turn(ticket):
            clock.now += TURN_S
    assert early.customer.used_s < late.customer.used_s + TURN_S < early.customer.used_s + 3 * TURN_S


def test_who_comes_back_does_not_wait_until_the_others_have_caught_up() -> None:
    clock = Clock()
    scheduler, first, second = Scheduler(1, now=clock), Ticket(), Ticket()
    for ticket in [first] * 50 + [second]:
        with scheduler.turn(ticket):
            clock.now += TURN_S
        scheduler.leave(ticket)
    for ticket in (second, first):
        with scheduler.turn(ticket):
            clock.now += TURN_S
    assert abs(first.customer.used_s - second.customer.used_s) < 2 * TURN_S


def test_a_computer_that_slept_during_a_turn_does_not_shut_that_run_out() -> None:
    clock, ticket = Clock(), Ticket()
    with Scheduler(1, now=clock).turn(ticket):
        clock.now += 3600
    assert ticket.customer.used_s <= 1


def test_four_real_runs_on_two_places_get_a_quarter_of_the_work_each() -> None:
    rng = np.random.default_rng(0)
    X, labels = rng.random((4_000, 200), dtype=np.float32), rng.integers(0, 10, 4_000)
    data = Dataset(Examples(X, labels), None, Examples(X[:100], labels[:100]))
    scheduler = Scheduler(2)
    runs = [
        Run(NetworkSpec((200, 100, 10)), data, TrainConfig(n_epochs=100_000, learning_rate=1e-4), scheduler)
        for _ in range(4)
    ]
    for run in runs:
        run.resume()
    until(lambda: all(run.view().epochs_done > 0 for run in runs))
    before = [run.view().epochs_done for run in runs]
    sleep(4)
    done = [run.view().epochs_done - start for run, start in zip(runs, before, strict=True)]
    for run in runs:
        run.close()
    assert all(0.8 / 4 <= share / sum(done) <= 1.2 / 4 for share in done), done


def test_who_leaves_is_out_of_the_line_at_once() -> None:
    scheduler, ticket, told = Scheduler(1), Ticket(), []

    def wait() -> None:
        with scheduler.turn(ticket) as allowed_s:
            told.append(allowed_s)

    with scheduler.turn():
        waiting = Thread(target=wait)
        waiting.start()
        sleep(0.05)
        assert told == []
        scheduler.leave(ticket)
        waiting.join(20)
        assert told == [0.0]
    with scheduler.turn() as allowed_s:
        assert allowed_s == TURN_S


def test_a_turn_is_given_back_when_its_work_fails() -> None:
    scheduler = Scheduler(1)
    with pytest.raises(RuntimeError), scheduler.turn():
        raise RuntimeError
    with scheduler.turn():
        pass


def large() -> Ticket:
    ticket = Ticket()
    ticket.threads_alone = 2
    return ticket


def test_a_run_that_is_alone_gets_the_threads_that_it_can_use() -> None:
    scheduler, ticket = Scheduler(2), large()
    for _ in range(2):
        with scheduler.turn(ticket):
            assert ticket.threads == 2


def test_a_small_run_gets_one_thread_even_alone() -> None:
    ticket = Ticket()
    with Scheduler(2).turn(ticket):
        assert ticket.threads == 1


def test_an_administrator_may_set_how_many_threads_a_run_gets_that_is_alone() -> None:
    assert Scheduler(4).most_threads == 4
    assert Scheduler(4, most_threads=1).most_threads == 1


def test_a_newcomer_is_let_in_at_once_and_from_the_next_turn_on_both_have_one_thread() -> None:
    scheduler, first, second = Scheduler(2), large(), large()
    with scheduler.turn(first), scheduler.turn(second):
        assert (first.threads, second.threads) == (2, 1)
    with scheduler.turn(first):
        assert first.threads == 1


def test_a_run_is_alone_again_when_the_others_have_left() -> None:
    scheduler, first, second = Scheduler(2), large(), Ticket()
    with scheduler.turn(second), scheduler.turn(first):
        assert first.threads == 1
    with scheduler.turn(first):
        assert first.threads == 1  # the second has ended its turn and is about to ask for the next
    scheduler.leave(second)
    with scheduler.turn(first):
        assert first.threads == 2


def test_who_asks_for_one_turn_is_next_however_many_runs_there_are() -> None:
    clock, tickets, order = Clock(), [Ticket() for _ in range(9)], []
    scheduler, first_turn = Scheduler(1, now=clock), Event()

    def work(name: str, ticket: Ticket | None) -> None:
        with scheduler.turn(ticket):
            first_turn.wait(20)
            order.append(name)
            clock.now += TURN_S

    for ticket in tickets:  # all have computed for a while
        with scheduler.turn(ticket):
            clock.now += TURN_S
    threads = [Thread(target=work, args=("run", ticket)) for ticket in tickets]
    threads.append(Thread(target=work, args=("page", None)))
    for thread in threads:
        thread.start()
        sleep(0.01)
    first_turn.set()
    for thread in threads:
        thread.join(20)
    assert order.index("page") <= 2


def begin(scheduler: Scheduler, name: str, ticket: Ticket | None, begun: list[str], go_on: Event) -> Thread:
    def work() -> None:
        with scheduler.turn(ticket):
            begun.append(name)
            go_on.wait(20)

    thread = Thread(target=work)
    thread.start()
    return thread


def test_runs_leave_a_place_to_a_page_that_is_drawn_and_to_what_it_computes() -> None:
    scheduler, begun, go_on = Scheduler(2), list[str](), Event()
    with scheduler.make_room(), scheduler.make_room():  # two pages
        threads = [begin(scheduler, "run", Ticket(), begun, go_on)]
        until(lambda: begun)
        threads.append(begin(scheduler, "run", Ticket(), begun, go_on))
        threads.append(begin(scheduler, "page", None, begun, go_on))
        until(lambda: "page" in begun)
        go_on.set()
        for thread in threads:  # one run ends, the next begins
            thread.join(20)
        assert begun == ["run", "page", "run"]
        go_on.clear()
        threads = [begin(scheduler, f"run {i}", Ticket(), begun, go_on) for i in range(2)]
        until(lambda: len(begun) == 4)
        sleep(0.05)
        assert len(begun) == 4
    until(lambda: len(begun) == 5)  # when the page is there
    go_on.set()
    for thread in threads:
        thread.join(20)


def test_no_run_waits_for_long_for_the_sake_of_pages() -> None:
    clock, begun, go_on = Clock(), list[str](), Event()
    scheduler = Scheduler(2, now=clock)
    with scheduler.make_room():
        threads = [begin(scheduler, f"run {i}", Ticket(), begun, go_on) for i in range(2)]
        until(lambda: begun)
        for now, n in ((PATIENCE_S, 1), (PATIENCE_S + 0.1, 2)):
            clock.now = now
            with scheduler.turn():  # a page's: whenever a turn ends, it is seen who has waited
                pass
            sleep(0.05)
            assert len(begun) == n
    go_on.set()
    for thread in threads:
        thread.join(20)


def test_on_one_core_runs_go_on_beside_a_page() -> None:
    scheduler = Scheduler(1)
    with scheduler.make_room(), scheduler.turn(Ticket()) as allowed_s:
        assert allowed_s == TURN_S


def test_a_line_without_places_is_refused() -> None:
    with pytest.raises(ValueError, match="n_turns must be at least 1, got 0"):
        Scheduler(0)


def test_more_runs_than_places_take_longer() -> None:
    assert Scheduler(2).crowding(n_others=1) == 1
    assert Scheduler(2).crowding(n_others=3) == 2
