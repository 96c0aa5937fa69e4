"""The runs of all visitors: found by their id alone, ended when nobody looks, in line while memory is short."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from fcnn.config import TrainConfig
from fcnn.network import NetworkSpec
from runs.endings import Why
from runs.memory import MemoryBudget, RunRefusedError, memory_of
from runs.registry import Runs
from runs.run import Run
from runs.status import Status
from runs.turns import Scheduler
from tests.runs.test_run import SPEC, blobs
from tests.waiting import Clock, until

CONFIG = TrainConfig(n_epochs=100_000)
NEED = memory_of(SPEC, CONFIG)
WIDE = NetworkSpec((4, 500, 2))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runs(clock: Clock) -> Iterator[Runs]:
    runs = Runs(lease_s=100, now=clock)
    yield runs
    runs.end_all()


def wait_for_epochs(run: Run, n: int) -> None:
    until(lambda: len(run.view().epochs) >= n)


def new_run(spec: NetworkSpec = SPEC, *, admitted: bool = True) -> Run:
    return Run(spec, blobs(), CONFIG, Scheduler(1), admitted=admitted)


def test_a_run_is_found_by_its_id_and_by_nothing_else(runs: Runs) -> None:
    run = new_run()
    run_id = runs.add(run)
    assert runs.get(run_id) is run
    assert runs.get(run_id[:-1]) is None
    assert runs.get(None) is None
    assert len(run_id) >= 16


def test_a_run_that_nobody_looks_at_ends_by_itself(runs: Runs, clock: Clock) -> None:
    run = new_run()
    run.resume()
    run_id = runs.add(run)
    clock.now = 101
    runs.close_abandoned()
    assert runs.get(run_id) is None
    assert run.view().status is Status.CLOSED


def test_looking_keeps_a_run_alive(runs: Runs, clock: Clock) -> None:
    run_id = runs.add(new_run())
    for clock.now in (60, 120, 180):
        assert runs.get(run_id) is not None
        runs.close_abandoned()
    assert runs.get(run_id) is not None


def test_the_janitor_needs_nobody_to_call_it() -> None:
    runs = Runs(lease_s=0.2)
    runs.add(new_run())
    until(lambda: len(runs) == 0, 10)
    runs.end_all()


def test_the_arrays_of_a_closed_run_are_given_back(runs: Runs) -> None:
    run = new_run()
    run.resume()
    run_id = runs.add(run)
    wait_for_epochs(run, 1)
    W = weakref.ref(run.view().epochs[0].params[0].W)
    runs.close(run_id)
    del run

    def is_gone() -> bool:
        gc.collect()
        return W() is None

    until(is_gone, 10)


def test_only_running_runs_count_as_running(runs: Runs) -> None:
    running, stopped = new_run(), new_run()
    running.resume()
    stopped.resume()
    stopped.stop()
    runs.add(running)
    runs.add(stopped)
    assert runs.n_running() == 1


@pytest.fixture
def full(clock: Clock) -> Iterator[Runs]:
    """Room for two runs of SPEC."""
    runs = Runs(lease_s=100, now=clock, budget=MemoryBudget(2 * NEED.least + NEED.work))
    yield runs
    runs.end_all()


def add(runs: Runs, spec: NetworkSpec = SPEC, instead_of: str | None = None) -> tuple[str, Run]:
    run = new_run(spec, admitted=False)
    return runs.add(run, instead_of), run


def test_a_run_begins_at_once_while_there_is_room_and_waits_in_line_after_that(full: Runs) -> None:
    added = [add(full) for _ in range(4)]
    assert [run.view().waiting for _, run in added] == [False, False, True, True]
    assert [full.place_in_line(run_id) for run_id, _ in added] == [0, 0, 1, 2]
    assert full.place_in_line("unknown") == full.place_in_line(None) == 0


def test_who_came_first_begins_first_when_memory_is_given_back(full: Runs) -> None:
    (first, _), _, (third, waited), (fourth, waits) = [add(full) for _ in range(4)]
    full.close(first)
    assert not waited.view().waiting
    assert (full.place_in_line(third), full.place_in_line(fourth)) == (0, 1)
    assert waits.view().waiting


def test_a_run_in_line_can_be_given_up_and_takes_nobodys_place(full: Runs) -> None:
    _, _, (third, _), (fourth, waits) = [add(full) for _ in range(4)]
    full.close(third)
    assert full.place_in_line(fourth) == 1
    assert waits.view().waiting


def test_a_run_that_nobody_looks_at_makes_room(full: Runs, clock: Clock) -> None:
    _, _, (third, waiting) = [add(full) for _ in range(3)]
    clock.now = 90
    assert full.get(third) is waiting  # the page of a run in line asks for it
    clock.now = 101
    full.close_abandoned()
    assert not waiting.view().waiting


def test_a_run_in_line_that_nobody_looks_at_is_given_up(full: Runs, clock: Clock) -> None:
    (first, _), (second, _), (third, waiting) = [add(full) for _ in range(3)]
    clock.now = 90
    for looked_at in (first, second):
        full.get(looked_at)
    clock.now = 101
    full.close_abandoned()
    assert full.get(third) is None
    assert waiting.view().status is Status.CLOSED


def test_who_starts_anew_keeps_the_own_room_though_others_wait(full: Runs) -> None:
    (first, old), _, (third, _) = [add(full) for _ in range(3)]
    _, again = add(full, instead_of=first)
    assert old.view().status is Status.CLOSED
    assert not again.view().waiting
    assert full.place_in_line(third) == 1


def test_who_starts_anew_with_a_larger_network_waits_behind_the_others() -> None:
    full = Runs(budget=MemoryBudget(2 * memory_of(WIDE, CONFIG).least + memory_of(WIDE, CONFIG).work))
    (first, _), _, (third, waited) = add(full), add(full, WIDE), add(full, WIDE)
    last, run = add(full, WIDE, instead_of=first)
    assert not waited.view().waiting
    assert run.view().waiting
    assert (full.place_in_line(third), full.place_in_line(last)) == (0, 1)
    full.end_all()


def test_a_large_run_at_the_head_of_the_line_is_not_passed_by_small_ones() -> None:
    runs = Runs(budget=MemoryBudget(2 * NEED.least + memory_of(WIDE, CONFIG).work))
    (first, _), (second, _), (_, large), (small, _) = add(runs), add(runs), add(runs, WIDE), add(runs)
    assert runs.place_in_line(small) == 2
    for run_id in (first, second):
        runs.close(run_id)
    assert not large.view().waiting
    runs.end_all()


def test_a_run_that_never_fits_is_refused(full: Runs) -> None:
    kept, _ = add(full)
    huge = new_run(NetworkSpec((4, 100_000, 2)), admitted=False)
    with pytest.raises(RunRefusedError, match="fewer neurons"):
        full.add(huge, instead_of=kept)
    assert huge.view().status is Status.CLOSED
    assert full.get(kept) is not None


def test_a_newcomer_makes_the_others_keep_fewer_epochs(clock: Clock) -> None:
    runs = Runs(lease_s=100, now=clock, budget=MemoryBudget(2 * NEED.least + NEED.work + 40 * NEED.epoch))
    _, run = add(runs)
    run.resume()
    wait_for_epochs(run, 40)
    run.pause()
    assert len(run.view().epochs) > 30
    add(runs)
    assert 20 <= len(run.view().epochs) <= 25
    runs.end_all()


def test_no_view_is_built_to_share_the_memory(full: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_view(_: Run) -> None:
        raise AssertionError("a view was built")

    monkeypatch.setattr(Run, "view", no_view)
    (first, _), _, (third, _) = [add(full) for _ in range(3)]
    assert full.place_in_line(third) == 1
    full.hold("a file", 1)
    full.share_out()
    full.close_abandoned()
    full.close(first)
    assert full.place_in_line(third) == 0
    assert full.n_running() <= 2


def test_anybody_may_look_at_a_run_and_its_owner_alone_can_replace_it(clock: Clock) -> None:
    runs = Runs(lease_s=100, now=clock)
    mine = runs.add(new_run(), owner="me")
    assert runs.is_of(mine, "me")
    assert not runs.is_of(mine, "you")
    assert not runs.is_of("no such run", "me")
    runs.add(new_run(), instead_of=mine, owner="you")
    assert runs.get(mine) is not None
    runs.add(new_run(), instead_of=mine, owner="me")
    assert runs.get(mine) is None
    runs.end_all()


def test_a_run_that_goes_on_has_its_id_again(clock: Clock) -> None:
    runs = Runs(lease_s=100, now=clock)
    run_id = runs.add(new_run())
    runs.close(run_id)
    again = new_run()
    assert runs.add(again, run_id=run_id) == run_id
    assert runs.get(run_id) is again
    runs.end_all()


def test_all_runs_of_an_owner_end_together_and_it_is_remembered_why(runs: Runs) -> None:
    first, second, other = (runs.add(new_run(), owner=owner) for owner in ("ada", "ada", "bob"))
    runs.close_all_of("ada")
    assert [runs.get(run_id) is None for run_id in (first, second, other)] == [True, True, False]
    ending = runs.ending(first)
    assert ending is not None
    assert ending.why is Why.FORGOTTEN
