"""Slow motion: a run at a pace, or one update at a press; what it learns is the same, and it obeys at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic
from typing import Any

import numpy as np
import pytest

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch, Progress
from fcnn.metrics import Figures
from fcnn.types import Layer
from runs.history import History, lasts
from runs.pace import Pace
from runs.run import Run
from runs.status import Status
from runs.turns import Scheduler
from tests.runs.test_run import CONFIG, SPEC, assert_learned_like_train, blobs, wait_for


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    made: list[Run] = []

    def make(config: TrainConfig = CONFIG, **more: Any) -> Run:  # noqa: ANN401
        made.append(Run(SPEC, blobs(), config, Scheduler(2), **more))
        return made[-1]

    yield make
    for run in made:
        run.close()


def n_updates(run: Run) -> int:
    records = run.view().records
    return records[-1].n_updates if records else 0


def test_a_run_keeps_its_pace(start: Callable[..., Run]) -> None:
    run = start(pace=10)
    run.resume()
    wait_for(run, lambda view: bool(view.records))
    since, before = monotonic(), n_updates(run)
    view = wait_for(run, lambda view: view.records[-1].n_updates >= before + 15)
    assert 1.2 < monotonic() - since < 4
    assert view.pace == 10
    assert 5 < view.updates_per_s < 13
    assert view.seconds_left is None


def test_every_update_of_a_slow_run_is_seen_and_the_clock_of_the_run_does_not_count_the_waiting(
    start: Callable[..., Run],
) -> None:
    run = start(pace=20)
    run.resume()
    seen: set[int] = set()
    since = monotonic()

    def look(view: Any) -> bool:  # noqa: ANN401
        seen.update(record.n_updates for record in view.records)
        return bool(view.records) and view.records[-1].n_updates >= 24

    view = wait_for(run, look)
    assert seen >= set(range(0, 24, 2))  # 20 a second: every second one is looked at
    assert view.records[-1].seconds < (monotonic() - since) / 2


def test_full_speed_is_back_at_once(start: Callable[..., Run]) -> None:
    run = start(pace=1)
    run.resume()
    wait_for(run, lambda view: bool(view.records))
    run.set_pace(None)
    since = monotonic()
    view = wait_for(run, lambda view: view.status is Status.FINISHED)
    assert monotonic() - since < 1
    assert view.pace is None


@pytest.mark.parametrize("act", [Run.pause, Run.stop, Run.close])
def test_a_run_that_stands_still_obeys_at_once(start: Callable[..., Run], act: Callable[[Run], None]) -> None:
    run = start(pace=0.1)
    run.resume()
    wait_for(run, lambda view: len(view.records) > 0)
    since = monotonic()
    act(run)
    assert monotonic() - since < 0.3
    assert not run.running


def test_one_update_at_a_press(start: Callable[..., Run]) -> None:
    run = start()
    for n in range(1, 4):
        run.one_update()
        view = wait_for(run, lambda view: view.status is Status.PAUSED and bool(view.records))
        assert view.records[-1].n_updates == n
    run.one_update()
    run.one_update()
    view = wait_for(run, lambda view: view.status is Status.PAUSED)
    assert view.records[-1].n_updates in (4, 5)
    run.resume()
    assert wait_for(run, lambda view: view.status is Status.FINISHED).records[-1].n_updates == 125


def test_one_update_more_than_was_asked_for(start: Callable[..., Run]) -> None:
    run = start()
    run.resume()
    wait_for(run, lambda view: view.status is Status.FINISHED)
    run.one_update()
    view = wait_for(run, lambda view: view.status is Status.PAUSED)
    assert view.records[-1].n_updates == 126
    assert view.config.n_epochs == 6


def test_the_one_update_of_a_full_batch_is_an_epoch(start: Callable[..., Run]) -> None:
    run = start(TrainConfig(n_epochs=3, batch_size=None))
    run.one_update()
    view = wait_for(run, lambda view: view.status is Status.PAUSED)
    assert [record.number for record in view.records] == [0, 1]


def test_a_slow_run_learns_the_same_to_the_bit(start: Callable[..., Run]) -> None:
    run = start(pace=500)
    run.resume()
    for _ in range(3):
        wait_for(run, lambda view: bool(view.records))
        run.pause()
        run.one_update()
        wait_for(run, lambda view: view.status is Status.PAUSED)
        run.resume()
    view = wait_for(run, lambda view: view.status is Status.FINISHED)
    assert_learned_like_train(view)


def moment(n: int, an_epoch: int = 430) -> Epoch:
    whole, part = divmod(n, an_epoch)
    number = whole if part == 0 else round(n / an_epoch, 4)
    params = (Layer(np.zeros((24, 10), np.float32), np.zeros(10, np.float32)),)
    return Epoch(number, params, Figures(1, 0.5), None, 0, 1, 0.1, (), n, 1000, planned=part == 0)


def test_hours_of_slow_motion_keep_few_moments_and_always_the_newest() -> None:
    history = History(55_000)
    for n in range(50_000):
        history.add(moment(n))
        assert history.records[-1].n_updates == n
        newest = history.snapshots.newest
        assert newest is not None
        assert newest.n_updates == n
    numbers = [record.number for record in history.records]
    assert numbers == sorted(set(numbers))
    assert len(numbers) < 1000
    assert set(range(117)) <= set(numbers), "whole epochs stay"
    assert [record.n_updates for record in history.records[:101]] == list(range(101))


def test_slow_motion_takes_no_place_from_whole_epochs() -> None:
    history, n_bytes = History(55_000), 1_000
    history.snapshots.keep_within(32 * n_bytes)
    for n in range(4_400):
        history.add(moment(n))
        assert len(history.snapshots.all()) <= 32
    kept = [epoch.number for epoch in history.snapshots.all()]
    assert set(range(11)) <= set(kept)
    assert kept[-1] > 10.2


def test_a_moment_lasts_if_it_was_planned_or_is_a_hundredth_beyond() -> None:
    assert lasts(moment(430), 429)
    assert lasts(replace(moment(322), planned=True), 320)
    assert lasts(moment(1), 0)
    assert lasts(moment(505), 500)
    assert not lasts(moment(504), 500)


def test_what_was_missed_is_not_made_up_for() -> None:
    pace = Pace(10)
    pace.note_look(1, 100.0)
    assert pace.wait_s(100.0) == pytest.approx(0.1)
    pace.note_look(2, 105.0)  # five seconds late
    assert pace.wait_s(105.0) == pytest.approx(0.0, abs=1e-6)
    pace.note_look(3, 105.02)
    assert 0 < pace.wait_s(105.02) <= 0.1
    pace.set(10)  # as it was: no reason to go on at once
    assert 0 < pace.wait_s(105.02) <= 0.1
    pace.set(None)
    assert pace.wait_s(105.02) == 0
    assert pace.look_every() == 0
    pace.set(100)
    assert pace.look_every() == 10


def test_looks_that_lie_closer_than_usual_keep_the_pace_of_updates() -> None:
    pace, now_s = Pace(100), 50.0
    for n in (1, 2, 5, 10, 20, 30):  # the first four are moments of every run
        pace.note_look(n, now_s)
        before, now_s = now_s, now_s + pace.wait_s(now_s)
    assert now_s == pytest.approx(50 + 0.1 + 29 / 100)
    assert now_s - before == pytest.approx(0.1)
    assert 80 < pace.measured(before) < 125


def test_a_pace_that_is_gone_is_not_told_of() -> None:
    pace = Pace(10)
    for n in range(5):
        pace.note_look(n, n / 10)
    assert pace.measured(0.45) == pytest.approx(10)
    assert pace.measured(2.4) == pytest.approx(0.5)  # at most: one in the two seconds since the last
    assert Pace(10).measured(0) == 0


@pytest.mark.parametrize("pace", [0, -1, float("nan"), float("inf")])
def test_a_pace_is_above_nothing(start: Callable[..., Run], pace: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Pace(pace)
    run = start(pace=10)
    with pytest.raises(ValueError, match="above 0"):
        run.set_pace(pace)
    assert run.view().pace == 10


@pytest.mark.parametrize("act", [Run.one_update, Run.one_epoch])
def test_going_on_by_hand_does_not_switch_early_stopping_off(
    start: Callable[..., Run], act: Callable[[Run], None]
) -> None:
    run = start(replace(CONFIG, patience=3))
    act(run)
    view = wait_for(run, lambda view: view.status is Status.PAUSED and len(view.records) > 1)
    assert view.config == replace(CONFIG, patience=3)


def test_one_update_is_possible_after_early_stopping(start: Callable[..., Run]) -> None:
    run = start(replace(CONFIG, n_epochs=100, learning_rate=0.0, patience=1))
    run.resume()
    ended = wait_for(run, lambda view: view.status is Status.FINISHED)
    run.one_update()
    view = wait_for(run, lambda view: view.status is Status.PAUSED)
    assert view.records[-1].n_updates == ended.records[-1].n_updates + 1
    assert view.config.n_epochs == 100


def test_one_update_does_not_wait_for_the_pace(start: Callable[..., Run]) -> None:
    run = start(pace=0.1)
    run.resume()
    wait_for(run, lambda view: len(view.records) > 1)
    run.one_update()
    assert wait_for(run, lambda view: view.status is Status.PAUSED, seconds=3).records[-1].n_updates == 2


def test_what_is_left_is_told_by_the_speed_before_slow_motion() -> None:
    history = History(n_train=1_000)
    for n_seen in (100, 200):
        before, history.progress = history.progress, Progress(1, n_seen)
        history.add_time(0.1, before, slow=False)
    assert history.examples_per_s == pytest.approx(1_000)
    before, history.progress = history.progress, Progress(1, 201)
    history.add_time(0.1, before, slow=True)
    assert history.examples_per_s == pytest.approx(1_000)
    assert history.seconds == pytest.approx(0.3)


def test_a_paused_run_goes_at_no_speed(start: Callable[..., Run]) -> None:
    run = start(pace=20)
    run.resume()
    wait_for(run, lambda view: view.updates_per_s > 0)
    run.pause()
    assert run.view().updates_per_s == 0
