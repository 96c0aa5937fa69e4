"""How sure one may be: what the page says is what the answers to the test set say."""

import numpy as np
import pytest

from fcnn.inside.calibration import reliability
from fcnn.inside.temperature import at_temperature, fit_temperature, scores
from fcnn.losses import softmax
from fcnn.mnist import Mnist, spread
from tests.networks import ready
from tests.visits import component, prepare, words
from ui.lab.sure_part import tell_example, tell_threshold

N = 1_000  # digits, see conftest.py
ROWS = spread(N, 10_000)


@pytest.fixture(scope="module")
def said() -> str:
    return words(prepare("pages/lab.py", {"part": "sure", "below": "p.0.95"}).run())


def test_the_calibration_error_is_told_with_and_without_the_temperature(said: str, mnist: Mnist) -> None:
    spec, params = ready()
    z = scores(spec, params, mnist.test.X[ROWS])
    validation = (part[-N:] for part in mnist.all_train)
    X, labels = validation
    fitted = fit_temperature(scores(spec, params, X), labels)
    assert fitted is not None
    right = z.argmax(axis=1) == mnist.test.labels[ROWS]
    now = reliability(softmax(z).max(axis=1), right)
    after = reliability(at_temperature(z, fitted.temperature).max(axis=1), right)
    assert f"is {100 * now.error:.2f} points: the *expected calibration error*" in said
    assert f"temperature of {fitted.temperature:.2f}, fitted on {N:,} validation digits, the" in said
    assert f"becomes {100 * after.error:.2f} points" in said


def test_what_becomes_of_the_answers_below_a_threshold_is_told(said: str, mnist: Mnist) -> None:
    p = softmax(scores(*ready(), mnist.test.X[ROWS]))
    kept = p.max(axis=1) >= 0.95
    n, wrong = int(kept.sum()), int((p.argmax(axis=1) != mnist.test.labels[ROWS])[kept].sum())
    assert f"below 95 %, it answers {100 * n / N:.1f} % of {N:,} test digits" in said
    assert f"{wrong:,} of {n:,}" in said


def test_a_threshold_that_nobody_reaches_and_none_at_all() -> None:
    assert "answers none of 200 test digits" in tell_threshold(200, 0, 0, 0.999)
    assert "answers all of 200 test digits" in tell_threshold(200, 200, 5, 0.0)


def test_the_example_is_the_bar_that_is_furthest_off_of_those_with_enough_answers() -> None:
    sure = np.concatenate([np.full(60, 0.75), np.full(500, 0.95), np.full(10, 0.35)])
    right = np.concatenate([np.arange(60) < 30, np.arange(500) < 480, np.zeros(10, bool)])
    told = tell_example(reliability(sure, right)).replace("**", "").replace("\N{NO-BREAK SPACE}", " ")
    assert "When it says 75 %, it is right in 50 of 100" in told
    assert "60 answers from 70 to 80 %" in told
    assert tell_example(reliability(sure[:20], right[:20])) == ""


def test_the_expert_has_learned_the_validation_digits_and_that_is_said() -> None:
    at = prepare("pages/lab.py", {"part": "sure", "net": "record"}).run()
    assert "which it has learned itself" in words(at)
    assert component(at, "lab_reliability")["alt"]
