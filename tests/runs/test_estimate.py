"""The time that a run is said to take."""

from dataclasses import replace

from fcnn.augmentation import Augmentation
from fcnn.config import TrainConfig
from fcnn.network import mnist_spec
from runs.estimate import Speed, Speedometer, seconds_for

SPEED = Speed(operations=50e9, passes=2e9)
QUICK = TrainConfig(n_epochs=10)


def test_the_computer_is_measured_as_a_computer() -> None:
    speed = Speedometer().speed()
    assert 1e8 < speed.operations < 1e13
    assert 1e6 < speed.passes < 1e12


def test_twice_the_epochs_take_twice_as_long() -> None:
    one = seconds_for(mnist_spec((64,)), QUICK, 55_000, SPEED)
    assert seconds_for(mnist_spec((64,)), replace(QUICK, n_epochs=20), 55_000, SPEED) == 2 * one


def test_larger_networks_and_smaller_batches_take_longer() -> None:
    small = seconds_for(mnist_spec((64,)), QUICK, 55_000, SPEED)
    assert seconds_for(mnist_spec((512,)), QUICK, 55_000, SPEED) > 3 * small
    assert seconds_for(mnist_spec((64,)), replace(QUICK, batch_size=1), 55_000, SPEED) > 10 * small
    assert seconds_for(mnist_spec((64,)), replace(QUICK, optimizer="adam"), 55_000, SPEED) > small
    varied = replace(QUICK, augmentation=Augmentation(elastic_px=1))
    assert seconds_for(mnist_spec((64,)), varied, 55_000, SPEED) > 2 * small


def test_the_whole_set_as_one_batch_can_be_estimated() -> None:
    assert seconds_for(mnist_spec((200,)), replace(QUICK, batch_size=None), 60_000, SPEED) > 0


def test_of_few_images_most_of_the_time_goes_into_measuring() -> None:
    spec, few = mnist_spec((64,)), replace(QUICK, n_train=100)
    hundred, thousand, all_of_them = (seconds_for(spec, few, n, SPEED) for n in (100, 1_000, 55_000))
    assert hundred < thousand < 2 * hundred
    assert all_of_them > 10 * thousand
    alone = replace(QUICK, all_images=True)
    assert seconds_for(spec, alone, 100, SPEED) < hundred / 10  # without a validation set


def test_a_disturbed_measurement_is_forgotten() -> None:
    speedometer = Speedometer()
    first = speedometer.speed()
    for _ in range(5):
        best = speedometer.speed()
    assert best.operations >= first.operations
    assert best.passes >= first.passes
