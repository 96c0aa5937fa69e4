"""The paper repeated: a real run with its preset follows its figure 6. The whole of it is in benchmarks/paper.py."""

from dataclasses import replace

import pytest

from fcnn.config import TrainConfig
from fcnn.metrics import answer, summarize
from fcnn.mnist import Mnist
from fcnn.presets import PAPER
from fcnn.published import FIGURE_6, PAPER_DIFFERENCE_HERE, largest_difference
from fcnn.training import train

N_EPOCHS = 50  # of the 400: the steep part of the curve, and a quarter of a minute


def test_the_figure_has_its_40_points() -> None:
    assert list(FIGURE_6) == list(range(0, 400, 10))
    assert (FIGURE_6[0], FIGURE_6[80], FIGURE_6[90], FIGURE_6[390]) == (8.47, 75.65, 83.53, 91.17)


def test_the_preset_is_the_network_of_the_paper() -> None:
    assert str(PAPER.spec) == "784 x 200 x 10"
    assert PAPER.spec.activation == "relu"
    config = PAPER.config
    assert (config.batch_size, config.n_epochs, config.all_images) == (None, 400, True)
    assert (config.optimizer, config.schedule, config.l2, config.dropout) == ("gradient_descent", "constant", 0, 0)
    assert config.initialization.bias_width > 0


def test_a_real_run_stays_as_close_to_the_figure_as_the_page_says(mnist: Mnist) -> None:
    data = mnist.whole()
    accuracies = {}
    for epoch in train(PAPER.spec, data, replace(PAPER.config, n_epochs=N_EPOCHS)):
        if epoch.number in FIGURE_6:
            answers = answer(PAPER.spec, epoch.params, data.train)
            accuracies[epoch.number] = 100 * summarize(answers, data.train.labels).accuracy
    assert list(accuracies) == [0, 10, 20, 30, 40, 50]
    assert largest_difference(accuracies)[1] <= PAPER_DIFFERENCE_HERE


def test_other_settings_are_farther_away(mnist: Mnist) -> None:
    data = mnist.whole()
    *_, last = train(PAPER.spec, data, TrainConfig(learning_rate=0.1, n_epochs=10, batch_size=None, all_images=True))
    assert largest_difference({10: 100 * last.train.accuracy})[1] > 2 * PAPER_DIFFERENCE_HERE


def test_the_largest_difference_is_found_at_its_epoch() -> None:
    epoch, difference = largest_difference({0: 8.47, 10: 40.12, 20: 50.58, 25: 0.0})
    assert epoch == 20
    assert difference == pytest.approx(5.0)


def test_epochs_that_the_figure_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="every tenth"):
        largest_difference({1: 10.0})
