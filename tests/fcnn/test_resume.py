"""A run that goes on from a kept state has the numbers of one that never stopped, to the bit."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import FrozenInstanceError, replace
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from fcnn import OPTIMIZERS, Augmentation, Dataset, Epoch, State, TrainConfig, mnist_spec, train_steps
from fcnn.engine.by_ink import by_ink
from fcnn.mnist import Mnist
from tests.networks import arrays, few_digits

N_EPOCHS, KEPT = 8, 3
SPEC = mnist_spec((6, 5), "tanh")
CONFIG = TrainConfig(0.01, N_EPOCHS, 64, optimizer="adam")
VARIED = Augmentation(shift_px=1, rotation_deg=10, scale=0.1, elastic_px=1, noise=0.1)
CHANGES: dict[str, dict[str, Any]] = {
    **{optimizer: {"optimizer": optimizer} for optimizer in OPTIMIZERS},
    "Nesterov with dropout": {"optimizer": "nesterov", "dropout": 0.3},
    "L2": {"l2": 0.01},
    "varied images": {"augmentation": VARIED},
    "varied images and dropout": {"augmentation": VARIED, "dropout": 0.2},
    "full batch with momentum": {"batch_size": None, "optimizer": "momentum"},
    "one batch and a shorter one": {"batch_size": 199},
    "schedule": {"schedule": "cosine", "warmup_epochs": 4.5},
}
SettingsAfter = Callable[[int], TrainConfig]  # number of the last epoch -> settings from then on


@pytest.fixture
def data(mnist: Mnist) -> Dataset:
    few, others = few_digits(mnist, 200), few_digits(mnist, 100, start=200)
    return Dataset(few, others, others, by_ink(few.X))


def run(data: Dataset, settings: SettingsAfter, start: State | None = None) -> tuple[list[Epoch], list[State]]:
    epochs: list[Epoch] = []
    states: list[State] = []

    def now() -> TrainConfig:
        last = epochs[-1] if epochs else start.epoch if start else None
        return settings(int(last.number) if last else 0)

    steps = train_steps(SPEC, data, now, resume=start, keep=states.append)
    epochs.extend(step for step in steps if isinstance(step, Epoch) and step.is_whole)
    return epochs, states


def go_on(data: Dataset, config: TrainConfig, start: State) -> tuple[list[Epoch], list[State]]:
    threadpool_limits(1, user_api="blas")
    return run(data, lambda _: config, start)


def same(one: State, other: State) -> bool:
    figures = [replace(state.epoch, params=()) for state in (one, other)]
    numbers = [(state.learner.n_updates, state.learner.random) for state in (one, other)]
    kept = [
        [array for params in (state.epoch.params, *state.learner.memory) for array in arrays(params)]
        for state in (one, other)
    ]
    return figures[0] == figures[1] and numbers[0] == numbers[1] and all(map(np.array_equal, *kept))


def all_same(some: list[State], others: list[State]) -> bool:
    return len(some) == len(others) and all(map(same, some, others))


def switched_off(number: int) -> TrainConfig:
    return replace(CONFIG, l2=0.01 if number < KEPT - 1 else 0.0)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_run_goes_on_where_it_was_to_the_bit(change: dict[str, Any], data: Dataset) -> None:
    config = replace(CONFIG, **change)
    epochs, states = run(data, lambda _: config)
    later, their_states = run(data, lambda _: config, states[KEPT])
    assert [epoch.number for epoch in later] == [epoch.number for epoch in epochs[KEPT + 1 :]] == [4, 5, 6, 7, 8]
    assert all_same(states[KEPT + 1 :], their_states)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_it_goes_on_to_the_bit_after_l2_was_switched_off(optimizer: str, data: Dataset) -> None:
    _, states = run(data, lambda number: replace(switched_off(number), optimizer=optimizer))
    _, later = run(data, lambda number: replace(switched_off(number), optimizer=optimizer), states[KEPT])
    assert all_same(states[KEPT + 1 :], later)


@pytest.mark.parametrize("change", [{}, {"optimizer": "momentum", "dropout": 0.3}], ids=["Adam", "momentum, dropout"])
def test_it_goes_on_to_the_bit_in_another_process(change: dict[str, Any], data: Dataset) -> None:
    config = replace(CONFIG, **change)
    _, states = run(data, lambda _: config)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        _, later = elsewhere.submit(go_on, data, config, states[KEPT]).result()
    assert all_same(states[KEPT + 1 :], later)


def test_it_goes_on_from_the_untrained_network(data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    _, later = run(data, lambda _: CONFIG, states[0])
    assert all_same(states[1:], later)


def test_the_same_state_serves_more_than_once(data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    (_, once), (_, again) = (run(data, lambda _: CONFIG, states[KEPT]) for _ in range(2))
    assert all_same(once, again)


def test_a_state_does_not_change_any_more(data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    params = [array for state in states for p in (state.epoch.params, *state.learner.memory) for array in arrays(p)]
    assert len(params) == 9 * 3 * 6  # nine epochs; parameters, m and v; W and b of three layers
    assert not any(array.flags.writeable for array in params)
    with pytest.raises(FrozenInstanceError):
        states[0].learner.n_updates = 0  # type: ignore[misc]


def test_patience_counts_on_from_the_best_epoch_before(data: Dataset) -> None:
    # At a rate of 0 nothing improves: epoch 0 stays the best, and a patience of 5 ends the run after epoch 5.
    config = replace(CONFIG, learning_rate=0, patience=5)
    epochs, states = run(data, lambda _: config)
    later, _ = run(data, lambda _: config, states[KEPT])
    assert [epoch.number for epoch in epochs] == [0, 1, 2, 3, 4, 5]
    assert [epoch.number for epoch in later] == [4, 5]
    assert {(epoch.best, epoch.best_loss) for epoch in later} == {(0, epochs[0].watched.loss)}


def test_a_run_that_is_over_goes_on_when_it_may_take_longer(data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    assert run(data, lambda _: CONFIG, states[-1]) == ([], [])
    _, later = run(data, lambda _: replace(CONFIG, n_epochs=N_EPOCHS + 2), states[-1])
    _, longer = run(data, lambda _: replace(CONFIG, n_epochs=N_EPOCHS + 2))
    assert all_same(longer[-2:], later)


def test_the_weights_are_kept_with_the_pixels_in_the_order_of_the_images(data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    _, later = run(replace(data, by_ink=None), lambda _: CONFIG, states[KEPT])  # in another order within
    for one, other in zip(arrays(later[-1].epoch.params), arrays(states[-1].epoch.params), strict=True):
        assert np.allclose(one, other, rtol=0, atol=1e-4)


@pytest.mark.parametrize("change", [{"optimizer": "momentum"}, {"optimizer": "gradient_descent"}], ids=str)
def test_the_state_of_another_optimizer_is_refused(change: dict[str, Any], data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    with pytest.raises(ValueError, match="this network and optimizer need"):
        run(data, lambda _: replace(CONFIG, **change), states[KEPT])


def test_the_state_of_another_network_is_refused(data: Dataset) -> None:
    _, states = run(data, lambda _: CONFIG)
    with pytest.raises(ValueError, match="this network and optimizer need"):
        next(train_steps(mnist_spec((7, 5)), data, lambda: CONFIG, resume=states[KEPT]))
