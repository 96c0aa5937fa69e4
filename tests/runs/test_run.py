"""A run in the background, as its owner sees it."""

import gc
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest

from fcnn import training
from fcnn.config import TrainConfig
from fcnn.epoch import State
from fcnn.mnist import Dataset
from fcnn.network import NetworkSpec
from fcnn.types import Array, Examples
from runs.history import History
from runs.run import Run
from runs.status import Status
from runs.turns import Scheduler
from runs.view import RunView

SPEC = NetworkSpec((4, 8, 2))
CONFIG = TrainConfig(n_epochs=5, batch_size=16)


def blobs(n: int = 400) -> Dataset:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, n)
    X = (labels[:, None] + 0.3 * rng.standard_normal((n, 4))).astype(np.float32)
    return Dataset(Examples(X, labels), Examples(X[:50], labels[:50]), Examples(X[:50], labels[:50]))


def wait_for(run: Run, reached: Callable[[RunView], bool], seconds: float = 20) -> RunView:
    end = monotonic() + seconds
    while monotonic() < end:
        view = run.view()
        if reached(view):
            return view
        sleep(0.005)
    raise AssertionError(f"not reached in {seconds} s: {run.view().status}, epoch {len(run.view().whole) - 1}")


def assert_learned_like_train(view: RunView) -> None:
    """Assert that a run of SPEC on blobs() with CONFIG has the numbers of train(), to the bit."""
    expected = list(training.train(SPEC, blobs(), CONFIG))
    assert [record.train for record in view.whole] == [epoch.train for epoch in expected]
    assert view.final is not None
    assert np.array_equal(view.final.params[0].W, expected[-1].params[0].W)


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    made: list[Run] = []

    def make(spec: NetworkSpec = SPEC, data: Dataset | None = None, config: TrainConfig = CONFIG, **more: Any) -> Run:  # noqa: ANN401
        made.append(Run(spec, data or blobs(), config, Scheduler(2), **more))
        return made[-1]

    yield make
    for run in made:
        run.close()


def test_a_new_run_measures_the_untrained_network_and_waits(start: Callable[..., Run]) -> None:
    view = wait_for(start(), lambda view: view.status is Status.PAUSED)
    assert [record.number for record in view.records] == [0]
    assert view.final is not None


def test_a_run_finishes_with_the_numbers_of_train(start: Callable[..., Run]) -> None:
    run = start()
    run.resume()
    view = wait_for(run, lambda view: view.status is Status.FINISHED)
    assert_learned_like_train(view)


def test_pause_stops_the_work_within_half_a_second_even_in_full_batch(start: Callable[..., Run]) -> None:
    X = np.random.default_rng(0).random((20_000, 784), dtype=np.float32)
    labels = np.zeros(20_000, np.int64)
    data = Dataset(Examples(X, labels), None, Examples(X, labels))
    run = start(NetworkSpec((784, 300, 10)), data, TrainConfig(n_epochs=1000, batch_size=None))
    run.resume()
    wait_for(run, lambda view: view.progress.epoch > 0)
    run.pause()
    sleep(0.5)
    before = run.view().progress
    sleep(0.3)
    assert run.view().progress == before
    run.resume()
    wait_for(run, lambda view: view.progress != before)


def test_one_epoch_makes_one_epoch_and_pauses(start: Callable[..., Run]) -> None:
    run = start()
    run.one_epoch()
    view = wait_for(run, lambda view: view.status is Status.PAUSED and len(view.records) > 1)
    assert view.records[-1].number == 1


def test_one_epoch_works_after_the_last_one(start: Callable[..., Run]) -> None:
    run = start()
    run.resume()
    wait_for(run, lambda view: view.status is Status.FINISHED)
    run.one_epoch()
    assert wait_for(run, lambda view: len(view.whole) == 7).whole[-1].number == 6


def test_a_stopped_run_can_go_on_where_it_stopped(start: Callable[..., Run]) -> None:
    run = start(config=replace(CONFIG, n_epochs=10_000))
    run.resume()
    wait_for(run, lambda view: len(view.whole) > 3)
    run.stop()
    stopped = wait_for(run, lambda view: view.status is Status.STOPPED)
    run.continue_for(2)
    view = wait_for(run, lambda view: view.status is Status.FINISHED)
    numbers = [record.number for record in view.whole]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) >= len(stopped.whole) + 2


def test_a_learning_rate_of_zero_on_the_way_freezes_the_network_and_is_remembered(start: Callable[..., Run]) -> None:
    run = start(config=replace(CONFIG, n_epochs=10_000))
    run.resume()
    wait_for(run, lambda view: len(view.whole) > 2)
    run.change(learning_rate=0.0)
    n = len(run.view().whole)
    view = wait_for(run, lambda view: len(view.whole) > n + 3)
    assert view.whole[-1].validation == view.whole[-2].validation
    (change,) = view.changes
    assert (change.name, change.before, change.after) == ("learning_rate", 0.1, 0.0)
    assert change.epoch >= 2


def test_the_layers_cannot_change_on_the_way(start: Callable[..., Run]) -> None:
    with pytest.raises(ValueError, match="batch_size"):
        start().change(batch_size=3)


def test_a_value_out_of_range_changes_nothing(start: Callable[..., Run]) -> None:
    run = start()
    with pytest.raises(ValueError, match="dropout"):
        run.change(dropout=2.0)
    assert run.view().config == CONFIG
    assert run.view().changes == ()


def test_a_run_that_diverges_says_so_and_cannot_be_resumed(start: Callable[..., Run]) -> None:
    data = blobs()
    huge = Dataset(Examples(data.train.X * np.float32(1e30), data.train.labels), data.validation, data.test)
    run = start(data=huge, config=TrainConfig(learning_rate=1000.0, n_epochs=50))
    run.resume()
    wait_for(run, lambda view: view.status is Status.DIVERGED)
    run.resume()
    assert run.view().status is Status.DIVERGED


def test_an_error_in_the_thread_becomes_a_sentence(start: Callable[..., Run]) -> None:
    data = blobs()
    broken = Dataset(Examples(data.train.X[:, :3], data.train.labels), data.validation, data.test)
    view = wait_for(start(data=broken), lambda view: view.status is Status.FAILED)
    assert "X must be (N, 4)" in view.error


def test_restore_best_shows_the_best_epoch_when_the_run_is_over(start: Callable[..., Run]) -> None:
    run = start(config=TrainConfig(learning_rate=5.0, n_epochs=12, restore_best=True, seed=3))
    run.resume()
    view = wait_for(run, lambda view: not view.under_way)
    assert view.final is not None
    losses = [record.validation.loss for record in view.records if record.validation]
    assert view.final.validation is not None
    assert view.final.validation.loss == min(losses)


def test_a_view_taken_earlier_never_changes(start: Callable[..., Run]) -> None:
    run = start()
    before = wait_for(run, lambda view: view.status is Status.PAUSED)
    assert before.final is not None
    W = before.final.params[0].W.copy()
    run.resume()
    wait_for(run, lambda view: view.status is Status.FINISHED)
    assert len(before.records) == 1
    assert np.array_equal(before.final.params[0].W, W)


def test_the_time_left_is_told_and_falls(start: Callable[..., Run]) -> None:
    run = start(config=replace(CONFIG, n_epochs=400))
    run.resume()
    early = wait_for(run, lambda view: len(view.whole) > 20 and view.seconds_left is not None)
    late = wait_for(run, lambda view: len(view.whole) > 390)
    assert early.seconds_left is not None
    assert late.seconds_left is not None
    assert 0 <= late.seconds_left < early.seconds_left


def test_a_run_that_waits_for_memory_takes_none_and_does_what_it_was_told_once_admitted() -> None:
    run = Run(SPEC, blobs(), CONFIG, Scheduler(1), admitted=False)
    run.resume()
    run.pause()
    sleep(0.1)
    assert run.view().status is Status.WAITING
    assert run.view().records == ()
    run.admit()
    assert wait_for(run, lambda view: view.status is Status.FINISHED).records[-1].number == 5
    run.admit()
    assert run.view().status is Status.FINISHED
    run.close()


def test_stop_gives_up_a_run_that_waits_for_memory() -> None:
    run = Run(SPEC, blobs(), CONFIG, Scheduler(1), admitted=False)
    run.stop()
    run.admit()
    run.resume()
    assert run.view().status is Status.CLOSED


def test_changes_of_one_hand_are_one_change() -> None:
    log = History(n_train=100)
    for at_s, (before, after) in enumerate([(0.1, 0.2), (0.2, 0.3), (0.3, 0.5)]):
        log.note_changes(TrainConfig(learning_rate=before), at_s / 10, learning_rate=after)
    assert [(change.before, change.after) for change in log.changes] == [(0.1, 0.5)]
    log.note_changes(TrainConfig(l2=0), 0.4, l2=0.1)
    log.note_changes(TrainConfig(learning_rate=0.5), 2.0, learning_rate=0.7)
    assert [change.name for change in log.changes] == ["learning_rate", "l2", "learning_rate"]
    log.note_changes(TrainConfig(learning_rate=0.7), 2.5, learning_rate=0.5)
    assert [change.name for change in log.changes] == ["learning_rate", "l2"]  # back where it was: no change


def test_nothing_comes_after_a_run_was_halted(start: Callable[..., Run]) -> None:
    """Every page names the same newest epoch, however soon after Stop or Pause it is opened."""
    for halt in (Run.pause, Run.stop):
        run = start(config=replace(CONFIG, n_epochs=10_000, batch_size=None))
        for _ in range(20 if halt is Run.pause else 1):
            run.resume()
            n = len(run.view().whole)
            wait_for(run, lambda view, n=n: len(view.records) > n)  # type: ignore[misc]
            halt(run)
            at_once = len(run.view().whole)
            sleep(0.01)
            assert len(run.view().whole) == at_once


SHAKEN = TrainConfig(0.01, n_epochs=6, batch_size=16, optimizer="adam", dropout=0.2)


@pytest.fixture
def kept(start: Callable[..., Run]) -> tuple[RunView, list[State]]:
    """A run that never stopped, and the state after each of its epochs."""
    states: list[State] = []
    run = start(config=SHAKEN, keep=states.append)
    run.resume()
    return wait_for(run, lambda view: view.status is Status.FINISHED), states


def weights(view: RunView) -> Array:
    assert view.final is not None
    return view.final.params[0].W


def test_a_run_goes_on_from_a_kept_state_to_the_same_numbers(
    start: Callable[..., Run], kept: tuple[RunView, list[State]]
) -> None:
    whole, states = kept
    assert [state.epoch.number for state in states] == [0, 1, 2, 3, 4, 5, 6]
    run = start(config=SHAKEN, resume=states[3])
    view = run.view()
    assert (view.status, [record.number for record in view.records]) == (Status.PAUSED, [3])
    run.resume()
    view = wait_for(run, lambda view: view.status is Status.FINISHED)
    assert [record.train for record in view.whole] == [record.train for record in whole.whole[3:]]
    assert np.array_equal(weights(view), weights(whole))


def test_a_run_that_goes_on_remembers_the_time_before_its_state_and_forgets_what_came_after(
    start: Callable[..., Run], kept: tuple[RunView, list[State]]
) -> None:
    whole, states = kept
    run = start(config=SHAKEN, resume=states[3], past=whole)
    before = run.view()
    assert before.records == tuple(record for record in whole.records if record.number <= 3)
    assert [epoch.number for epoch in before.epochs] == [epoch.number for epoch in whole.epochs if epoch.number <= 3]
    run.resume()
    view = wait_for(run, lambda view: view.status is Status.FINISHED)
    figures = [[(r.number, r.train, r.validation, r.n_updates) for r in each.records] for each in (view, whole)]
    assert figures[0] == figures[1]
    assert [r.seconds for r in view.records] == sorted(r.seconds for r in view.records)


def test_a_run_continues_from_the_state_of_its_end(
    start: Callable[..., Run], kept: tuple[RunView, list[State]]
) -> None:
    _, states = kept
    run, longer = start(config=SHAKEN, resume=states[-1]), start(config=replace(SHAKEN, n_epochs=8))
    assert run.view().status is Status.FINISHED
    run.continue_for(2)
    longer.resume()
    went_on, never_stopped = (wait_for(each, lambda view: view.status is Status.FINISHED) for each in (run, longer))
    assert np.array_equal(weights(went_on), weights(never_stopped))


def test_a_run_that_goes_on_waits_for_memory_and_for_its_owner(
    start: Callable[..., Run], kept: tuple[RunView, list[State]]
) -> None:
    run = start(config=SHAKEN, resume=kept[1][3], admitted=False)
    assert run.view().status is Status.WAITING
    run.admit()
    assert run.view().status is Status.PAUSED
    other = start(config=SHAKEN, resume=kept[1][3], admitted=False)
    other.resume()
    other.admit()
    wait_for(other, lambda view: view.status is Status.FINISHED)


def test_a_state_that_cannot_be_kept_does_not_end_the_run(
    start: Callable[..., Run], caplog: pytest.LogCaptureFixture
) -> None:
    def full_disk(_: State) -> None:
        raise OSError("No space left on device")

    run = start(keep=full_disk)
    run.resume()
    wait_for(run, lambda view: view.status is Status.FINISHED)
    assert "could not be kept" in caplog.text
    assert "No space left" in caplog.text


def test_a_run_that_is_over_has_nothing_to_resume(start: Callable[..., Run], kept: tuple[RunView, list[State]]) -> None:
    last = kept[1][-1]
    waiting = start(config=SHAKEN, resume=last, admitted=False)
    for run in (start(config=SHAKEN, resume=last), waiting):
        run.resume()
        run.admit()
        sleep(0.1)
        assert (run.view().status, run.view().error) == (Status.FINISHED, "")
        run.one_epoch()
        assert wait_for(run, lambda view: view.records[-1].number == 7).status is Status.FINISHED


def test_a_run_that_goes_on_after_its_best_epoch_shows_the_newest(
    start: Callable[..., Run], kept: tuple[RunView, list[State]]
) -> None:
    state = kept[1][3]
    gone = replace(state, epoch=replace(state.epoch, best=1, best_loss=-1.0))
    final = start(config=replace(SHAKEN, restore_best=True), resume=gone).view().final
    assert final is not None
    assert final.number == 3


def test_a_state_is_let_go_of_once_a_run_goes_on_from_it(
    start: Callable[..., Run], kept: tuple[RunView, list[State]]
) -> None:
    run = start(config=replace(SHAKEN, n_epochs=10_000), resume=kept[1][3])
    memory = weakref.ref(kept[1][3].learner.memory[0][0].W)
    kept[1].clear()
    assert memory() is not None
    run.resume()
    wait_for(run, lambda view: len(view.records) > 1)
    gc.collect()
    assert memory() is None
