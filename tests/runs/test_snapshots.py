"""The epochs that the time machine keeps."""

import numpy as np

from fcnn.epoch import Epoch
from fcnn.metrics import Figures
from fcnn.types import Layer
from runs.snapshots import Snapshots

BYTES = 1_000  # of one epoch made by epoch()


def epoch(number: int, best: int = 0) -> Epoch:
    params = (Layer(np.zeros((24, 10), np.float32), np.zeros(10, np.float32)),)
    return Epoch(number, params, Figures(1.0, 0.5), None, best, 1.0, 0.1, (), number, 5_000)


def kept(n: int, best: int = 0, places: int = 20) -> list[float]:
    snapshots = Snapshots(limit_bytes=places * BYTES)
    for number in range(n):
        snapshots.add(epoch(number, min(best, number)))
    return [epoch.number for epoch in snapshots.all()]


def test_all_epochs_are_kept_while_there_is_room() -> None:
    assert kept(20) == list(range(20))


def test_memory_stays_within_the_limit() -> None:
    assert len(kept(1000)) <= 20


def test_first_and_newest_are_always_kept() -> None:
    numbers = kept(1000)
    assert numbers[0] == 0
    assert numbers[-1] == 999


def test_the_best_is_always_kept() -> None:
    assert 437 in kept(1000, best=437)


def test_early_epochs_are_kept_more_densely_than_late_ones() -> None:
    gaps = np.diff(kept(1000))
    assert gaps[:4].max() <= 2
    assert gaps[-3:].min() > 20


def test_one_huge_epoch_is_kept_even_if_it_exceeds_the_limit() -> None:
    snapshots = Snapshots(limit_bytes=1)
    for number in range(5):
        snapshots.add(epoch(number))
    assert [epoch.number for epoch in snapshots.all()][-1] == 4


def test_a_smaller_limit_thins_at_once_and_a_larger_one_lets_more_be_kept() -> None:
    snapshots = Snapshots(limit_bytes=20 * BYTES)
    for number in range(20):
        snapshots.add(epoch(number))
    snapshots.keep_within(10 * BYTES)
    assert len(snapshots.all()) == 10
    snapshots.keep_within(12 * BYTES)
    for number in range(20, 30):
        snapshots.add(epoch(number))
    assert len(snapshots.all()) == 12
    Snapshots().keep_within(0)
