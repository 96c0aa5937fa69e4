"""Moments inside of the first epochs: when they are, what they cost, and that looking changes nothing."""

from dataclasses import replace
from itertools import islice, pairwise

import numpy as np
import pytest

from fcnn import Dataset, Epoch, Examples, TrainConfig, mnist_spec, train, train_steps
from fcnn.engine.by_ink import by_ink
from fcnn.mnist import Mnist
from fcnn.moments import MOST_INSIDE, is_whole, moments_inside, place
from fcnn.presets import PRESETS

QUICK = 430  # batches of 128 in 55,000 images


def test_the_first_epoch_of_quick_is_seen_from_its_first_update_on() -> None:
    assert sorted(moments_inside(1, QUICK)) == [1, 2, 5, 10, 20, 50, 100, 200, 322]


def test_a_quarter_close_to_another_moment_is_left_out() -> None:
    assert {107, 215} & moments_inside(1, QUICK) == set()
    assert sorted(moments_inside(2, QUICK)) == [107, 215, 322]


def test_later_epochs_are_seen_at_their_end_alone() -> None:
    assert [moments_inside(epoch, QUICK) for epoch in (3, 4, 1000)] == [frozenset()] * 3


@pytest.mark.parametrize("n_batches", [1, 2, 3])
def test_there_is_little_inside_of_an_epoch_of_few_updates(n_batches: int) -> None:
    assert moments_inside(1, n_batches) == set(range(1, n_batches))
    assert moments_inside(2, n_batches) == set()


def test_batches_of_one_image_are_seen_up_to_the_end() -> None:
    moments = sorted(moments_inside(1, 55_000))
    assert moments[-3:] == [27_500, 41_250, 50_000] or moments[-1] == 50_000
    assert len(moments) < 25


def test_no_run_has_more_moments_inside_of_its_epochs_than_memory_is_counted_for() -> None:
    most = max(len(moments_inside(1, n)) + len(moments_inside(2, n)) for n in range(1, 60_001, 7))
    assert most <= len(moments_inside(1, 60_000)) + len(moments_inside(2, 60_000)) == MOST_INSIDE


def test_places_on_the_axis_of_epochs_rise_and_are_short() -> None:
    places = [place(1, n, QUICK) for n in sorted(moments_inside(1, QUICK))]
    assert places[:2] == [0.002326, 0.004651]
    assert places == sorted(set(places))
    assert place(3, QUICK, QUICK) == 3


@pytest.fixture
def data(mnist: Mnist) -> Dataset:
    X, labels = mnist.all_train
    few, others = Examples(X[:1500], labels[:1500]), Examples(X[1500:2700], labels[1500:2700])
    return Dataset(few, others, others, by_ink(few.X))


CONFIG = TrainConfig(0.01, n_epochs=3, batch_size=32, optimizer="adam", dropout=0.2)
SPEC = mnist_spec((12,))


def seen(data: Dataset, config: TrainConfig = CONFIG) -> list[Epoch]:
    return [step for step in train_steps(SPEC, data, lambda: config) if isinstance(step, Epoch)]


def test_looking_changes_nothing_to_the_bit(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    with_moments = seen(data)
    monkeypatch.setattr("fcnn.training.moments_inside", lambda *_: frozenset())
    without = seen(data)
    whole = [epoch for epoch in with_moments if epoch.is_whole]
    assert len(with_moments) > len(without) + 5
    for one, other in zip(whole, without, strict=True):
        assert (one.number, one.train, one.validation, one.best) == (
            other.number,
            other.train,
            other.validation,
            other.best,
        )
        assert all(
            np.array_equal(p, q)
            for a, b in zip(one.params, other.params, strict=True)
            for p, q in zip(a, b, strict=True)
        )


def test_moments_come_in_order_and_say_on_how_many_images_they_were_measured(data: Dataset) -> None:
    epochs = seen(data)
    numbers = [epoch.number for epoch in epochs]
    assert numbers == sorted(set(numbers))
    assert [epoch.n_updates for epoch in epochs[:4]] == [0, 1, 2, 5]
    assert {epoch.n_measured for epoch in epochs if not epoch.is_whole} == {1000}
    assert {epoch.n_measured for epoch in epochs if epoch.is_whole} == {1500}
    assert all(epoch.gradient_norms for epoch in epochs[1:])


def test_a_moment_inside_of_an_epoch_is_never_the_best(data: Dataset) -> None:
    epochs = seen(data)
    assert all(float(epoch.best).is_integer() for epoch in epochs)


def test_train_yields_whole_epochs_alone(data: Dataset) -> None:
    assert [epoch.number for epoch in train(SPEC, data, CONFIG)] == [0, 1, 2, 3]


def test_a_full_batch_has_nothing_inside(data: Dataset) -> None:
    config = TrainConfig(0.1, n_epochs=3, batch_size=None)
    assert [epoch.number for epoch in seen(data, config)] == [0, 1, 2, 3]


def test_the_first_second_of_quick_is_a_climb(mnist: Mnist) -> None:
    quick = PRESETS["quick"]
    steps = train_steps(quick.spec, mnist.split(), lambda: quick.config)
    epochs = [step for step in islice(steps, 600) if isinstance(step, Epoch)]
    first = [epoch.watched.accuracy for epoch in epochs if epoch.number < 1]
    assert len(first) >= 9  # the untrained network, and eight moments of the first epoch
    assert sum(after > before + 0.05 for before, after in pairwise(first)) >= 5
    assert first[0] < 0.2
    assert next(epoch for epoch in epochs if epoch.number == 1).watched.accuracy > 0.94


def test_looking_at_every_update_changes_nothing_to_the_bit_and_places_stay_apart(data: Dataset) -> None:
    looked = [e for e in train_steps(SPEC, data, lambda: CONFIG, look_every=lambda: 1) if isinstance(e, Epoch)]
    assert [epoch.n_updates for epoch in looked] == list(range(looked[-1].n_updates + 1))
    numbers = [epoch.number for epoch in looked]
    assert numbers == sorted(set(numbers))
    pairs = zip([epoch for epoch in looked if epoch.is_whole], train(SPEC, data, CONFIG), strict=True)
    for one, other in pairs:
        assert one.train == other.train
        assert all(np.array_equal(a.W, b.W) for a, b in zip(one.params, other.params, strict=True))


def test_every_tenth_update_is_looked_at_where_that_was_asked(data: Dataset) -> None:
    late = [e for e in train_steps(SPEC, data, lambda: CONFIG, look_every=lambda: 10) if isinstance(e, Epoch)]
    assert {epoch.n_updates for epoch in late if not epoch.is_whole and epoch.n_updates >= 100} == {
        100,
        110,
        120,
        130,
        140,
    }


@pytest.mark.parametrize("n_batches", [2, 3, 430, 874, 1000, 1719, 10_000, 55_000])
@pytest.mark.parametrize("epoch", [1, 12, 999])
def test_each_update_has_a_place_of_its_own(epoch: int, n_batches: int) -> None:
    places = [place(epoch, i, n_batches) for i in range(1, n_batches)]
    assert places == sorted(set(places))
    assert not any(is_whole(place) for place in places)
    assert all(epoch - 1 < place < epoch for place in places)
    assert max(len(str(place)) for place in places) <= 10


def test_a_last_batch_of_one_image_makes_no_moment_look_like_the_end(data: Dataset) -> None:
    config = replace(CONFIG, n_epochs=1, batch_size=1499)
    epochs = [e for e in train_steps(SPEC, data, lambda: config, look_every=lambda: 1) if isinstance(e, Epoch)]
    assert [(epoch.number, epoch.is_whole) for epoch in epochs] == [(0, True), (0.5, False), (1, True)]


def test_a_moment_says_whether_it_was_looked_at_in_slow_motion_alone(data: Dataset) -> None:
    looked = [e for e in train_steps(SPEC, data, lambda: CONFIG, look_every=lambda: 1) if isinstance(e, Epoch)]
    assert [e.n_updates for e in looked if e.planned] == [e.n_updates for e in seen(data)]
