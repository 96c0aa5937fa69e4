"""What the app says of a run that goes wrong, and that what it offers mends it."""

from dataclasses import fields, replace
from functools import partial
from math import inf, nan

import pytest

from fcnn.augmentation import NOTHING, Augmentation
from fcnn.config import TrainConfig
from fcnn.epoch import Epoch
from fcnn.initialization import Initialization
from fcnn.inside.signals import Signals, measure
from fcnn.metrics import Figures
from fcnn.mnist import Dataset, Mnist
from fcnn.network import NetworkSpec, mnist_spec
from fcnn.presets import PRESETS
from fcnn.training import train
from runs.diagnosis.diagnose import Diagnosis, diagnose
from runs.diagnosis.remedies import likely_learning_rate, remedy
from runs.records import Change, EpochRecord
from tests.networks import few_digits

SPEC = mnist_spec((16,))
FAST = TrainConfig(learning_rate=50.0)
N_TRAIN = 55_000
NARROW = Initialization("normal", weight_width=0.001)
EQUAL = Initialization("normal", weight_width=0)
WIDE = Initialization("normal", weight_width=8.0)
DEEP_SIGMOID = mnist_spec((30,) * 5, "sigmoid")


DEAF = Signals((1.0,), (1.0,), (0.0,), (False,), 0.0)
HEARS = Signals((0.1,), (0.1,), (0.3,), (False,), 0.1)


def records(*losses: float, accuracy: float = 0.1, rate: float = 0.1) -> tuple[EpochRecord, ...]:
    return tuple(
        EpochRecord(n, Figures(loss, accuracy), None, rate, (), 0.0, n, 5_000) for n, loss in enumerate(losses)
    )


def not_measured() -> Signals:
    raise AssertionError("the network was measured without need")


def told(
    config: TrainConfig, of: tuple[EpochRecord, ...], spec: NetworkSpec = SPEC, *, ended: bool = False
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
    diagnosis = guess(FAST, records(2.3, 15.0))
    assert diagnosis is not None
    assert "climbing" in diagnosis.what


def test_a_loss_that_falls_again_is_not_said_to_be_climbing() -> None:
    diagnosis = told(FAST, records(2.34, 24.1, 11.3, accuracy=0.89))
    assert diagnosis is not None
    assert "climbing" not in diagnosis.what
    assert "11.30 after epoch 2" in diagnosis.what
    assert "lowest was 2.34, after epoch 0" in diagnosis.what


@pytest.mark.parametrize(
    ("config", "cause"),
    [
        (TrainConfig(learning_rate=0.02, optimizer="momentum", momentum=0.9999), "momentum of 0.9999"),
        (TrainConfig(learning_rate=1.0, l2=10.0), "L2 takes 10 x 1"),
        (TrainConfig(learning_rate=70.0, optimizer="momentum"), "learning rate of 70"),
        (TrainConfig(learning_rate=0.001, optimizer="adam", initialization=WIDE), "width of 8"),
    ],
)
def test_an_explosion_is_laid_to_what_is_out_of_the_ordinary(config: TrainConfig, cause: str) -> None:
    diagnosis = told(config, records(300.0 if config.initialization == WIDE else 2.4, nan))
    assert diagnosis is not None
    assert cause in diagnosis.why


def guess(
    config: TrainConfig,
    of: tuple[EpochRecord, ...],
    signals: Signals = HEARS,
    *,
    ended: bool = False,
    changes: tuple[Change, ...] = (),
) -> Diagnosis | None:
    return diagnose(SPEC, config, of, lambda: signals, n_train=N_TRAIN, ended=ended, changes=changes)


def test_a_slow_start_is_not_called_guessing() -> None:
    assert told(TrainConfig(learning_rate=0.001), records(2.4, 2.31, 2.3, accuracy=0.3)) is None
    assert guess(TrainConfig(learning_rate=0.001), records(2.4, 2.38, 2.36, 2.34)) is None  # it falls and falls
    assert guess(TrainConfig(), records(2.4, 2.31)) is None  # one epoch says little


def test_a_plateau_is_called_guessing_once_there_were_updates_enough() -> None:
    diagnosis = guess(TrainConfig(), records(2.6, 2.302, 2.301))
    assert diagnosis is not None
    assert "guesses" in diagnosis.what
    assert guess(TrainConfig(batch_size=None, n_epochs=400), records(2.6, *[2.302] * 60)) is None
    assert guess(TrainConfig(batch_size=None, n_epochs=400), records(2.6, *[2.302] * 120)) is not None


def test_the_slow_climb_of_the_paper_is_never_called_guessing() -> None:
    falling = [3.4 - 0.01 * n for n in range(150)]  # a full batch, on its way down past the loss of a blind guess
    for n in range(2, len(falling)):
        assert guess(PRESETS["paper"].config, records(*falling[:n])) is None


def test_a_warm_up_that_ends_within_the_run_is_waited_for() -> None:
    flat = records(2.4, 2.399, 2.398, 2.397)
    assert guess(TrainConfig(warmup_epochs=5, n_epochs=20), flat) is None
    assert guess(TrainConfig(warmup_epochs=50, n_epochs=20), flat) is not None


def test_a_rate_of_0_is_named_at_once_and_forgotten_once_it_was_changed() -> None:
    standing = records(2.4, 2.4, 2.4, 2.4, rate=0.0)
    diagnosis = guess(TrainConfig(learning_rate=0), standing[:2])
    assert diagnosis is not None
    assert "learning rate is 0" in diagnosis.why
    changes = (Change(3.0, "learning_rate", 0.0, 0.1),)
    assert guess(TrainConfig(learning_rate=0.1), standing, changes=changes) is None
    stopped = guess(TrainConfig(learning_rate=0.1), standing, changes=changes, ended=True)
    assert stopped is not None
    assert "learning rate was 0" in stopped.why


def test_a_rate_that_was_halved_away_is_named() -> None:
    halving = TrainConfig(schedule="step", step_epochs=1, n_epochs=50)
    diagnosis = guess(halving, records(2.4, 2.303, 2.303, rate=1e-4))
    assert diagnosis is not None
    assert "halved the learning rate so often that only 0.0001 is left" in diagnosis.why
    assert diagnosis.remedies[0].label == "Keep the learning rate constant"


def test_what_is_said_of_the_answers_is_measured() -> None:
    flat = records(2.6, 2.305, 2.305)
    same, hears = guess(TrainConfig(), flat, DEAF), guess(TrainConfig(), flat, HEARS)
    assert same is not None
    assert hears is not None
    assert "whatever the picture" in same.what
    assert "by chance" in hears.what
    swinging = guess(TrainConfig(), records(2.6, 3.9, 3.1), DEAF)
    assert swinging is not None
    assert "the same to every picture" in swinging.what


def test_a_run_that_ends_while_its_loss_still_falls_is_not_said_to_stand_still() -> None:
    diagnosis = guess(TrainConfig(learning_rate=0.001), records(2.45, 2.4, 2.35), ended=True)
    assert diagnosis is not None
    assert "still guesses, although its loss has fallen: from 2.45 to 2.35" in diagnosis.what


def test_a_run_of_few_updates_is_given_time_until_it_ends() -> None:
    slow = TrainConfig(batch_size=None, n_epochs=400)
    few = records(2.4, 2.31, 2.31, 2.31)
    assert guess(slow, few) is None
    diagnosis = guess(slow, few, ended=True)
    assert diagnosis is not None
    assert "only 3 updates" in diagnosis.why


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adam"])
def test_the_suggested_rate_is_far_below_the_one_that_failed(optimizer: str) -> None:
    assert likely_learning_rate(TrainConfig(learning_rate=0.005, optimizer=optimizer)) <= 0.0005
    assert likely_learning_rate(TrainConfig(learning_rate=100.0, optimizer=optimizer)) <= 0.1


@pytest.fixture(scope="module")
def few(mnist: Mnist) -> Dataset:
    """A tenth of the digits: enough to see whether a network learns at all."""
    return Dataset(train=few_digits(mnist, 6000), validation=None, test=mnist.test)


def as_record(e: Epoch) -> EpochRecord:
    return EpochRecord(e.number, e.train, None, e.learning_rate, e.gradient_norms, 0.0, e.n_updates, e.n_measured)


def run(spec: NetworkSpec, config: TrainConfig, data: Dataset) -> tuple[Epoch, Diagnosis | None]:
    """Train, and return the last network and what is said of it then."""
    epochs = list(train(spec, data, config))
    of = tuple(
        EpochRecord(e.number, e.train, None, e.learning_rate, e.gradient_norms, 0.0, e.n_updates, e.n_measured)
        for e in epochs
    )
    n = len(data.train.X)
    last = epochs[-1]
    return last, diagnose(spec, config, of, lambda: measure(spec, last.params, data.train.X), n_train=n, ended=True)


def check(diagnosis: Diagnosis, data: Dataset) -> None:
    """Train with the settings of each button, for as many updates as one epoch of all digits has."""
    assert diagnosis.remedies
    assert len({button.label for button in diagnosis.remedies}) == len(diagnosis.remedies)
    for button in diagnosis.remedies:
        epochs = train(button.spec, data, replace(button.config, n_epochs=9))
        assert any(epoch.train.accuracy > 0.5 for epoch in epochs), button.label


ADAM = TrainConfig(learning_rate=0.001, optimizer="adam")
SIGMOIDS = mnist_spec((64,) * 3, "sigmoid")
HOPELESS = {
    "deep sigmoids": (DEEP_SIGMOID, TrainConfig(), "fades on its way back"),
    "deep sigmoids, momentum": (DEEP_SIGMOID, TrainConfig(learning_rate=0.02, optimizer="momentum"), "fades on its"),
    "deep sigmoids, L2": (DEEP_SIGMOID, TrainConfig(l2=0.005), "fades on its way back"),
    "narrow weights": (mnist_spec((64,) * 3), TrainConfig(initialization=NARROW), "width of 0.001"),
    "narrow weights, five layers": (
        mnist_spec((64,) * 5), TrainConfig(initialization=Initialization("normal", weight_width=0.02)), "width of 0.02",
    ),
    "narrow weights, tanh": (mnist_spec((64,) * 3, "tanh"), TrainConfig(initialization=NARROW), "width of 0.001"),
    "narrow weights, sigmoid": (SIGMOIDS, TrainConfig(initialization=NARROW), "width of 0.001"),
    "equal weights": (mnist_spec((64,)), TrainConfig(initialization=EQUAL), "the same weights"),
    "equal weights, tanh": (mnist_spec((32, 32), "tanh"), TrainConfig(initialization=EQUAL), "the same weights"),
    "equal weights, sigmoid": (mnist_spec((64,), "sigmoid"), TrainConfig(initialization=EQUAL), "the same weights"),
    "equal weights, sigmoids": (SIGMOIDS, TrainConfig(initialization=EQUAL), "the same weights"),
    "equal weights, leaky": (mnist_spec((64,), "leaky_relu"), TrainConfig(initialization=EQUAL), "the same weights"),
    "no rate": (mnist_spec((64,)), TrainConfig(learning_rate=0), "learning rate is 0"),
    "no rate, no layer": (mnist_spec(()), TrainConfig(learning_rate=0), "learning rate is 0"),
    "no rate, deep sigmoids": (DEEP_SIGMOID, TrainConfig(learning_rate=0), "learning rate is 0"),
    "no rate, wide weights": (mnist_spec((64,) * 3), TrainConfig(learning_rate=0, initialization=WIDE), "rate is 0"),
    "tiny rate": (mnist_spec((64,)), TrainConfig(learning_rate=1e-6), "so small"),
    "silent": (mnist_spec((32, 32)), TrainConfig(learning_rate=5.0), "silent"),
    "silent and swinging": (mnist_spec((32, 32)), TrainConfig(learning_rate=20.0), "silent"),
    "silent, Adam": (mnist_spec((32, 32)), replace(ADAM, learning_rate=3.0), "silent"),
    "saturated": (
        mnist_spec((64, 64), "tanh"), TrainConfig(initialization=WIDE, learning_rate=1e-2), "saturated",
    ),
    "saturated sigmoids": (DEEP_SIGMOID, TrainConfig(initialization=WIDE), "saturated"),
    "saturated by biases": (
        mnist_spec((64,) * 3, "tanh"), TrainConfig(initialization=Initialization(bias_width=10.0)), "first biases",
    ),
    "wide weights": (mnist_spec((64,) * 5), replace(ADAM, initialization=WIDE), "width of 8"),
    "strong L2": (mnist_spec((64,)), TrainConfig(l2=1.0), "L2 of 1"),
    "strongest L2": (mnist_spec((64,)), TrainConfig(l2=10.0), "L2 of 10"),
    "dropout": (mnist_spec((8, 8)), TrainConfig(dropout=0.95), "dropout of 0.95"),
    "dropout of deep layers": (mnist_spec((64,) * 3), TrainConfig(dropout=0.95), "dropout of 0.95"),
    "long warm-up": (mnist_spec((64,)), TrainConfig(warmup_epochs=1000), "warm-up"),
    "long warm-up, Adam": (mnist_spec((64,)), replace(ADAM, warmup_epochs=1000), "warm-up"),
    "one neuron": (mnist_spec((1,)), TrainConfig(), "silent"),
    "one neuron in each layer": (mnist_spec((1,) * 5), TrainConfig(), "silent"),
    "few updates": (mnist_spec((64,)), TrainConfig(batch_size=None, learning_rate=0.01), "updates"),
    "images bent away": (
        mnist_spec((64,)),
        TrainConfig(augmentation=Augmentation(shift_px=8, rotation_deg=180, scale=0.9, elastic_px=8, noise=1)),
        "varied so strongly",
    ),
    "all at once": (
        mnist_spec((3,) * 5, "sigmoid"),
        TrainConfig(
            learning_rate=0, l2=5, dropout=0.9, warmup_epochs=50, batch_size=None, momentum=0.9999,
            initialization=Initialization("normal", 0, 10),
        ),
        "learning rate is 0",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "config", "cause"), HOPELESS.values(), ids=HOPELESS)
def test_a_network_that_guesses_is_told_why_and_every_button_mends_it(
    few: Dataset, spec: NetworkSpec, config: TrainConfig, cause: str
) -> None:
    last, diagnosis = run(spec, replace(config, n_epochs=3), few)
    assert last.train.accuracy < 0.2
    assert diagnosis is not None
    assert "guesses" in diagnosis.what
    assert cause in diagnosis.why
    check(diagnosis, few)


FROM_FEW = {
    "no rate": TrainConfig(learning_rate=0, n_train=100),
    "few updates": TrainConfig(learning_rate=0.02, n_train=100, n_epochs=3),
    "few updates, full batch": TrainConfig(batch_size=None, n_train=500, n_epochs=4, learning_rate=0.01),
    "few updates of a thousand": TrainConfig(batch_size=1024, n_train=2_000, n_epochs=3, learning_rate=0.005),
    "tiny rate": TrainConfig(1e-6, 50, 16, n_train=200),
}


@pytest.mark.parametrize("config", FROM_FEW.values(), ids=FROM_FEW)
def test_from_few_images_too_every_button_mends_what_it_says(mnist: Mnist, config: TrainConfig) -> None:
    spec, data = mnist_spec((32,)), mnist.dataset(config)
    last, diagnosis = run(spec, config, data)
    assert last.train.accuracy < 0.2
    assert diagnosis is not None
    if config.learning_rate > 1e-3:
        assert f"there are few of them in {config.n_train:,} images" in diagnosis.why
    for button in diagnosis.remedies:
        assert button.config.n_train == config.n_train
        *_, mended = train(button.spec, mnist.dataset(button.config), button.config)
        assert mended.train.accuracy > 0.5, button.label
        assert (f"learn for {button.config.n_epochs} epochs" in button.label.lower()) == (
            button.config.n_epochs != config.n_epochs
        )


def test_a_network_that_knows_few_images_by_heart_has_no_fault(mnist: Mnist) -> None:
    config = TrainConfig(0.002, 60, 32, "adam", n_train=100)
    last, diagnosis = run(mnist_spec((32,)), config, mnist.dataset(config))
    assert last.train.accuracy == 1
    assert last.watched.accuracy < 0.85
    assert diagnosis is None


def test_deep_sigmoids_are_offered_a_gradient_that_passes_and_steps_that_do_not_need_one(few: Dataset) -> None:
    _, diagnosis = run(DEEP_SIGMOID, TrainConfig(n_epochs=3), few)
    assert diagnosis is not None
    assert [button.label for button in diagnosis.remedies] == ["Use ReLU", "Use Adam with a learning rate of 0.001"]


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adam"])
@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
def test_a_rate_that_is_far_too_large_is_mended(few: Dataset, optimizer: str, activation: str) -> None:
    spec = mnist_spec((32, 16), activation)
    last, diagnosis = run(spec, TrainConfig(learning_rate=100.0, optimizer=optimizer, n_epochs=2), few)
    if last.train.accuracy > 0.5:
        return  # it learned all the same
    assert diagnosis is not None
    check(diagnosis, few)


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "exploding"])
def test_no_preset_is_called_guessing_on_its_way(few: Dataset, name: str) -> None:
    preset = PRESETS[name]
    spec = mnist_spec(tuple(min(width, 128) for width in preset.spec.hidden), preset.spec.activation)
    config = replace(preset.config, n_epochs=4 if preset.config.batch_size else 12, augmentation=NOTHING)
    seen: list[EpochRecord] = []
    for epoch in train(spec, few, config):
        seen.append(
            EpochRecord(epoch.number, epoch.train, None, epoch.learning_rate, epoch.gradient_norms, 0.0, 1, 5_000)
        )
        measured = partial(measure, spec, epoch.params, few.train.X)
        assert diagnose(spec, config, tuple(seen), measured, n_train=6000) is None


ODD = replace(
    TrainConfig(), learning_rate=900.0, l2=5.0, dropout=0.9, warmup_epochs=500.0, batch_size=None, momentum=0.999,
    optimizer="momentum", schedule="step", step_epochs=1, augmentation=Augmentation(shift_px=8),
    initialization=Initialization("normal", 10, 10),
)  # fmt: skip


def test_a_button_names_everything_that_it_changes() -> None:
    made = remedy(mnist_spec((3,)), ODD)
    words = {
        "learning_rate": "learning rate", "l2": "L2", "dropout": "dropout", "warmup_epochs": "warm-up",
        "batch_size": "images at a time", "momentum": "momentum", "schedule": "constant", "augmentation": "as they are",
        "initialization": "He",
    }  # fmt: skip
    changed = {field.name for field in fields(ODD) if getattr(made.config, field.name) != getattr(ODD, field.name)}
    assert changed == set(words)
    for word in words.values():
        assert word in made.label
    assert "32 neurons" in made.label


def test_the_preset_that_is_too_fast_explodes_and_its_cure_works(mnist: Mnist) -> None:
    preset = PRESETS["exploding"]
    epochs = list(train(preset.spec, mnist.split(), preset.config))
    assert epochs[-1].diverged
    cured = TrainConfig(
        learning_rate=likely_learning_rate(preset.config), n_epochs=1, optimizer=preset.config.optimizer
    )
    *_, last = train(preset.spec, mnist.split(), cured)
    assert last.watched.accuracy > 0.8
