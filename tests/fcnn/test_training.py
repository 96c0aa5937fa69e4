"""A run learns, can be repeated to the bit, ends when it should, and does what its settings say."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, replace
from itertools import pairwise
from math import isfinite, sqrt
from typing import Any

import numpy as np
import pytest

from fcnn import (
    OPTIMIZERS,
    Dataset,
    Epoch,
    Examples,
    Layer,
    NetworkSpec,
    Params,
    Progress,
    TrainConfig,
    answer,
    backward,
    forward,
    summarize,
    train,
    train_steps,
)
from fcnn.engine.batches import batches
from fcnn.engine.by_ink import by_ink
from fcnn.engine.gradients import add_weighted
from fcnn.engine.learner import Learner
from fcnn.engine.updates import Updater
from tests.networks import arrays

SPEC = NetworkSpec((2, 8, 2), "tanh")


def xor(n: int, seed: int, spread: float = 0.5) -> Examples:
    """Points around the four corners of a square; neighbours differ, opposites are the same."""
    rng = np.random.default_rng(seed)
    corners = rng.integers(0, 2, (n, 2))
    X = 2 * corners - 1 + rng.uniform(-spread, spread, (n, 2))
    return Examples(X.astype(np.float32), corners[:, 0] ^ corners[:, 1])


def mislead(examples: Examples) -> Examples:
    return Examples(examples.X, 1 - examples.labels)


DATA = Dataset(train=xor(200, 1), validation=xor(100, 2), test=xor(100, 3))
# The better a network learns the training set, the worse it does here.
MISLEADING = replace(DATA, validation=mislead(xor(100, 2)))
# Corners that overlap: the validation loss falls, and rises again.
BLURRED = Dataset(train=xor(60, 1, 1.2), validation=xor(60, 2, 1.2), test=xor(60, 3, 1.2))
CONFIG = TrainConfig(learning_rate=0.5, n_epochs=4, batch_size=32)
UNSTEADY = TrainConfig(learning_rate=1, n_epochs=20, batch_size=16)
# Neurons with a leak cannot die of too large a step, so the numbers grow until they overflow.
DEEP = NetworkSpec((2, 8, 8, 8, 2), "leaky_relu")
EXPLOSIVE = TrainConfig(learning_rate=1000, n_epochs=50, batch_size=32)


def run(config: TrainConfig = CONFIG, data: Dataset = DATA, spec: NetworkSpec = SPEC) -> list[Epoch]:
    return list(train(spec, data, config))


def same(one: Epoch, other: Epoch) -> bool:
    """Whether two epochs are the same to the bit."""
    figures = [replace(epoch, params=()) for epoch in (one, other)]
    return figures[0] == figures[1] and all(map(np.array_equal, arrays(one.params), arrays(other.params)))


def all_same(some: list[Epoch], others: list[Epoch]) -> bool:
    return len(some) == len(others) and all(map(same, some, others))


def next_epoch(steps: Iterator[Epoch | Progress]) -> Epoch:
    return next(step for step in steps if isinstance(step, Epoch) and step.is_whole)


@dataclass
class Settings:
    """Settings that a person changes while a run asks for them."""

    config: TrainConfig

    def __call__(self) -> TrainConfig:
        return self.config


@pytest.mark.parametrize("batch_size", [1, 32, None])
def test_a_network_learns_exclusive_or(batch_size: int | None) -> None:
    last = run(TrainConfig(learning_rate=0.5 if batch_size != 1 else 0.05, n_epochs=100, batch_size=batch_size))[-1]
    assert last.train.accuracy == 1
    assert last.validation is not None
    assert last.validation.accuracy == 1


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_learns_at_its_usual_rate(optimizer: str) -> None:
    rate = OPTIMIZERS[optimizer].usual_learning_rate
    first, *_, last = run(TrainConfig(rate, n_epochs=30, batch_size=4, optimizer=optimizer))
    assert last.train.accuracy == 1
    assert last.train.loss < first.train.loss / 5


def test_a_network_without_a_hidden_layer_cannot_learn_exclusive_or() -> None:
    assert run(TrainConfig(0.5, n_epochs=20), spec=NetworkSpec((2, 2)))[-1].train.accuracy < 0.8


def test_epochs_are_numbered_from_the_untrained_network_on() -> None:
    epochs = run()
    assert [epoch.number for epoch in epochs] == [0, 1, 2, 3, 4]
    assert (epochs[0].learning_rate, epochs[0].gradient_norms) == (0, ())


def test_figures_are_those_of_the_network_without_dropout() -> None:
    last = run(replace(CONFIG, dropout=0.5))[-1]
    assert DATA.validation is not None
    assert last.train == summarize(answer(SPEC, last.params, DATA.train), DATA.train.labels)
    assert last.validation == summarize(answer(SPEC, last.params, DATA.validation), DATA.validation.labels)


def test_training_figures_come_from_the_first_5000_images() -> None:
    # All later labels are wrong, so accuracies on the first 5,000 and on all would differ.
    right, wrong = xor(5_000, 1), mislead(xor(5_000, 2))
    examples = Examples(np.concatenate([right.X, wrong.X]), np.concatenate([right.labels, wrong.labels]))
    (*_, last) = run(replace(CONFIG, n_epochs=1), Dataset(train=examples, validation=None, test=DATA.test))
    assert last.train == summarize(answer(SPEC, last.params, right), right.labels)


def test_without_a_validation_set_the_training_loss_is_watched() -> None:
    epochs = run(data=replace(DATA, validation=None))
    assert [epoch.validation for epoch in epochs] == [None] * 5
    assert [epoch.watched for epoch in epochs] == [epoch.train for epoch in epochs]
    assert epochs[-1].best == min(epochs, key=lambda epoch: epoch.train.loss).number


def test_the_same_seed_gives_the_same_run_to_the_bit() -> None:
    config = replace(CONFIG, dropout=0.2, optimizer="adam", learning_rate=0.01)
    assert all_same(run(config), run(config))


def test_another_seed_starts_elsewhere_and_learns_otherwise() -> None:
    for one, other in zip(run(), run(replace(CONFIG, seed=1)), strict=True):
        assert not np.array_equal(one.params[0].W, other.params[0].W)
        assert one.train != other.train


def test_a_later_epoch_leaves_an_earlier_one_untouched() -> None:
    epochs, seen = [], []
    for epoch in train(SPEC, DATA, CONFIG):
        epochs.append(epoch)
        seen.append([array.copy() for array in arrays(epoch.params)])
    for epoch, copies in zip(epochs, seen, strict=True):
        assert all(map(np.array_equal, arrays(epoch.params), copies))
    assert not np.array_equal(epochs[0].params[0].W, epochs[1].params[0].W)


def test_the_parameters_of_an_epoch_cannot_be_written() -> None:
    assert not any(array.flags.writeable for epoch in run() for array in arrays(epoch.params))


def test_an_epoch_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        run()[0].number = 7  # type: ignore[misc]


def test_a_run_in_steps_gives_the_numbers_of_a_run_at_once() -> None:
    config = replace(CONFIG, dropout=0.2, momentum=0.8, optimizer="nesterov", l2=0.01, learning_rate=0.05)
    steps = list(train_steps(SPEC, DATA, lambda: config))
    assert all_same([step for step in steps if isinstance(step, Epoch) and step.is_whole], run(config))


def test_two_runs_taking_turns_do_not_disturb_each_other() -> None:
    configs = [replace(CONFIG, seed=seed) for seed in (0, 1)]
    together = zip(*(train(SPEC, DATA, config) for config in configs), strict=True)
    for mixed, config in zip(zip(*together, strict=True), configs, strict=True):
        assert all_same(list(mixed), run(config))


def test_divergence_ends_the_run_with_an_epoch_that_shows_it() -> None:
    epochs = run(EXPLOSIVE, spec=DEEP)
    assert 1 < len(epochs) < 51
    assert [isfinite(epoch.train.loss) for epoch in epochs] == [True] * (len(epochs) - 1) + [False]
    assert [epoch.diverged for epoch in epochs] == [False] * (len(epochs) - 1) + [True]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_numbers_too_large_for_float32_raise_no_warning(optimizer: str) -> None:
    # Any warning fails a test. Images of 1e30 overflow wherever they are squared or multiplied.
    X = np.full((4, 2), 1e30, np.float32)
    examples = Examples(X, np.array([0, 1, 0, 1]))
    config = TrainConfig(learning_rate=1000, n_epochs=3, batch_size=2, optimizer=optimizer, l2=10)
    assert run(config, Dataset(examples, examples, examples), NetworkSpec((2, 8, 8, 2)))


def test_an_epoch_ends_when_its_network_explodes() -> None:
    steps = list(train_steps(DEEP, DATA, lambda: replace(EXPLOSIVE, batch_size=1)))
    last = steps[-1]
    assert isinstance(last, Epoch)
    assert last.diverged
    assert not all(map(isfinite, last.gradient_norms))
    updates = [step for step in steps if isinstance(step, Progress) and step.epoch == last.number and step.n_seen < 200]
    assert 0 < len(updates) < 199


def test_gradients_that_exploded_add_up_without_a_warning() -> None:
    up, down = (((Layer(np.full((1, 1), sign * np.inf), np.zeros(1)),)) for sign in (1, -1))
    assert np.isnan(add_weighted(add_weighted((), up, 0.5), down, 0.5)[0].W).all()


@pytest.mark.parametrize("patience", [1, 3])
def test_patience_ends_a_run_that_does_not_improve(patience: int) -> None:
    epochs = run(replace(CONFIG, n_epochs=50, patience=patience), MISLEADING)
    assert [epoch.number for epoch in epochs] == list(range(patience + 1))
    assert epochs[-1].best == 0


def test_a_loss_that_stays_the_same_is_no_improvement() -> None:
    epochs = run(TrainConfig(learning_rate=0, n_epochs=50, patience=2))
    assert [epoch.best for epoch in epochs] == [0, 0, 0]


def test_patience_begins_anew_with_every_improvement() -> None:
    epochs = run(replace(UNSTEADY, n_epochs=200, patience=4), BLURRED)
    behind = [epoch.number - epoch.best for epoch in epochs]
    assert max(behind[: int(epochs[-1].best)]) > 0  # it worsened, and then improved
    assert behind[-5:] == [0, 1, 2, 3, 4]
    assert max(behind[:-1]) < 4


def test_without_patience_a_run_goes_on() -> None:
    assert len(run(replace(CONFIG, n_epochs=20), MISLEADING)) == 21


def test_every_epoch_knows_the_best_one_so_far() -> None:
    epochs = run(UNSTEADY, BLURRED)
    losses = [epoch.watched.loss for epoch in epochs]
    assert [epoch.best for epoch in epochs] == [int(np.argmin(losses[: i + 1])) for i in range(len(losses))]
    assert [epoch.best_loss for epoch in epochs] == [losses[int(epoch.best)] for epoch in epochs]
    assert len({epoch.best for epoch in epochs}) < len(epochs)  # it rose as well as fell


def test_restoring_yields_the_best_epoch_last() -> None:
    *epochs, last = run(replace(UNSTEADY, restore_best=True), BLURRED)
    assert len(epochs) == 21
    assert last is min(epochs, key=lambda epoch: epoch.watched.loss)
    assert last is not epochs[-1]


def test_restoring_after_divergence_yields_a_network_that_works() -> None:
    *epochs, last = run(replace(EXPLOSIVE, restore_best=True), spec=DEEP)
    assert epochs[-1].diverged
    assert not last.diverged


@pytest.mark.parametrize(
    ("n", "batch_size"), [(10, 1), (10, 4), (10, 10), (10, 99), (10, None), (2500, 1500), (2500, None)]
)
@pytest.mark.parametrize("n_parts", [1, 2])
def test_an_epoch_uses_every_example_exactly_once(n: int, batch_size: int | None, n_parts: int) -> None:
    rows = [
        np.arange(n)[part]
        for batch in batches(n, batch_size, rng=np.random.default_rng(0), n_parts=n_parts)
        for piece in batch.pieces
        for part in piece.parts
    ]
    assert sorted(np.concatenate(rows)) == list(range(n))


@pytest.mark.parametrize(
    ("n", "batch_size", "sizes"),
    [(10, 4, [4, 4, 2]), (10, 5, [5, 5]), (10, 99, [10]), (10, None, [10]), (2500, 1500, [1500, 1000])],
)
def test_only_the_last_batch_is_shorter(n: int, batch_size: int | None, sizes: list[int]) -> None:
    assert [batch.n for batch in batches(n, batch_size, rng=np.random.default_rng(0))] == sizes


def test_a_batch_is_worked_on_in_pieces_of_at_most_1024() -> None:
    (batch,) = batches(2500, None, rng=np.random.default_rng(0))
    assert [piece.n for piece in batch.pieces] == [1024, 1024, 452]
    assert [sum(len(np.arange(2500)[part]) for part in piece.parts) for piece in batch.pieces] == [1024, 1024, 452]


def test_a_full_batch_copies_no_images() -> None:
    (batch,) = batches(2500, None, rng=np.random.default_rng(0))
    assert all(isinstance(part, slice) for piece in batch.pieces for part in piece.parts)


def test_every_epoch_is_shuffled_anew() -> None:
    rng = np.random.default_rng(0)
    orders = [
        [np.arange(50)[batch.pieces[0].parts[0]].tolist() for batch in batches(50, 10, rng=rng)] for _ in range(2)
    ]
    assert orders[0] != orders[1]
    assert sorted(orders[0][0]) != list(range(10))


@pytest.mark.parametrize("n_parts", [1, 2])
@pytest.mark.parametrize("batch_size", [None, 2499])
def test_a_gradient_added_up_from_pieces_is_that_of_a_single_pass(batch_size: int | None, n_parts: int) -> None:
    examples, config = xor(2500, 1), replace(CONFIG, batch_size=batch_size)
    learner = Learner(SPEC, examples, config)
    batch = next(batches(2500, batch_size, rng=np.random.default_rng(0), n_parts=n_parts))
    total: Params = ()
    for piece in batch.pieces:
        total = add_weighted(total, learner.gradients(piece.parts, config), piece.n / batch.n)
    rows = np.concatenate([np.arange(2500)[part] for piece in batch.pieces for part in piece.parts])
    trace = forward(SPEC, learner.params, examples.X[rows])
    single = backward(SPEC, learner.params, trace, examples.labels[rows])
    assert len(batch.pieces) == 3
    for added, at_once in zip(arrays(total), arrays(single), strict=True):
        assert np.allclose(added, at_once, rtol=0, atol=1e-6)


def test_full_batch_is_one_batch_of_all_examples() -> None:
    assert all_same(run(replace(CONFIG, batch_size=None)), run(replace(CONFIG, batch_size=200)))


def test_one_full_batch_goes_down_the_gradient_once() -> None:
    start, end = run(replace(CONFIG, batch_size=None, n_epochs=1))
    gradients = backward(SPEC, start.params, forward(SPEC, start.params, DATA.train.X), DATA.train.labels)
    for before, gradient, after in zip(arrays(start.params), arrays(gradients), arrays(end.params), strict=True):
        assert np.allclose(after, before - 0.5 * gradient, rtol=0, atol=1e-6)


def test_a_shorter_last_batch_counts_as_a_whole_update() -> None:
    # Three examples of which two are the same, so that a batch of two and one of one are known but for their order.
    X, labels = np.array([[1, 2], [1, 2], [1, 2]], np.float32), np.array([1, 1, 1])
    examples = Examples(X, labels)
    *_, end = run(replace(CONFIG, batch_size=2, n_epochs=1), Dataset(examples, None, examples))
    *_, twice = run(replace(CONFIG, batch_size=None, n_epochs=2), Dataset(examples, None, examples))
    for one, other in zip(arrays(end.params), arrays(twice.params), strict=True):
        assert np.allclose(one, other, rtol=0, atol=1e-6)


def test_an_epoch_tells_the_gradient_norms_of_its_last_update() -> None:
    start, end = run(replace(CONFIG, batch_size=None, n_epochs=1))
    gradients = backward(SPEC, start.params, forward(SPEC, start.params, DATA.train.X), DATA.train.labels)
    worked = [sqrt(float((W**2).sum() + (b**2).sum())) for W, b in gradients]
    assert end.gradient_norms == pytest.approx(worked, rel=1e-5)


@pytest.mark.parametrize("batch_size", [128, 1500, None])
def test_a_run_comes_up_for_air_at_least_every_1024_examples(batch_size: int | None) -> None:
    data = Dataset(train=xor(2500, 1), validation=xor(2500, 2), test=DATA.test)
    config = TrainConfig(n_epochs=2, batch_size=batch_size)
    seen = {0: [0], 1: [0], 2: [0]}
    for step in train_steps(SPEC, data, lambda: config):
        if isinstance(step, Progress):
            seen[step.epoch].append(step.n_seen)
    assert max(seen[0]) == 0  # the untrained network is only measured
    for epoch in (1, 2):
        assert seen[epoch][-1] == 2500
        assert all(0 <= after - before <= 1024 for before, after in pairwise(seen[epoch]))


def test_measuring_comes_up_for_air_too() -> None:
    data = Dataset(train=xor(2500, 1), validation=xor(1500, 2), test=DATA.test)
    steps = train_steps(SPEC, data, lambda: CONFIG)
    # three pieces of the training set, two of the validation set
    assert [next(steps) for _ in range(5)] == [Progress(0, 0)] * 5
    assert isinstance(next(steps), Epoch)


def test_a_learning_rate_of_zero_freezes_the_parameters() -> None:
    settings = Settings(CONFIG)
    steps = train_steps(SPEC, DATA, settings)
    untrained, moved = next_epoch(steps), next_epoch(steps)
    settings.config = replace(settings.config, learning_rate=0)
    frozen = next_epoch(steps)
    assert not np.array_equal(untrained.params[0].W, moved.params[0].W)
    assert all(map(np.array_equal, arrays(moved.params), arrays(frozen.params)))
    assert frozen.learning_rate == 0


def test_a_learning_rate_changed_within_an_epoch_counts_from_the_next_update() -> None:
    settings = Settings(CONFIG)
    steps = train_steps(SPEC, DATA, settings)
    untrained = next_epoch(steps)
    settings.config = replace(settings.config, learning_rate=0)
    next(steps)  # the first batch has been passed through the network
    settings.config = replace(settings.config, learning_rate=0.5)
    assert next_epoch(steps).learning_rate == 0.5
    assert untrained.learning_rate == 0


@pytest.mark.parametrize("change", [{"learning_rate": 0.0}, {"l2": 0.1}, {"dropout": 0.3}, {"momentum": 0.5}], ids=str)
def test_a_batch_in_pieces_is_done_with_the_settings_that_it_began_with(change: dict[str, Any]) -> None:
    data = Dataset(train=xor(2500, 1), validation=None, test=DATA.test)
    settings = Settings(TrainConfig(0.5, n_epochs=2, batch_size=None, optimizer="momentum"))
    steps = train_steps(SPEC, data, settings)
    next_epoch(steps)
    assert next(steps) == Progress(1, 1024)  # the first of three pieces
    before, settings.config = settings.config, replace(settings.config, **change)
    assert same(next_epoch(steps), run(before, data)[1])
    assert not same(next_epoch(steps), run(before, data)[2])


@pytest.mark.parametrize("change", [{"momentum": 0.5}, {"l2": 0.1}, {"dropout": 0.3}, {"schedule": "cosine"}], ids=str)
def test_settings_changed_on_the_way_take_effect_from_then_on(change: dict[str, Any]) -> None:
    config = replace(CONFIG, optimizer="momentum", learning_rate=0.05)
    settings = Settings(config)
    steps = train_steps(SPEC, DATA, settings)
    until_then = [next_epoch(steps), next_epoch(steps)]
    settings.config = replace(settings.config, **change)
    after = next_epoch(steps)
    unchanged = run(config)
    assert all_same(until_then, unchanged[:2])
    assert not np.array_equal(after.params[0].W, unchanged[2].params[0].W)


def test_a_batch_size_changed_on_the_way_takes_effect_in_the_next_epoch() -> None:
    settings = Settings(CONFIG)
    steps = train_steps(SPEC, DATA, settings)
    next_epoch(steps)
    next(steps)
    settings.config = replace(settings.config, batch_size=100)
    next_epoch(steps)
    assert next(steps) == Progress(2, 100)


def test_patience_changed_on_the_way_ends_the_run() -> None:
    settings = Settings(replace(CONFIG, n_epochs=50))
    steps = train_steps(SPEC, MISLEADING, settings)
    for _ in range(5):
        next_epoch(steps)
    settings.config = replace(settings.config, patience=2)
    assert list(steps) == []


def test_more_epochs_after_the_last_one_go_on_where_it_ended() -> None:
    settings = Settings(replace(CONFIG, n_epochs=2))
    steps = train_steps(SPEC, DATA, settings)
    epochs = [next_epoch(steps) for _ in range(3)]
    settings.config = replace(settings.config, n_epochs=4)
    epochs += [step for step in steps if isinstance(step, Epoch) and step.is_whole]
    assert all_same(epochs, run(replace(CONFIG, n_epochs=4)))


def test_fewer_epochs_end_the_run_at_once() -> None:
    settings = Settings(replace(CONFIG, n_epochs=50))
    steps = train_steps(SPEC, DATA, settings)
    for _ in range(4):
        next_epoch(steps)
    settings.config = replace(settings.config, n_epochs=2)
    assert list(steps) == []


def test_an_epoch_tells_the_rate_in_the_middle_of_its_last_update() -> None:
    # 200 examples in two batches: the last update of epoch k is done when k - 1 + 3/4 epochs are.
    config = TrainConfig(learning_rate=0.4, n_epochs=4, batch_size=100, warmup_epochs=2)
    rates = [epoch.learning_rate for epoch in run(config)]
    assert rates == pytest.approx([0, 0.4 * 0.75 / 2, 0.4 * 1.75 / 2, 0.4, 0.4])


def test_a_warm_up_moves_the_network_with_its_first_update() -> None:
    start, end = run(TrainConfig(learning_rate=0.4, n_epochs=1, batch_size=None, warmup_epochs=1))
    assert end.learning_rate == pytest.approx(0.2)
    assert not np.array_equal(start.params[0].W, end.params[0].W)


def test_l2_shrinks_weights_and_not_biases() -> None:
    config = TrainConfig(learning_rate=0.5, l2=0.1)
    learner = Learner(SPEC, DATA.train, config)
    for layer in learner.params:
        layer.b[:] = 1
    before = learner.copy_params()
    learner.update(tuple(Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in before), config, 0.5)
    for old, new in zip(before, learner.params, strict=True):
        assert np.allclose(new.W, old.W * (1 - 0.5 * 0.1), rtol=1e-6)
        assert np.array_equal(new.b, old.b)


def test_dropout_changes_what_is_learned_and_not_where_it_starts() -> None:
    without, with_dropout = run(), run(replace(CONFIG, dropout=0.5))
    assert same(without[0], with_dropout[0])
    assert not np.array_equal(without[1].params[0].W, with_dropout[1].params[0].W)


def with_blank_pixels(n: int = 300) -> Dataset:
    """Images of six pixels: two blank in all, two with ink in every thirtieth."""
    two = xor(n, 1)
    X = np.zeros((n, 6), np.float32)
    X[:, [1, 3]] = two.X
    X[::30, [0, 4]] = 1
    examples = Examples(X, two.labels)
    return Dataset(examples, None, examples, by_ink(X))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(("batch_size", "l2"), [(8, 0.0), (8, 0.1), (None, 0.0)])
def test_leaving_out_blank_pixels_changes_no_result(optimizer: str, batch_size: int | None, l2: float) -> None:
    spec, data = NetworkSpec((6, 8, 2), "tanh"), with_blank_pixels()
    config = TrainConfig(0.02, n_epochs=5, batch_size=batch_size, optimizer=optimizer, l2=l2)
    for without, whole in zip(run(config, data, spec), run(config, replace(data, by_ink=None), spec), strict=True):
        for one, other in zip(arrays(without.params), arrays(whole.params), strict=True):
            assert np.allclose(one, other, rtol=0, atol=1e-5)


def test_a_batch_does_not_reckon_with_pixels_that_are_blank_in_it() -> None:
    data = with_blank_pixels()
    learner = Learner(NetworkSpec((6, 8, 2)), data.train, CONFIG, data.by_ink)
    often, all_inked = (learner.gradients([np.array(rows)], CONFIG)[0].W for rows in ([1, 2], [1, 30]))
    assert (len(often), len(all_inked)) == (2, 4)


def test_a_gradient_added_up_reaches_as_far_as_its_longest_piece() -> None:
    short, long = (((Layer(np.ones((n, 1)), np.ones(1)),)) for n in (2, 3))
    for pieces in ((short, long), (long, short)):
        total: Params = ()
        for piece in pieces:
            total = add_weighted(total, tuple(Layer(*map(np.copy, layer)) for layer in piece), 0.5)
        assert total[0].W.tolist() == [[1], [1], [0.5]]


def test_l2_shrinks_the_weights_of_blank_pixels_too() -> None:
    spec, data = NetworkSpec((6, 8, 2), "tanh"), with_blank_pixels()
    config = TrainConfig(0.1, n_epochs=5, batch_size=100, l2=0.1)
    (first, *_, last), (*_, whole) = run(config, data, spec), run(config, replace(data, by_ink=None), spec)
    assert np.allclose(last.params[0].W, whole.params[0].W, rtol=0, atol=1e-5)
    assert np.allclose(last.params[0].W[2], first.params[0].W[2] * 0.99**15, rtol=1e-4)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_weights_of_blank_pixels_that_l2_has_moved_go_on_moving_without_it(optimizer: str) -> None:
    spec, data = NetworkSpec((6, 8, 2), "tanh"), with_blank_pixels()
    config = TrainConfig(0.02, n_epochs=4, batch_size=8, optimizer=optimizer)
    ends = []
    for images in (data, replace(data, by_ink=None)):
        settings = Settings(replace(config, l2=0.1))
        steps = train_steps(spec, images, settings)
        moved = [next_epoch(steps) for _ in range(3)][-1]
        settings.config = config
        ends.append([step for step in steps if isinstance(step, Epoch) and step.is_whole][-1])
    assert np.allclose(ends[0].params[0].W, ends[1].params[0].W, rtol=0, atol=1e-5)
    remembers = OPTIMIZERS[optimizer].n_slots > 0
    assert np.array_equal(ends[1].params[0].W[2], moved.params[0].W[2]) != remembers


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_an_optimizer_forgets_gradients_before_they_fade_to_numbers_that_are_slow(optimizer: str) -> None:
    config = TrainConfig(0.001, optimizer=optimizer, momentum=0.5)
    params = (Layer(np.ones((3, 2), np.float32), np.ones(2, np.float32)),)
    updater = Updater(params, optimizer)
    for size in (1, *[0] * 300):  # 0.5^300 of the gradient is left, about 1e-90: less than float32 can hold
        updater.update(tuple(Layer(np.full_like(W, size), np.full_like(b, size)) for W, b in params), config, 0.001)
    for remembered in (array for slot in updater.memory for array in arrays(slot)):
        assert not ((remembered != 0) & (np.abs(remembered) < np.finfo(np.float32).tiny)).any()


def test_what_is_left_to_learn_from_a_digit_known_by_heart_is_exactly_nothing() -> None:
    # Probabilities of 1e-30, and gradients made of them, are numbers so small that processors are slow with them.
    examples = Examples(np.array([[70.0], [1.0]], np.float32), np.array([0, 0]))
    learner = Learner(NetworkSpec((1, 3)), examples, CONFIG)
    learner.params[0].W[:] = [[1, 0, 0]]
    known, other = (learner.gradients([np.array([row])], CONFIG)[0] for row in (0, 1))
    assert known.b.tolist() == [0, 0, 0]
    assert known.W.tolist() == [[0, 0, 0]]
    assert np.abs(other.b).min() > 0.1
