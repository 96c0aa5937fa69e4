"""A sweep as its owner sees it: results as they come, in the memory and the turns of one visitor."""

import gc
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from time import sleep

import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.epoch import Epoch
from fcnn.network import NetworkSpec
from fcnn.training import train
from runs.memory import MemoryBudget, RunRefusedError, memory_of
from runs.registry import Runs
from runs.run import Run
from runs.status import Status
from runs.sweep.result import Result, SweepView
from runs.sweep.sweep import Sweep
from runs.sweep.sweeps import Sweeps
from runs.sweep.tracks import Here, Track
from runs.ticket import Customer
from runs.turns import Scheduler
from runs.view import RunView
from tests.runs.test_run import SPEC, blobs
from tests.waiting import Clock, until

QUICK = [Settings(SPEC, TrainConfig(n_epochs=3, batch_size=16, seed=seed)) for seed in range(5)]
LONG = [Settings(SPEC, TrainConfig(n_epochs=100_000, batch_size=16, seed=seed)) for seed in range(5)]
SHORT_STEP_S = 0.01


class Place:
    """A server with its runs, and what was made on it."""

    def __init__(self, runs: Runs) -> None:
        self.runs, self.scheduler = runs, Scheduler(2)
        self.made: list[tuple[str, Run]] = []
        self.most = 0  # runs at once
        self.sweeps: list[Sweep] = []

    def make(self, settings: Settings, customer: Customer) -> str:
        run = Run(settings.spec, blobs(), settings.config, self.scheduler, admitted=False, customer=customer)
        run_id = self.runs.add(run)
        self.made.append((run_id, run))
        self.most = max(self.most, len(self.runs))
        return run_id

    def sweep(self, settings: list[Settings], **more: object) -> Sweep:
        tracks: list[Track] = [Here(self.runs, self.make)]
        self.sweeps.append(Sweep(settings, tracks, **more))  # type: ignore[arg-type]
        return self.sweeps[-1]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr("runs.sweep.sweep_thread.STEP_S", SHORT_STEP_S)
    place = Place(Runs(lease_s=100))
    yield place
    for sweep in place.sweeps:
        sweep.close()
    place.runs.end_all()


def wait_until(sweep: Sweep, reached: Callable[[SweepView], object]) -> SweepView:
    until(lambda: reached(sweep.look()))
    return sweep.look()


def is_finished(view: SweepView) -> bool:
    return view.status is Status.FINISHED


def under_way(n: int) -> Callable[[SweepView], bool]:
    return lambda view: len(view.under_way) == n and all(run.view.records for run in view.under_way)


def test_runs_come_one_after_the_other_with_the_numbers_of_train(place: Place) -> None:
    view = wait_until(place.sweep(QUICK), is_finished)
    assert [result.settings for result in view.results] == QUICK
    assert {result.status for result in view.results} == {Status.FINISHED}
    for result in view.results:
        *_, last = train(SPEC, blobs(), result.settings.config)
        assert result.reached is not None
        assert (result.reached.train, result.reached.validation) == (last.train, last.validation)
        assert result.accuracy == last.watched.accuracy
    assert view.share_done == 1
    assert place.most == 1


def test_a_race_has_as_many_runs_at_once_as_it_was_told(place: Place) -> None:
    sweep = place.sweep(LONG, at_once=3)
    view = wait_until(sweep, under_way(3))
    assert [run.settings for run in view.under_way] == LONG[:3]
    assert {run.run_id for run in view.under_way} == {run_id for run_id, _ in place.made}
    sleep(5 * SHORT_STEP_S)
    assert place.most == 3


def test_its_runs_are_one_customer(place: Place) -> None:
    wait_until(place.sweep(LONG, at_once=3), under_way(3))
    assert len({run.customer for _, run in place.made}) == 1
    assert place.runs.n_running() == 1
    other = place.sweep(LONG)
    wait_until(other, under_way(1))
    assert place.runs.n_running() == 2


def test_a_race_of_eight_takes_no_more_time_from_a_visitor_than_one_run() -> None:
    place = Place(Runs(lease_s=100))
    place.scheduler = Scheduler(1)
    data = blobs(4_000)
    config = TrainConfig(n_epochs=100_000, batch_size=16, learning_rate=1e-6)

    def make(settings: Settings, customer: Customer) -> str:
        run = Run(settings.spec, data, settings.config, place.scheduler, admitted=False, customer=customer)
        place.made.append(("", run))
        return place.runs.add(run)

    visitor = Run(SPEC, data, config, place.scheduler)
    visitor.resume()
    race = Sweep([Settings(SPEC, replace(config, seed=i)) for i in range(8)], [Here(place.runs, make)], at_once=8)
    wait_until(race, under_way(8))
    racers = [run for _, run in place.made]
    before = [run.view().epochs_done for run in (visitor, *racers)]
    sleep(3)
    done = [run.view().epochs_done - start for run, start in zip((visitor, *racers), before, strict=True)]
    race.close()
    visitor.close()
    place.runs.end_all()
    assert 0.4 < done[0] / sum(done) < 0.6, done


def test_what_ends_a_run_does_not_end_the_sweep(place: Place) -> None:
    def make(settings: Settings, customer: Customer) -> str:
        if settings.config.seed == 0:
            raise RunRefusedError(9_000_000, 1_000_000)
        if settings.config.seed == 1:
            raise OSError("no more threads")
        return place.make(settings, customer)

    explodes = Settings(NetworkSpec((4, 8, 8, 2)), TrainConfig(n_epochs=50, learning_rate=1000.0, l2=10.0, seed=2))
    fails = Settings(NetworkSpec((5, 8, 2)), TrainConfig(n_epochs=2, seed=3))  # the digits have four numbers
    sweep = Sweep([*QUICK[:2], explodes, fails, QUICK[4]], [Here(place.runs, make)])
    results = wait_until(sweep, is_finished).results
    refused = "To learn, this network needs 9 MB of memory"
    assert [result.status for result in results] == [
        *[Status.FAILED] * 2,
        Status.DIVERGED,
        Status.FAILED,
        Status.FINISHED,
    ]
    assert results[0].error.startswith(refused)
    assert results[1].error == "OSError: no more threads"
    assert results[1].accuracy is None
    assert results[3].error


def test_a_pause_lets_all_stand_still_and_begins_no_more(place: Place) -> None:
    sweep = place.sweep(LONG, at_once=2)
    wait_until(sweep, under_way(2))
    sweep.pause()
    view = wait_until(sweep, lambda view: all(run.view.status is Status.PAUSED for run in view.under_way))
    assert view.status is Status.PAUSED
    place.made[0][1].stop()  # there would be room for the next one
    wait_until(sweep, lambda view: view.results)
    sleep(5 * SHORT_STEP_S)
    assert len(place.made) == 2
    sweep.resume()
    wait_until(sweep, under_way(2))
    assert place.made[1][1].running
    assert len(place.made) == 3


def test_a_stop_ends_the_runs_where_they_are_and_their_results_count(place: Place) -> None:
    sweep = place.sweep(LONG, at_once=2)
    wait_until(sweep, lambda view: under_way(2)(view) and all(run.view.epochs_done > 2 for run in view.under_way))
    sweep.stop()
    view = wait_until(sweep, lambda view: not view.under_way)
    assert view.status is Status.STOPPED
    assert [result.status for result in view.results] == [Status.STOPPED] * 2
    assert all(result.reached and result.reached.number >= 1 for result in view.results)
    assert len(place.made) == 2
    sweep.resume()  # it is over
    assert sweep.look().status is Status.STOPPED


def test_no_network_of_it_is_held_but_those_that_learn(place: Place) -> None:
    handed: list[tuple[Result, int]] = []

    def ended(result: Result, view: RunView) -> None:
        assert view.final is not None
        handed.append((result, len(view.epochs)))

    view = wait_until(place.sweep(QUICK, ended=ended), is_finished)
    assert tuple(result for result, _ in handed) == view.results
    assert all(n_networks > 1 for _, n_networks in handed)
    assert len(place.runs) == 0
    place.made.clear()

    def networks() -> list[object]:
        gc.collect()
        return [each for each in gc.get_objects() if isinstance(each, Epoch) and each.params[0].W.shape == (4, 8)]

    until(lambda: not networks())


def test_who_looks_is_given_no_networks(place: Place) -> None:
    view = wait_until(place.sweep(LONG), under_way(1))
    assert view.under_way[0].view.epochs == ()
    assert view.under_way[0].view.records


def test_a_run_whose_result_cannot_be_kept_is_a_result_all_the_same(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    def ended(*_: object) -> None:
        raise OSError("the disk is full")

    with caplog.at_level(logging.ERROR):
        assert len(wait_until(place.sweep(QUICK[:2], ended=ended), is_finished).results) == 2
    assert "the disk is full" in caplog.text


def test_a_sweep_has_one_place_in_the_line_for_memory(place: Place) -> None:
    need = memory_of(*LONG[0])
    place.runs.end_all()
    place.runs = Runs(lease_s=100, budget=MemoryBudget(2 * need.least + 2 * need.work, n_turns=2))
    wait_until(place.sweep(LONG, at_once=5), lambda view: len(view.under_way) == 3)
    visitor = Run(SPEC, blobs(), LONG[0].config, place.scheduler, admitted=False)
    run_id = place.runs.add(visitor)
    sleep(5 * SHORT_STEP_S)
    assert len(place.made) == 3  # two that learn, and one in line
    assert place.runs.place_in_line(run_id) == 2


def test_a_sweep_that_nobody_looks_at_ends_and_begins_nothing_more(place: Place) -> None:
    clock = Clock()
    sweep = place.sweep(LONG, at_once=2, lease_s=60, now=clock)
    wait_until(sweep, under_way(2))
    clock.now = 59
    sweep.look()
    clock.now = 118
    sleep(5 * SHORT_STEP_S)
    assert len(place.runs) == 2
    clock.now = 120
    until(lambda: len(place.runs) == 0)
    view = sweep.look()
    assert (view.status, view.under_way, view.results) == (Status.CLOSED, (), ())
    assert len(place.made) == 2


def test_looking_at_a_sweep_keeps_its_runs_from_ending(place: Place) -> None:
    clock = Clock()
    place.runs.end_all()
    place.runs = Runs(lease_s=100, now=clock)
    sweep = place.sweep(LONG, at_once=2, now=clock)
    wait_until(sweep, under_way(2))
    for clock.now in (60, 120, 180):
        sweep.look()
        place.runs.close_abandoned()
    assert len(place.runs) == 2


def test_a_sweep_may_be_acted_upon_while_it_makes_a_run(place: Place) -> None:
    making, go_on = Event(), Event()

    def make(settings: Settings, customer: Customer) -> str:
        making.set()
        assert go_on.wait(20)
        return place.make(settings, customer)

    sweep = Sweep(LONG, [Here(place.runs, make)])
    assert making.wait(20)
    assert sweep.look().under_way == ()
    sweep.stop()
    go_on.set()
    until(lambda: len(place.made) == 1 and len(place.runs) == 0)
    assert len(sweep.look().results) == 1


@pytest.mark.parametrize(("n", "at_once"), [(0, 1), (65, 1), (2, 0), (2, 9)])
def test_a_sweep_is_bounded(place: Place, n: int, at_once: int) -> None:
    with pytest.raises(ValueError, match="1 to 64 runs, 1 to 8 at once"):
        place.sweep((QUICK * 13)[:n], at_once=at_once)


def test_a_visitor_has_one_sweep(place: Place) -> None:
    sweeps = Sweeps(most=2)
    first = sweeps.begin("ada", lambda: place.sweep(LONG))
    other = sweeps.begin("bob", lambda: place.sweep(LONG))
    second = sweeps.begin("ada", lambda: place.sweep(LONG))
    assert sweeps.of("ada") is second
    assert sweeps.of("bob") is other
    assert first.look().status is Status.CLOSED
    third = sweeps.begin("eve", lambda: place.sweep(LONG))
    assert sweeps.of("bob") is None  # the server has no room for more, and that one began first
    assert other.look().status is Status.CLOSED
    sweeps.forget("eve")
    assert third.look().status is Status.CLOSED
    assert sweeps.of("eve") is None
