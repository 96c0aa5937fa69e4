"""The runs of all visitors: found by their id alone, ended when nobody looks."""

import gc
import weakref
from collections.abc import Iterator
from time import monotonic, sleep

import pytest

from fcnn.background import Run
from fcnn.config import TrainConfig
from fcnn.runs import Runs
from fcnn.scheduler import Scheduler
from fcnn.view import Status
from tests.test_background import SPEC, blobs


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runs(clock: Clock) -> Iterator[Runs]:
    runs = Runs(lease_s=100, now=clock)
    yield runs
    runs.end_all()


def new_run() -> Run:
    return Run(SPEC, blobs(), TrainConfig(n_epochs=100_000), Scheduler(1))


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
    end = monotonic() + 10
    while len(runs) and monotonic() < end:
        sleep(0.02)
    assert len(runs) == 0
    runs.end_all()


def test_the_arrays_of_a_closed_run_are_given_back(runs: Runs) -> None:
    run = new_run()
    run.resume()
    run_id = runs.add(run)
    end = monotonic() + 10
    while not run.view().epochs and monotonic() < end:
        sleep(0.01)
    W = weakref.ref(run.view().epochs[0].params[0].W)
    runs.close(run_id)
    del run
    while W() is not None and monotonic() < end:
        gc.collect()
        sleep(0.02)
    assert W() is None


def test_only_running_runs_count_as_running(runs: Runs) -> None:
    running, stopped = new_run(), new_run()
    running.resume()
    stopped.resume()
    stopped.stop()
    runs.add(running)
    runs.add(stopped)
    assert runs.n_running() == 1
