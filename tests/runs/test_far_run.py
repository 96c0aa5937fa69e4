"""Runs that are given away: the same figures as here, stopped when asked, and begun anew where they are lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from threading import Event

import numpy as np
import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.epoch import Progress
from fcnn.mnist import Mnist
from fcnn.network import mnist_spec
from fcnn.training import train
from runs import errand
from runs.errand import News
from runs.executors import Line, Threads, WorkersLostError, connect
from runs.far_run import FarRun
from runs.status import Status
from runs.sweep.elsewhere import Elsewhere
from runs.sweep.sweep import Sweep
from runs.sweep.tracks import Begun, Track
from tests.waiting import until

SETTINGS = Settings(mnist_spec((8,)), TrainConfig(n_epochs=2, batch_size=100, n_train=5_000, restore_best=True))
LONG = Settings(mnist_spec((8,)), TrainConfig(n_epochs=900))


@pytest.fixture
def threads(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> Iterator[Threads]:
    monkeypatch.setattr(errand, "digits", lambda: mnist)
    threads = Threads(2)
    yield threads
    threads.close()


def test_a_run_that_is_given_away_has_the_figures_of_train(threads: Threads, mnist: Mnist) -> None:
    run = FarRun(SETTINGS, 5_000, threads)
    until(lambda: not run.view().under_way)
    view, expected = run.view(), list(train(SETTINGS.spec, mnist.dataset(SETTINGS.config), SETTINGS.config))
    assert view.status is Status.FINISHED
    assert [record.train for record in view.whole] == [epoch.train for epoch in expected[:-1]]  # the best comes twice
    assert view.final is not None
    assert np.array_equal(view.final.params[0].W, expected[-1].params[0].W)
    assert len(view.epochs) == 1
    assert view.share_done == 1


def test_it_tells_how_far_it_is_and_ends_when_it_is_told_to(threads: Threads) -> None:
    run = FarRun(LONG, 55_000, threads)
    until(lambda: len(run.view().whole) > 1)
    view = run.view()
    assert view.running
    assert view.examples_per_s > 0
    assert 0 < view.share_done < 0.5
    run.stop()
    until(lambda: run.view().status is Status.STOPPED, 10)
    stopped = run.view()
    assert stopped.records[: len(view.records)] == view.records
    assert stopped.final is not None
    assert stopped.final.number == stopped.records[-1].number


def test_one_that_is_no_longer_wanted_before_it_begins_does_nothing(threads: Threads) -> None:
    runs = [FarRun(LONG, 55_000, threads) for _ in range(3)]  # for two threads
    until(lambda: len(runs[0].view().records) > 0)
    for run in runs:
        run.stop()
    until(lambda: all(run.view().status is Status.STOPPED for run in runs), 10)
    assert runs[2].view().records == ()
    assert runs[2].view().final is None


class NoExecutor(Executor):
    """Takes runs, and lets the test say how they end."""

    def __init__(self) -> None:
        self.futures: list[Future[object]] = []

    def submit(self, *_: object, **__: object) -> Future:  # type: ignore[type-arg]
        self.futures.append(Future())
        return self.futures[-1]


class Nobody(Threads):
    """Workers who compute nothing."""

    def __init__(self) -> None:
        super().__init__(1)
        self.taken = NoExecutor()
        self.executor = self.taken
        self.hear: list[Callable[[News], None]] = []

    def line(self, key: str, hear: Callable[[News], None]) -> Line:
        self.hear.append(hear)
        return super().line(key, hear)


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (CancelledError(), "The cluster of this server has left"),
        (ModuleNotFoundError("No module named 'fcnn'"), "(ModuleNotFoundError: No module named 'fcnn')"),
    ],
)
def test_a_run_that_is_lost_there_says_so_and_is_to_begin_anew(end: BaseException, sentence: str) -> None:
    workers = Nobody()
    run = FarRun(SETTINGS, 5_000, workers)
    workers.taken.futures[0].set_exception(end)
    view = run.view()
    assert view.status is Status.INTERRUPTED
    assert sentence in view.error


def test_a_worker_that_begins_anew_after_another_tells_all_from_the_start(threads: Threads) -> None:
    learned = FarRun(SETTINGS, 5_000, threads)
    until(lambda: not learned.view().under_way)
    records = learned.view().records
    workers = Nobody()
    run = FarRun(SETTINGS, 5_000, workers)
    for news in (
        News(0, records[:2], Progress(1, 1_000), 1.0),
        News(2, records[2:4], Progress(1, 9_000), 1.0),
        News(0, records[:1], Progress(0, 0), 1.0),
    ):
        workers.hear[0](news)
    assert run.view().records == records[:1]
    assert run.view().progress == Progress(0, 0)


def test_what_comes_after_a_run_was_given_up_is_not_heard() -> None:
    workers = Nobody()
    run = FarRun(SETTINGS, 5_000, workers)
    run.close()
    workers.hear[0](News(0, (), Progress(5, 5), 1.0))
    assert run.view().status is Status.CLOSED
    assert run.view().progress == Progress(0, 0)
    assert workers.taken.futures[0].cancelled()


class Spare:
    """A track that notes what it is given, and never ends."""

    def __init__(self) -> None:
        self.given: list[Settings] = []

    def at_once(self, wanted: int) -> int:
        return wanted

    def begin(self, settings: Settings) -> Begun:
        self.given.append(settings)
        return Begun(str(len(self.given)), FarRun(settings, 55_000, Nobody()))

    def look(self, run_id: str) -> None:
        pass

    def end(self, run_id: str) -> None:
        pass


def sweep_of(settings: list[Settings], *tracks: Track, at_once: int = 8) -> Sweep:
    return Sweep(settings, tracks, at_once=at_once)


def test_a_sweep_goes_on_here_with_what_a_cluster_has_lost() -> None:
    workers, spare = Nobody(), Spare()
    sweep = sweep_of([SETTINGS, LONG], Elsewhere(lambda: workers), spare)
    until(lambda: len(workers.taken.futures) == 1)  # it has one place
    workers.taken.futures[0].cancel()
    until(lambda: len(spare.given) == 2)
    view = sweep.look()
    assert set(spare.given) == {SETTINGS, LONG}
    assert view.results == ()
    assert view.note.startswith("The cluster of this server has left")
    sweep.close()


def test_a_sweep_goes_on_here_if_there_is_no_cluster() -> None:
    spare = Spare()

    def refuse() -> Threads:
        raise WorkersLostError("Nobody is there.")

    sweep = sweep_of([SETTINGS], Elsewhere(refuse), spare)
    until(lambda: spare.given)
    assert sweep.look().note == "Nobody is there."
    sweep.close()


def test_a_sweep_that_has_nowhere_to_go_ends_with_the_reason() -> None:
    def refuse() -> Threads:
        raise WorkersLostError("Nobody is there.")

    sweep = sweep_of([SETTINGS, LONG], Elsewhere(refuse))
    until(lambda: sweep.look().status is Status.FINISHED)
    assert [(result.status, result.error) for result in sweep.look().results] == [
        (Status.FAILED, "Nobody is there.")
    ] * 2


def test_a_sweep_over_threads_has_results_like_any_other(threads: Threads) -> None:
    ended = Event()
    sweep = Sweep([SETTINGS], [Elsewhere(lambda: threads)], ended=lambda *_: ended.set())
    assert ended.wait(20)
    until(lambda: sweep.look().status is Status.FINISHED)
    (result,) = sweep.look().results
    assert result.status is Status.FINISHED
    assert result.accuracy is not None
    assert result.accuracy > 0.5


def test_without_an_address_threads_compute() -> None:
    workers = connect()
    assert isinstance(workers, Threads)
    assert workers.executor.submit(lambda: 6 * 7).result(10) == 42
    workers.close()
