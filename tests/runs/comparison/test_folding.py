"""Seeds of one setting as one: who belongs together, and what their curves do."""

from dataclasses import replace

import numpy as np

from fcnn.config import TrainConfig
from runs.comparison.folding import band, folded
from runs.status import Status
from tests.kept_runs import made_run


def test_runs_that_differ_in_the_seed_alone_are_folded() -> None:
    seeds = [made_run(i, config=TrainConfig(seed=i)) for i in range(1, 4)]
    other = made_run(4, config=TrainConfig(seed=1, learning_rate=0.5))
    wider = made_run(5, hidden=(128,), config=TrainConfig(seed=9))
    folds = folded([seeds[0], other, seeds[1], wider, seeds[2]])
    assert [[run.number for run in fold.runs] for fold in folds] == [[1, 2, 3], [4], [5]]


def test_a_model_that_was_brought_and_a_run_changed_on_the_way_stay_alone() -> None:
    runs = [made_run(1), made_run(2, uploaded=True), made_run(3), made_run(4)]
    folds = folded(runs, alone={runs[3].id})
    assert [[run.number for run in fold.runs] for fold in folds] == [[1, 3], [2], [4]]


def test_only_runs_that_came_to_their_end_count() -> None:
    runs = [
        made_run(1, accuracy=0.97),
        made_run(2, accuracy=0.5, status=Status.STOPPED),
        made_run(3, accuracy=0.1, status=Status.DIVERGED),
        made_run(4, accuracy=None, status=Status.RUNNING),
    ]
    (fold,) = folded(replace(run, sweep="s") for run in runs)
    assert fold.test_accuracies == (0.97, 0.1)


def test_a_band_goes_from_the_lowest_to_the_highest_as_far_as_each_curve_goes() -> None:
    x = np.array([0.0, 1.0, 2.0])
    short = np.array([0.0, 1.0])
    both = band([(x, np.array([0.0, 2.0, 4.0])), (short, np.array([2.0, np.nan])), (short, np.array([4.0, 4.0]))])
    assert both.x.tolist() == [0, 1, 2]
    assert both.mean.tolist() == [2, 3, 4]
    assert both.lowest.tolist() == [0, 2, 4]
    assert both.highest.tolist() == [4, 4, 4]
    assert both.n_runs.tolist() == [3, 2, 1]


def test_between_its_points_a_curve_runs_straight() -> None:
    both = band([(np.array([0.0, 2.0]), np.array([0.0, 4.0])), (np.array([1.0]), np.array([6.0]))])
    assert both.mean.tolist() == [0, 4, 4]
    assert len(band([(np.array([1.0]), np.array([np.nan]))]).x) == 0
