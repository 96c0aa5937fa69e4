"""What the app says of a run that goes wrong."""

from math import inf, nan

import pytest

from fcnn.config import TrainConfig
from fcnn.diagnosis import diagnose, likely_learning_rate
from fcnn.metrics import Figures
from fcnn.mnist import Mnist
from fcnn.presets import PRESETS
from fcnn.training import train
from fcnn.view import Record

FAST = TrainConfig(learning_rate=50.0)


def records(*losses: float) -> tuple[Record, ...]:
    return tuple(Record(n, Figures(loss, 0.1), None, 0.1, (), 0.0) for n, loss in enumerate(losses))


def test_a_run_that_learns_is_left_alone() -> None:
    assert diagnose(TrainConfig(), records(2.3, 1.0, 0.5)) is None


def test_an_untrained_network_is_left_alone() -> None:
    assert diagnose(FAST, records(7.0)) is None
    assert diagnose(FAST, ()) is None


@pytest.mark.parametrize("loss", [nan, inf])
def test_an_explosion_is_explained_with_its_rate(loss: float) -> None:
    diagnosis = diagnose(FAST, records(2.3, loss))
    assert diagnosis is not None
    assert "exploded in epoch 1" in diagnosis.what
    assert "50" in diagnosis.why


def test_a_climbing_loss_is_explained() -> None:
    diagnosis = diagnose(FAST, records(2.3, 15.0))
    assert diagnosis is not None
    assert "climbing" in diagnosis.what


def test_a_network_that_guesses_is_explained() -> None:
    diagnosis = diagnose(FAST, records(2.4, 2.31, 2.31, 2.31))
    assert diagnosis is not None
    assert "guesses" in diagnosis.what


def test_a_slow_start_is_not_called_guessing() -> None:
    assert diagnose(TrainConfig(learning_rate=0.001), records(2.4, 2.31, 2.31, 2.31)) is None


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adam"])
def test_the_suggested_rate_is_far_below_the_one_that_failed(optimizer: str) -> None:
    assert likely_learning_rate(TrainConfig(learning_rate=0.005, optimizer=optimizer)) <= 0.0005
    assert likely_learning_rate(TrainConfig(learning_rate=100.0, optimizer=optimizer)) <= 0.1


def test_the_preset_that_is_too_fast_explodes_and_its_cure_works(mnist: Mnist) -> None:
    preset = PRESETS["exploding"]
    epochs = list(train(preset.spec, mnist.split(), preset.config))
    assert epochs[-1].diverged
    cured = TrainConfig(
        learning_rate=likely_learning_rate(preset.config), n_epochs=1, optimizer=preset.config.optimizer
    )
    *_, last = train(preset.spec, mnist.split(), cured)
    assert last.watched.accuracy > 0.8
