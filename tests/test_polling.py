from types import SimpleNamespace

import pytest

from fcnn.scheduler import TURN_S, Scheduler
from ui import polling


def crowd(monkeypatch: pytest.MonkeyPatch, n_running: int) -> None:
    monkeypatch.setattr(polling, "runs", lambda: SimpleNamespace(n_running=lambda: n_running))
    monkeypatch.setattr(polling, "scheduler", lambda: Scheduler(n_turns=2))


@pytest.mark.parametrize("n_running", [0, 1, 8])
def test_few_runs_are_drawn_at_the_best_pace(monkeypatch: pytest.MonkeyPatch, n_running: int) -> None:
    crowd(monkeypatch, n_running)
    assert polling.interval_s(0.4) == 0.4


def test_in_a_crowd_a_run_is_drawn_once_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(monkeypatch, 30)
    assert polling.interval_s(0.4) == pytest.approx(15 * TURN_S)


@pytest.mark.parametrize(
    ("drawn", "now", "outdated"),
    [(0.4, 0.4, False), (0.4, 0.7, False), (0.4, 0.8, True), (1.5, 0.7, True), (None, None, False), (None, 1.0, True)],
)
def test_polling_begins_anew_when_the_pace_has_doubled_halved_or_ended(
    drawn: float | None, now: float | None, outdated: bool
) -> None:
    assert polling.is_outdated(drawn, now) is outdated
