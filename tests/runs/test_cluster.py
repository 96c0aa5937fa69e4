"""Runs on a real Dask cluster over TCP: the figures of here, nothing lost with a worker, stopped and followed there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.metrics import Figures
from fcnn.mnist import Mnist
from fcnn.network import mnist_spec
from fcnn.training import train
from runs import cluster
from runs.executors import Connection, WorkersLostError, connect
from runs.registry import Runs
from runs.run import Run
from runs.status import Status
from runs.sweep.elsewhere import Elsewhere
from runs.sweep.result import SweepView
from runs.sweep.sweep import Sweep
from runs.sweep.tracks import Here
from runs.ticket import Customer
from runs.turns import Scheduler
from tests.project import ROOT, run_python
from tests.waiting import until as until_within

QUICK = [Settings(mnist_spec((16,)), TrainConfig(n_epochs=3, n_train=20_000, seed=seed)) for seed in range(5)]
# Long enough that one who looks now and then finds two of them under way.
LASTING = [Settings(mnist_spec((16,)), TrainConfig(n_epochs=20, n_train=20_000, seed=seed)) for seed in range(3)]
LONG = Settings(mnist_spec((16,)), TrainConfig(n_epochs=900))


def until(reached: Callable[[], object]) -> None:
    until_within(reached, seconds=120)  # processes that begin, on a busy computer


class Processes:
    """A scheduler and its workers, each in a process of its own; what was killed is there again for the next test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def connection(self, n_workers: int) -> Connection:
        """Return a connection to a cluster of so many workers."""
        file = self._folder / "scheduler.json"
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.end()
            file.unlink(missing_ok=True)
            self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        alive = [worker for worker in self.workers if worker.poll() is None]
        self.workers = alive[:n_workers]
        self.kill(*alive[n_workers:])
        while len(self.workers) < n_workers:
            self.workers.append(self._start("worker", "--nthreads", "1", "--no-nanny"))
        until(file.exists)
        self.address = json.loads(file.read_text())["address"]
        connection = Connection(self.address)

        def all_there() -> bool:
            try:
                return connection().n_places() == n_workers
            except WorkersLostError:
                return False

        until(all_there)
        return connection

    def _start(self, role: str, *options: str) -> "subprocess.Popen[bytes]":
        file = ["--scheduler-file", "scheduler.json", "--no-dashboard"]
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{role}", *file, *options],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=self._folder,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, *processes: "subprocess.Popen[bytes] | None") -> None:
        """Kill some of them, without a word of farewell."""
        for process in filter(None, processes):
            process.kill()  # SIGKILL
            process.wait()

    def end(self) -> None:
        self.kill(*self.workers, self.scheduler)


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    processes = Processes(tmp_path_factory.mktemp("cluster"))
    yield processes
    processes.end()


@pytest.fixture(autouse=True)
def quick_to_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WATCH_S", 0.1)
    monkeypatch.setattr(cluster, "WORKERLESS_S", 0.5)
    monkeypatch.setattr(cluster, "TIMEOUT", "0.5s")


def learned_here(settings: Settings, mnist: Mnist) -> tuple[Figures, Figures | None]:
    *_, last = train(settings.spec, mnist.dataset(settings.config), settings.config)
    return last.train, last.validation


def assert_all_as_here(view: SweepView, mnist: Mnist) -> None:
    assert {result.settings for result in view.results} == {*view.settings}
    assert len(view.results) == len(view.settings)
    for result in view.results:
        assert result.status is Status.FINISHED
        assert result.reached is not None
        assert (result.reached.train, result.reached.validation) == learned_here(result.settings, mnist)


def test_nothing_is_lost_with_a_worker_that_is_killed(processes: Processes, mnist: Mnist) -> None:
    connection = processes.connection(n_workers=2)
    sweep = Sweep(LASTING, [Elsewhere(connection)])
    until(lambda: len(both := sweep.look().under_way) == 2 and all(run.view.records for run in both))
    processes.kill(processes.workers[0])  # in the middle of its run
    until(lambda: sweep.look().status is Status.FINISHED)
    assert sweep.look().note == ""  # all of them were computed there
    assert_all_as_here(sweep.look(), mnist)
    connection().close()


def test_a_run_there_is_followed_and_stopped(processes: Processes, mnist: Mnist) -> None:
    connection = processes.connection(n_workers=1)
    sweep = Sweep([LONG, LONG._replace(config=replace(LONG.config, seed=1))], [Elsewhere(connection)])
    until(lambda: any(len(run.view.whole) > 1 for run in sweep.look().under_way))
    (seen,) = sweep.look().under_way
    until(lambda: sweep.look().under_way[0].view.epochs_done > seen.view.epochs_done)
    start = monotonic()
    sweep.stop()
    until(lambda: sweep.look().results)
    assert monotonic() - start < 5
    (result,) = sweep.look().results
    assert result.status is Status.STOPPED
    assert result.reached is not None
    assert 1 <= result.reached.number < 900
    sweep = Sweep(QUICK[:1], [Elsewhere(connection)])  # the worker is free again
    until(lambda: sweep.look().status is Status.FINISHED)
    assert_all_as_here(sweep.look(), mnist)
    connection().close()


@pytest.mark.parametrize(("gone", "sentence"), [("workers", "has no workers"), ("scheduler", "has left")])
def test_without_its_cluster_a_sweep_goes_on_here(processes: Processes, mnist: Mnist, gone: str, sentence: str) -> None:
    runs, scheduler, connection = Runs(), Scheduler(1), processes.connection(n_workers=1)

    def make(settings: Settings, customer: Customer) -> str:
        data = mnist.dataset(settings.config)
        return runs.add(Run(settings.spec, data, settings.config, scheduler, admitted=False, customer=customer))

    sweep = Sweep(QUICK[:2], [Elsewhere(connection), Here(runs, make)])
    until(lambda: sweep.look().under_way)
    processes.kill(*([processes.scheduler] if gone == "scheduler" else processes.workers))
    until(lambda: sweep.look().status is Status.FINISHED)
    assert sentence in sweep.look().note
    assert_all_as_here(sweep.look(), mnist)
    runs.end_all()
    with pytest.raises(WorkersLostError, match="does not answer" if gone == "scheduler" else "has no workers"):
        connect(processes.address)


def test_who_names_no_cluster_does_not_pay_for_it() -> None:
    code = "import sys, runs.executors, runs.sweep.elsewhere; print('distributed' in sys.modules)"
    assert run_python(code).strip() == "False"
