"""What the app says of a run that goes wrong, and that what it offers mends it."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from fcnn.config import TrainConfig
from fcnn.diagnosis import Diagnosis, diagnose
from fcnn.initialization import Initialization
from fcnn.metrics import Figures
from fcnn.mnist import Dataset, Mnist
from fcnn.network import NetworkSpec, mnist_spec
from fcnn.presets import PRESETS
from fcnn.remedies import Remedy, likely_learning_rate
from fcnn.signals import Signals, measure
from fcnn.training import Epoch, train
from fcnn.types import Examples
from fcnn.view import Record

SPEC = mnist_spec((16,))
FAST = TrainConfig(learning_rate=50.0)
N_TRAIN = 55_000
NARROW = Initialization("normal", weight_width=0.001)
EQUAL = Initialization("normal", weight_width=0)
WIDE = Initialization("normal", weight_width=8.0)
DEEP_SIGMOID = mnist_spec((30,) * 5, "sigmoid")


def records(*losses: float, accuracy: float = 0.1) -> tuple[Record, ...]:
    return tuple(Record(n, Figures(loss, accuracy), None, 0.1, (), 0.0) for n, loss in enumerate(losses))


def not_measured() -> Signals:
    raise AssertionError("the network was measured without need")


def told(
    config: TrainConfig, of: tuple[Record, ...], spec: NetworkSpec = SPEC, *, ended: bool = False
) -> Diagnosis | None:
    return diagnose(spec, config, of, not_measured, n_train=N_TRAIN, ended=ended)


def test_a_run_that_learns_is_left_alone() -> None:
    assert told(TrainConfig(), records(2.3, 1.0, 0.5, accuracy=0.8)) is None


def test_an_untrained_network_is_left_alone() -> None:
    assert told(FAST, records(7.0)) is None
    assert told(FAST, ()) is None


@pytest.mark.parametrize("loss", [nan, inf])
def test_an_explosion_is_explained_with_its_rate(loss: float) -> None:
    diagnosis = told(FAST, records(2.3, loss))
    assert diagnosis is not None
    assert "exploded in epoch 1" in diagnosis.what
    assert "50" in diagnosis.why


def test_a_network_that_overflows_before_it_learns_is_explained_by_its_weights() -> None:
    diagnosis = told(TrainConfig(initialization=WIDE), records(nan))
    assert diagnosis is not None
    assert "before it learned anything" in diagnosis.what
    assert "width of 8" in diagnosis.why
    assert diagnosis.remedies[0].config.initialization.scheme == "he"


def test_a_climbing_loss_is_explained() -> None:
    diagnosis = told(FAST, records(2.3, 15.0))
    assert diagnosis is not None
    assert "climbing" in diagnosis.what


def test_a_slow_start_is_not_called_guessing() -> None:
    assert told(TrainConfig(learning_rate=0.001), records(2.4, 2.31, 2.3, accuracy=0.3)) is None


def test_a_run_of_few_updates_is_given_time_until_it_ends() -> None:
    slow = TrainConfig(batch_size=None, n_epochs=400)
    few = records(2.4, 2.31, 2.31, 2.31)
    assert told(slow, few) is None
    signals = Signals((0.0,), (0.0,), (0.3,), (False, False))
    diagnosis = diagnose(SPEC, slow, few, lambda: signals, n_train=N_TRAIN, ended=True)
    assert diagnosis is not None
    assert "only 3 updates" in diagnosis.why


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adam"])
def test_the_suggested_rate_is_far_below_the_one_that_failed(optimizer: str) -> None:
    assert likely_learning_rate(TrainConfig(learning_rate=0.005, optimizer=optimizer)) <= 0.0005
    assert likely_learning_rate(TrainConfig(learning_rate=100.0, optimizer=optimizer)) <= 0.1


@pytest.fixture(scope="module")
def few(mnist: Mnist) -> Dataset:
    """A tenth of the digits: enough to see whether a network learns at all."""
    examples = Examples(mnist.all_train.X[:6000], mnist.all_train.labels[:6000])
    return Dataset(train=examples, validation=None, test=mnist.test)


def run(spec: NetworkSpec, config: TrainConfig, data: Dataset) -> tuple[Epoch, Diagnosis | None]:
    """Train, and return the last network and what is said of it then."""
    with np.errstate(all="ignore"):
        epochs = list(train(spec, data, config))
    of = tuple(Record(e.number, e.train, None, e.learning_rate, e.gradient_norms, 0.0) for e in epochs)
    n = len(data.train.X)
    last = epochs[-1]
    return last, diagnose(spec, config, of, lambda: measure(spec, last.params, data.train.X), n_train=n, ended=True)


HOPELESS = {
    "deep sigmoids": (DEEP_SIGMOID, TrainConfig(), "fades on its way back"),
    "narrow weights": (mnist_spec((64, 64, 64)), TrainConfig(initialization=NARROW), "narrow"),
    "equal weights": (mnist_spec((64,)), TrainConfig(initialization=EQUAL), "the same weights"),
    "equal weights, tanh": (mnist_spec((32, 32), "tanh"), TrainConfig(initialization=EQUAL), "the same weights"),
    "no rate": (mnist_spec((64,)), TrainConfig(learning_rate=0), "learning rate is 0"),
    "no rate, no layer": (mnist_spec(()), TrainConfig(learning_rate=0), "learning rate is 0"),
    "tiny rate": (mnist_spec((64,)), TrainConfig(learning_rate=1e-6), "so small"),
    "silent": (mnist_spec((32, 32)), TrainConfig(learning_rate=5.0), "silent"),
    "silent, Adam": (mnist_spec((32, 32)), TrainConfig(learning_rate=3.0, optimizer="adam"), "silent"),
    "saturated": (
        mnist_spec((64, 64), "tanh"), TrainConfig(initialization=WIDE, learning_rate=1e-2), "saturated",
    ),
    "strong L2": (mnist_spec((64,)), TrainConfig(l2=1.0), "L2 of 1"),
    "long warm-up": (mnist_spec((64,)), TrainConfig(warmup_epochs=1000, learning_rate=0.1), "warm-up"),
    "one neuron": (mnist_spec((1,)), TrainConfig(), "too narrow"),
    "few updates": (mnist_spec((64,)), TrainConfig(batch_size=None, learning_rate=0.01), "updates"),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "config", "cause"), HOPELESS.values(), ids=HOPELESS)
def test_a_network_that_guesses_is_told_why_and_every_button_mends_it(
    few: Dataset, spec: NetworkSpec, config: TrainConfig, cause: str
) -> None:
    last, diagnosis = run(spec, replace(config, n_epochs=2), few)
    assert last.train.accuracy < 0.2
    assert diagnosis is not None
    assert "guesses" in diagnosis.what
    assert cause in diagnosis.why
    for remedy in mended(diagnosis):
        after, problem = run(remedy.spec, replace(remedy.config, n_epochs=4), few)
        assert after.train.accuracy > 0.5, remedy.label
        assert problem is None


def mended(diagnosis: Diagnosis) -> Iterator[Remedy]:
    assert diagnosis.remedies
    assert len({remedy.label for remedy in diagnosis.remedies}) == len(diagnosis.remedies)
    yield from diagnosis.remedies


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adam"])
@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
def test_a_rate_that_is_far_too_large_is_mended(few: Dataset, optimizer: str, activation: str) -> None:
    spec = mnist_spec((32, 16), activation)
    last, diagnosis = run(spec, TrainConfig(learning_rate=100.0, optimizer=optimizer, n_epochs=2), few)
    if last.train.accuracy > 0.5:
        return  # it learned all the same
    assert diagnosis is not None
    for remedy in mended(diagnosis):
        after, _ = run(remedy.spec, replace(remedy.config, n_epochs=6), few)
        assert after.train.accuracy > 0.4, remedy.label


def test_the_preset_that_is_too_fast_explodes_and_its_cure_works(mnist: Mnist) -> None:
    preset = PRESETS["exploding"]
    epochs = list(train(preset.spec, mnist.split(), preset.config))
    assert epochs[-1].diverged
    cured = TrainConfig(
        learning_rate=likely_learning_rate(preset.config), n_epochs=1, optimizer=preset.config.optimizer
    )
    *_, last = train(preset.spec, mnist.split(), cured)
    assert last.watched.accuracy > 0.8
