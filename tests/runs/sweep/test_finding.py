"""What is said of a series: true of the results that there are, whichever of them those are."""

import re
from itertools import combinations

import pytest

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from fcnn.settings import SETTINGS
from runs.kept import KeptRun
from runs.status import Status
from runs.sweep.draws import Range
from runs.sweep.finding import COMPLETE, finding, said, spread_of
from runs.sweep.plan import Axis, Plan
from tests.kept_runs import made_run

BASE = Settings(mnist_spec((32,)), TrainConfig())
WIDTHS = Plan(BASE, (Axis("hidden", ((4,), (16,), (64,), (256,))),))
RATES = Plan(BASE, (Axis("learning_rate", (0.01, 0.1, 1.0)),))
IMAGES = Plan(BASE, (Axis("n_train", (100, 1_000, 10_000, None)),))
LUCK = Plan(BASE, seeds=tuple(range(10)))


def wide(width: int, accuracy: float, **more: object) -> KeptRun:
    return made_run(width, accuracy=accuracy, hidden=(width,), **more)  # type: ignore[arg-type]


def of_rate(rate: float, accuracy: float, seed: int = 0, **more: object) -> KeptRun:
    config = TrainConfig(learning_rate=rate, seed=seed)
    return made_run(1, accuracy=accuracy, config=config, **more)  # type: ignore[arg-type]


def of_images(n: int | None, accuracy: float) -> KeptRun:
    return made_run(1, accuracy=accuracy, config=TrainConfig(n_train=n))


def of_seed(seed: int, accuracy: float) -> KeptRun:
    return made_run(seed + 1, accuracy=accuracy, config=TrainConfig(seed=seed))


def test_without_results_nothing_is_said() -> None:
    for plan in (WIDTHS, RATES, IMAGES, LUCK):
        assert finding(plan, [], whole=False) == ""


def test_a_single_result_is_told_as_it_is() -> None:
    words = finding(WIDTHS, [wide(16, 0.95)], whole=False)
    assert words == "16 neurons: 95.00 % of the validation digits are right so far."


CURVE = [wide(4, 0.85), wide(16, 0.95), wide(64, 0.97), wide(256, 0.972)]


def test_more_neurons_hardly_help_from_some_width_on() -> None:
    words = finding(WIDTHS, CURVE, whole=True)
    assert words.startswith("More than 64 neurons bring 0.20 points at best:")
    assert "97.00 % of the validation digits are right with 64, and 97.20 % with 256." in words


def test_neurons_that_still_help_are_said_to() -> None:
    words = finding(WIDTHS, CURVE[:3], whole=False)
    assert words.startswith("More neurons still help so far: 95.00 %")
    assert words.endswith("97.00 % with 64.")


def test_neurons_that_make_it_worse_bring_nothing() -> None:
    words = finding(WIDTHS, [wide(16, 0.96), wide(64, 0.95)], whole=True)
    assert words.startswith("More than 16 neurons bring nothing:")


@pytest.mark.parametrize("dip", [0.0, 0.01])
def test_what_is_said_of_neurons_is_true_of_any_results_that_there_are(dip: float) -> None:
    accuracy = {4: 0.85, 16: 0.955, 64: 0.97 - dip, 256: 0.972}
    for n in (2, 3, 4):
        for widths in combinations(accuracy, n):
            words = finding(WIDTHS, [wide(width, accuracy[width]) for width in widths], whole=False)
            if found := re.match(r"More than (\d+) neurons bring", words):
                narrow = int(found[1])
                wider = [accuracy[width] for width in widths if width > narrow]
                assert 100 * (max(wider) - accuracy[narrow]) < 0.3
            else:
                assert 100 * (accuracy[widths[-1]] - accuracy[widths[-2]]) >= 0.3
                assert words.startswith("More neurons still help")


def test_best_and_worst_are_named_with_their_figures() -> None:
    words = finding(RATES, [of_rate(0.01, 0.8), of_rate(0.1, 0.97), of_rate(1.0, 0.1)], whole=True)
    assert words == (
        "Best: learning rate 0.1, with 97.00 % of the validation digits right. Worst: learning rate 1, with 10.00 %."
    )
    exploded = of_rate(1.0, 0.1, status=Status.DIVERGED)
    assert finding(RATES, [of_rate(0.1, 0.97), exploded], whole=True).endswith("with 10.00 %, where it exploded.")


def test_a_result_so_near_to_the_best_is_called_luck() -> None:
    words = finding(RATES, [of_rate(0.01, 0.8), of_rate(0.1, 0.97), of_rate(1.0, 0.969)], whole=False)
    assert words.startswith("Best so far: learning rate 0.1,")
    assert "Learning rate 1 comes so near that it may be luck: the 95 % interval" in words
    few = finding(RATES, [of_rate(0.1, 0.97), of_rate(1.0, 0.969), of_rate(0.01, 0.968)], whole=False)
    assert "2 of the others come so near" in few


def test_several_seeds_are_judged_by_their_spread() -> None:
    apart = [of_rate(rate, mean + step, seed) for rate, mean in ((0.1, 0.97), (1.0, 0.94))
             for seed, step in enumerate((0.0, 0.001, 0.002))]  # fmt: skip
    assert "Learning rate 0.1 is better than learning rate 1" not in finding(RATES, apart[:4], whole=False)
    assert "Learning rate 0.1 is better than learning rate 1" in finding(RATES, apart, whole=True)
    alike = [of_rate(rate, 0.97 + step, seed) for rate, shift in ((0.1, 0.0), (1.0, 1e-4))
             for seed, step in enumerate((shift, 0.004, 0.008))]  # fmt: skip
    assert "This is noise" in finding(RATES, alike, whole=True)


def test_ten_times_as_many_images_are_compared_where_both_are_there() -> None:
    runs = [of_images(100, 0.7), of_images(1_000, 0.86), of_images(10_000, 0.94), of_images(None, 0.97)]
    words = finding(IMAGES, runs, whole=True)
    assert words == (
        "With 100 images, 70.00 % of the validation digits are right; with 55,000, 97.00 %. Ten times as many make "
        "16.0 points more from 100 to 1,000, and 8.0 points more from 1,000 to 10,000."
    )
    assert finding(IMAGES, [runs[0], runs[2]], whole=False) == (
        "With 100 images, 70.00 % of the validation digits are right so far; with 10,000, 94.00 %."
    )


def test_luck_is_told_by_the_spread_of_the_seeds() -> None:
    runs = [of_seed(seed, 0.97 + seed / 10_000) for seed in range(10)]
    words = finding(LUCK, runs, whole=True)
    assert words.startswith("10 runs that differ in nothing but the seed read 97.00 to 97.09 % of the test digits.")
    assert "Luck alone makes 0.09 points between two of them." in words
    assert words.endswith("and all 10 lie in it.")
    spread = spread_of([*runs[:9], of_seed(9, 0.5)])
    assert spread is not None
    assert spread.n_within == 0
    assert "One run has ended so far: it reads 97.00 %" in finding(LUCK, runs[:1], whole=False)


def test_a_run_that_was_stopped_says_nothing() -> None:
    stopped = wide(256, 0.5, status=Status.STOPPED)
    assert finding(WIDTHS, [*CURVE[:3], stopped], whole=True) == finding(WIDTHS, CURVE[:3], whole=True)
    assert Status.STOPPED not in COMPLETE
    assert spread_of([stopped]) is None


def test_two_settings_and_draws_are_named_together() -> None:
    both = Plan(BASE, (*RATES.axes, *WIDTHS.axes))
    runs = [made_run(1, accuracy=0.9, hidden=(4,)), made_run(2, accuracy=0.97, hidden=(64,))]
    assert finding(both, runs, whole=True).startswith("Best: learning rate 0.1 with 64 neurons, with 97.00 %")
    drawn = Plan(BASE, ranges=(Range("hidden", 4, 64),), n_draws=4)
    assert finding(drawn, runs, whole=True).startswith("Best: 64 neurons, with 97.00 %")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("hidden", (64,), "64 neurons"), ("hidden", (1,), "1 neuron"), ("hidden", (), "no hidden layer"),
        ("hidden", (64, 32), "64-32 neurons"), ("n_epochs", 1, "1 epoch"), ("n_train", None, "all training images"),
        ("learning_rate", 0.1, "learning rate 0.1"), ("optimizer", "adam", "optimizer Adam"),
    ],
)  # fmt: skip
def test_a_value_is_said_as_people_say_it(name: str, value: object, words: str) -> None:
    row = SETTINGS[name]
    assert said(row, BASE.changed(row, value)) == words
