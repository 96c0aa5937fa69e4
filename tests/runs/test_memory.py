"""What a run needs, against what it really takes, and who gets how much of what is there."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from fcnn.augmentation import Augmentation, augment
from fcnn.config import TrainConfig
from fcnn.epoch import Epoch
from fcnn.metrics import Figures
from fcnn.mnist import Dataset
from fcnn.moments import MOST_INSIDE
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from fcnn.training import train_steps
from fcnn.types import Examples
from runs.memory import MIN_KEPT, MemoryBudget, RunMemory, RunRefusedError, memory_of
from runs.records import EpochRecord

MB = 1_000_000


def measured(hidden: tuple[int, ...], config: TrainConfig) -> tuple[int, int]:
    """Return what a run of two epochs holds at the end, and what it takes at most on top of that, in bytes."""
    rng = np.random.default_rng(0)
    few = Examples(rng.integers(0, 256, (3_000, 784), dtype=np.uint8), rng.integers(0, 10, 3_000))
    train = Examples(*(part[: config.n_train] for part in few))
    tracemalloc.start()
    try:
        steps = train_steps(mnist_spec(hidden), Dataset(train, few, few), lambda: config)
        tracemalloc.reset_peak()
        while True:
            piece = next(steps)
            if isinstance(piece, Epoch) and piece.number == 2:
                held, peak = tracemalloc.get_traced_memory()
                return held, peak - held
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("batch_size", [128, 1024, None])
@pytest.mark.parametrize(
    ("hidden", "optimizer", "dropout", "l2"),
    [((64,), "adam", 0.0, 0.0), ((400,), "adam", 0.3, 1e-4), ((200,), "nesterov", 0.0, 0.0),
     ((1024, 1024), "momentum", 0.2, 0.0), ((), "gradient_descent", 0.0, 0.0)],
)  # fmt: skip
def test_a_run_takes_no_more_than_is_said_and_at_least_half_of_it(
    hidden: tuple[int, ...], optimizer: str, dropout: float, l2: float, batch_size: int | None
) -> None:
    config = TrainConfig(0.001, 5, batch_size, optimizer, dropout=dropout, l2=l2)
    need = memory_of(mnist_spec(hidden), config)
    held, work = measured(hidden, config)
    said, really = need.learner + need.epoch + need.work, held + work
    assert said / 2 <= really <= said, f"{really / MB:.1f} MB of {said / MB:.1f} MB; {held / MB:.1f} held"


@pytest.mark.parametrize("hidden", [(), (64,)])
def test_a_run_on_few_images_takes_no_more_than_is_said(hidden: tuple[int, ...]) -> None:
    config = TrainConfig(0.001, 5, None, "adam", n_train=100)
    need = memory_of(mnist_spec(hidden), config)
    held, work = measured(hidden, config)
    assert (need.learner + need.epoch + need.work) / 2 <= held + work <= need.learner + need.epoch + need.work
    assert need.learner < memory_of(mnist_spec(hidden), replace(config, n_train=None)).learner


def test_the_figures_of_very_many_epochs_are_counted() -> None:
    short, long = (memory_of(mnist_spec((8,) * 5), TrainConfig(n_epochs=n, n_train=100)) for n in (10, 50_010))
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = [as_many_numbers(i) for i in range(2_000, 4_000)]
        taken = (tracemalloc.get_traced_memory()[0] - before) / len(kept)
    finally:
        tracemalloc.stop()
    assert taken / 2 < (long.learner - short.learner) / 50_000 / 1.05 < 2 * taken
    assert taken * 50_000 < long.learner - short.learner


def as_many_numbers(i: int) -> EpochRecord:
    """Return the figures of an epoch of a network with five hidden layers, every number an object of its own."""
    x = i + 0.5
    figures = Figures(x, x / 3), Figures(x / 5, x / 7)
    return EpochRecord(i, *figures, x / 9, tuple(x / n for n in range(10, 16)), x / 17, i + 5_000, 100)


def test_a_quick_run_gets_room_for_all_its_epochs_and_the_moments_inside_and_no_more() -> None:
    preset = PRESETS["quick"]
    need = memory_of(preset.spec, preset.config)
    (kept,) = MemoryBudget(300 * MB).shares([need])
    assert kept == (11 + MOST_INSIDE) * 4 * preset.spec.n_parameters


def test_thirty_quick_runs_fit_where_the_smallest_cloud_leaves_room() -> None:
    preset = PRESETS["quick"]
    budget, needs = MemoryBudget(350 * MB, n_turns=2), [memory_of(preset.spec, preset.config)] * 30
    assert budget.fits(needs)
    assert sum(need.learner for need in needs) + sum(budget.shares(needs)) < 350 * MB


def small(n_epochs: int) -> RunMemory:
    return RunMemory(learner=10, work=5, epoch=1, n_epochs=n_epochs)


def test_what_runs_keep_fits_into_the_room_and_the_modest_get_what_they_like() -> None:
    needs = [small(100), small(6), small(100)]
    kept = MemoryBudget(n_bytes=100, n_turns=2).shares(needs)
    assert kept[1] == 6
    assert kept[0] == kept[2]
    assert 98 <= sum(kept) + 3 * 10 + 2 * 5 <= 100


def test_nobody_keeps_less_than_the_least_nor_more_than_the_limit() -> None:
    assert MemoryBudget(n_bytes=0).shares([small(100)]) == [MIN_KEPT]
    assert MemoryBudget(n_bytes=10_000, kept_bytes=50).shares([small(100), small(20)]) == [50, 20]


def test_only_those_who_compute_at_once_need_room_for_work() -> None:
    needs = [small(9)] * 4
    assert MemoryBudget(n_bytes=4 * (10 + MIN_KEPT) + 2 * 5, n_turns=2).fits(needs)
    assert not MemoryBudget(n_bytes=4 * (10 + MIN_KEPT) + 2 * 5, n_turns=3).fits(needs)


def test_a_run_that_never_fits_is_refused_with_a_limit_and_a_way_out() -> None:
    config = replace(PRESETS["quick"].config, batch_size=None)
    need = memory_of(mnist_spec((1024,) * 5), config)
    with pytest.raises(RunRefusedError, match=r"together may use 100 MB\. Please choose fewer neurons"):
        MemoryBudget(100 * MB).check(need)
    MemoryBudget(500 * MB).check(need)


def test_what_is_needed_never_reads_like_what_is_there() -> None:
    need = RunMemory(learner=4_000_000, work=2_300_000, epoch=0, n_epochs=1)
    with pytest.raises(RunRefusedError, match=r"needs 7 MB of memory, .* may use 6 MB"):
        MemoryBudget(6_299_999).check(need)
    MemoryBudget(6_300_000).check(need)


def test_a_run_with_varied_images_takes_no_more_than_is_said() -> None:
    config = TrainConfig(0.001, 5, 1024, "adam", augmentation=Augmentation(1, 10, 0.1, 1.5, noise=0.1))
    augment(np.zeros((1, 784), np.float32), config.augmentation, rng=np.random.default_rng(0))  # once a process
    need = memory_of(mnist_spec((100,)), config)
    held, work = measured((100,), config)
    assert (need.learner + need.epoch + need.work) / 2 <= held + work <= need.learner + need.epoch + need.work
