"""One update, and several in a row, are those of the lesson: same numbers, and nothing that was given changes."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from fcnn import OPTIMIZERS, Dataset, Params, State, predict, train_steps
from fcnn.inside.one_update import MOST_UPDATES, update_often, update_once
from fcnn.inside.standing import begin, direction_from
from fcnn.lesson import learn
from fcnn.types import Layer
from tests.fcnn.inside.one_updates import BATCH, ONE, SPEC, settings, start
from tests.networks import arrays

each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)


def assert_equal(ours: Params, theirs: Params, atol: float = 0.0) -> None:
    for one, other in zip(arrays(ours), arrays(theirs), strict=True):
        assert np.allclose(one, other, rtol=0, atol=atol)


@pytest.mark.parametrize("l2", [0.0, 0.1])
@each_optimizer
def test_updates_are_those_of_the_lesson(optimizer: str, l2: float) -> None:
    config = replace(settings(optimizer, l2=l2), n_epochs=3)
    lesson = list(learn(SPEC, BATCH, config))
    first = update_once(SPEC, begin(lesson[0], optimizer), BATCH, config)
    assert_equal(first.after.params, lesson[1])
    then = update_often(SPEC, first.after, BATCH, config, 2)
    assert_equal(then.after.params, lesson[3])
    assert then.after.n_updates == 3


@each_optimizer
def test_what_was_given_stays_as_it_was(optimizer: str) -> None:
    config, before = settings(optimizer), begin(start(), optimizer)
    update = update_once(SPEC, before, BATCH, config)
    update_often(SPEC, update.after, BATCH, config, 5)
    again = update_once(SPEC, begin(start(), optimizer), BATCH, config)
    assert_equal(before.params, start())
    assert_equal(update.after.params, again.after.params)
    for one, other in zip(update.after.memory, again.after.memory, strict=True):
        assert_equal(one, other)


@each_optimizer
def test_several_in_a_row_are_single_ones_one_after_the_other(optimizer: str) -> None:
    config, now, losses = settings(optimizer), begin(start(), optimizer), []
    for _ in range(7):
        update = update_once(SPEC, now, ONE, config)
        losses.append(update.loss_before)
        now = update.after
    repeated = update_often(SPEC, begin(start(), optimizer), ONE, config, 7)
    assert_equal(repeated.after.params, now.params)
    assert repeated.losses.tolist() == [*losses, update.loss_after]
    assert np.array_equal(repeated.probabilities, update.probabilities_after)


def test_loss_and_probabilities_are_those_of_the_network_before_and_after() -> None:
    update = update_once(SPEC, begin(start(), "gradient_descent"), BATCH, settings("gradient_descent"))
    for params, loss, probabilities in (
        (start(), update.loss_before, update.probabilities_before),
        (update.after.params, update.loss_after, update.probabilities_after),
    ):
        said = predict(SPEC, params, BATCH.X)
        assert np.array_equal(said, probabilities)
        assert loss == pytest.approx(-np.log(said[range(6), BATCH.labels]).mean(), rel=1e-5)
    assert update.loss_after < update.loss_before


def test_bytes_are_read_like_numbers() -> None:
    bytes_ = (BATCH.X * 255).astype(np.uint8)
    config = settings("adam")
    ours = update_often(SPEC, begin(start(), "adam"), BATCH._replace(X=bytes_), config, 2)
    numbers = BATCH._replace(X=bytes_.astype(np.float32) * np.float32(1 / 255))
    assert_equal(ours.after.params, update_often(SPEC, begin(start(), "adam"), numbers, config, 2).after.params)


@pytest.mark.parametrize("l2", [0.0, 0.1])
@each_optimizer
def test_the_direction_leads_with_each_learning_rate_to_where_the_update_leads(optimizer: str, l2: float) -> None:
    before = update_once(SPEC, begin(start(), optimizer), BATCH, settings(optimizer, l2=l2)).after
    gradients = update_once(SPEC, before, ONE, settings(optimizer, l2=l2)).gradients
    direction = direction_from(before, gradients, settings(optimizer, l2=l2))
    for rate in (0.001, 0.3, 5.0):
        there = update_once(SPEC, before, ONE, settings(optimizer, rate, l2)).after.params
        pairs = zip(before.params, direction, strict=True)
        along = tuple(Layer(W - rate * dW, b - rate * db) for (W, b), (dW, db) in pairs)
        assert_equal(along, there, atol=1e-5)


def test_updates_end_with_the_first_loss_that_is_not_finite() -> None:
    deep = replace(SPEC, sizes=(5, 4, 4, 4, 3), activation="relu")
    repeated = update_often(
        deep, begin(start(deep), "gradient_descent"), BATCH, settings("gradient_descent", 1000.0, l2=10.0), 100
    )
    assert 1 < len(repeated.losses) < 100
    assert np.isfinite(repeated.losses[:-1]).all()
    assert not np.isfinite(repeated.losses[-1])
    assert repeated.after.n_updates == len(repeated.losses) - 1


@pytest.mark.parametrize("n", [0, MOST_UPDATES + 1])
def test_as_many_as_a_press_may_make(n: int) -> None:
    with pytest.raises(ValueError, match=f"got {n}"):
        update_often(SPEC, begin(start(), "adam"), ONE, settings("adam"), n)


def test_the_memory_of_another_optimizer_is_refused() -> None:
    with pytest.raises(ValueError, match="adam remembers 2 arrays for each parameter, got 1"):
        update_once(SPEC, begin(start(), "momentum"), ONE, settings("adam"))


def test_a_run_goes_on_from_the_memory_that_its_learner_has() -> None:
    config = replace(settings("adam"), n_epochs=4)
    states: list[State] = []
    for _ in islice(train_steps(SPEC, Dataset(BATCH, None, BATCH), lambda: config, keep=states.append), 20):
        pass
    before, after = states[2], states[3]
    standing = replace(
        begin(before.epoch.params, "adam"), memory=before.learner.memory, n_updates=before.learner.n_updates
    )
    assert_equal(update_once(SPEC, standing, BATCH, config).after.params, after.epoch.params, atol=1e-6)
