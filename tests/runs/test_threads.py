"""The threads of a run that is alone: how many it can use, and that they change no number."""

import threading

import pytest

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch
from fcnn.mnist import Dataset, Mnist
from fcnn.network import mnist_spec
from fcnn.training import train
from fcnn.types import Examples
from runs.run import Run
from runs.threads import Together, most_threads
from runs.turns import Scheduler
from tests.waiting import until

LARGE = mnist_spec((400, 30))


@pytest.mark.parametrize(
    ("hidden", "batch_size", "n_cores", "expected"),
    [
        ((64,), 128, 4, 1), ((64,), 1024, 4, 2), ((200,), 32, 4, 1), ((200,), None, 4, 2), ((800,), 128, 4, 2),
        ((800,), 1024, 2, 2), ((800,), 1024, 1, 1),
    ],
)  # fmt: skip
def test_large_runs_have_work_for_two_threads_and_small_ones_for_one(
    hidden: tuple[int, ...], batch_size: int | None, n_cores: int, expected: int
) -> None:
    assert most_threads(mnist_spec(hidden).n_parameters, batch_size, n_cores) == expected


@pytest.fixture
def data(mnist: Mnist) -> Dataset:
    few = Examples(mnist.all_train.X[:600], mnist.all_train.labels[:600])
    return Dataset(few, None, mnist.test)


def last(data: Dataset, config: TrainConfig, n_threads: int) -> Epoch:
    together = Together()
    together.n_threads = n_threads
    *_, epoch = train(LARGE, data, config, at_once=together)
    return epoch


@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(n_epochs=2, batch_size=128, optimizer="adam", learning_rate=0.001, dropout=0.3),
        TrainConfig(n_epochs=2, batch_size=None),
        TrainConfig(n_epochs=1, batch_size=127, l2=0.001),
    ],
)
def test_two_threads_come_to_the_same_numbers_as_one_to_the_bit(data: Dataset, config: TrainConfig) -> None:
    one, two = (last(data, config, n_threads) for n_threads in (1, 2))
    assert (one.train, one.gradient_norms) == (two.train, two.gradient_norms)
    for layer, same in zip(one.params, two.params, strict=True):
        assert (layer.W == same.W).all()
        assert (layer.b == same.b).all()


def test_a_run_comes_to_the_same_numbers_alone_and_in_company(data: Dataset) -> None:
    config, losses = TrainConfig(n_epochs=3, batch_size=128), []
    for n_others in (0, 2):
        scheduler = Scheduler(2)
        others = [Run(mnist_spec((16,)), data, TrainConfig(n_epochs=10_000), scheduler) for _ in range(n_others)]
        run = Run(LARGE, data, config, scheduler)
        for each in (*others, run):
            each.resume()
        until(lambda run=run: not run.view().under_way)  # type: ignore[misc]
        losses.append([record.train.loss for record in run.view().records])
        for each in (*others, run):
            each.close()
    assert losses[0] == losses[1]


def test_parts_are_computed_in_two_threads_at_the_same_time() -> None:
    together, both = Together(), threading.Barrier(2, timeout=10)
    together.n_threads = 2

    def part() -> tuple[()]:
        both.wait()  # would break, were one called after the other
        return ()

    assert together([part, part]) == [(), ()]
