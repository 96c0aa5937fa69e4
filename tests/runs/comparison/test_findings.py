"""Sentences about a handful of runs: which is best by validation, and whether the next ones are really worse."""

import numpy as np

from fcnn.config import TrainConfig
from runs.comparison.findings import findings
from runs.kept import Answered, KeptRun
from tests.kept_runs import made_run

LABELS = np.arange(10_000, dtype=np.uint8) % 10


def answered(*wrong: range) -> Answered:
    """Return answers that are right but for those to the digits in some ranges."""
    answers = LABELS.copy()
    for places in wrong:
        answers[places] = (answers[places] + 1) % 10
    return answers


def said(runs: list[KeptRun], answers: dict[str, Answered]) -> list[str]:
    return findings(runs, [run.title for run in runs], answers, LABELS)


def test_the_best_by_validation_is_named_and_measured_against_the_next_ones() -> None:
    runs = [made_run(i, accuracy=accuracy, hidden=(i,)) for i, accuracy in enumerate((0.96, 0.98, 0.979), 1)]
    answers = {
        runs[0].id: answered(range(400)),
        runs[1].id: answered(range(200)),
        runs[2].id: answered(range(195), range(200, 212)),
    }
    best, third, first = said(runs, answers)
    assert best == "Run 2 is the best of these by validation, with 98.00 %."
    assert third.startswith("This is noise: Run 2 reads 12 digits that Run 3 misses, and misses 5 that Run 3 reads.")
    assert first.startswith("Run 2 is better: it reads 200 digits that Run 1 misses, and misses 0 that Run 1 reads.")


def test_seeds_of_one_setting_are_judged_together() -> None:
    wide = [made_run(i, accuracy=0.97 + i / 10_000, config=TrainConfig(seed=i)) for i in range(1, 4)]
    narrow = [made_run(i, accuracy=0.95 + i / 10_000, hidden=(8,), config=TrainConfig(seed=i)) for i in range(4, 7)]
    best, verdict = said([*narrow, *wide], {})
    assert best.startswith("Run 3 is the best")
    assert verdict.startswith(
        "Run 1 with 2 other seeds is better than Run 4 with 2 other seeds by 1.97 points (3 seeds"
    )


def test_what_is_not_known_is_not_judged() -> None:
    runs = [made_run(1), made_run(2, hidden=(8,))]
    assert said(runs, {}) == ["Run 1 is the best of these by validation, with 97.00 %."]
    assert said(runs[:1], {}) == []
    assert said([made_run(1, accuracy=None), made_run(2, accuracy=None, hidden=(8,))], {}) == []
    brought = [made_run(3, uploaded=True, accuracy=None), made_run(1)]
    assert len(said(brought, {})) == 1


def test_it_is_a_handful_of_sentences() -> None:
    runs = [made_run(i, accuracy=0.9 + i / 1_000, hidden=(i,)) for i in range(1, 21)]
    answers = {run.id: answered(range(run.number)) for run in runs}
    assert len(said(runs, answers)) == 4
