from dataclasses import replace
from types import SimpleNamespace

import pytest

from fcnn.config import TrainConfig
from fcnn.epoch import Progress
from fcnn.metrics import Figures
from fcnn.network import mnist_spec
from runs.records import EpochRecord
from runs.status import Status
from runs.ticket import TURN_S
from runs.turns import Scheduler
from runs.view import RunView
from ui import polling


def crowd(monkeypatch: pytest.MonkeyPatch, n_running: int) -> None:
    monkeypatch.setattr(polling, "runs", lambda: SimpleNamespace(n_running=lambda: n_running))
    monkeypatch.setattr(polling, "scheduler", lambda: Scheduler(n_turns=2))


@pytest.mark.parametrize("n_running", [0, 1, 2, 5])
def test_few_runs_are_drawn_at_the_best_pace(monkeypatch: pytest.MonkeyPatch, n_running: int) -> None:
    crowd(monkeypatch, n_running)
    assert polling.interval_s(0.4) == 0.4


def test_in_a_crowd_a_run_is_drawn_less_often_than_it_has_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(monkeypatch, 30)
    assert polling.interval_s(0.4) == pytest.approx(22.5 * TURN_S)


@pytest.mark.parametrize(
    ("drawn", "now", "outdated"),
    [(0.4, 0.4, False), (0.4, 0.7, False), (0.4, 0.8, True), (1.5, 0.7, True), (None, None, False), (None, 1.0, True)],
)
def test_polling_begins_anew_when_the_pace_has_doubled_halved_or_ended(
    drawn: float | None, now: float | None, outdated: bool
) -> None:
    assert polling.is_outdated(drawn, now) is outdated


def aged(seconds: float) -> RunView:
    figures = Figures(0.1, 0.9)
    records = (EpochRecord(1, figures, None, 0.1, (), seconds, 430, 5_000),)
    return RunView(mnist_spec(()), TrainConfig(), Status.RUNNING, records, (), (), Progress(1, 0), 100, 0.0, "")


def test_a_run_that_goes_on_for_long_is_drawn_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(monkeypatch, 1)
    assert polling.run_interval_s(None) == polling.run_interval_s(aged(5)) == 0.4
    assert polling.run_interval_s(aged(60)) == 1.0
    assert polling.is_outdated(0.4, polling.run_interval_s(aged(60)))


@pytest.mark.parametrize(("pace", "seconds"), [(1.0, 0.25), (10.0, 0.1), (100.0, 0.1)])
def test_in_slow_motion_a_run_is_drawn_as_often_as_it_looks_at_its_network(
    monkeypatch: pytest.MonkeyPatch, pace: float, seconds: float
) -> None:
    crowd(monkeypatch, 1)
    assert polling.run_interval_s(replace(aged(60), pace=pace)) == pytest.approx(seconds)
    crowd(monkeypatch, 30)
    assert polling.run_interval_s(replace(aged(60), pace=pace)) == pytest.approx(22.5 * TURN_S)


def test_who_watches_in_the_largest_crowd_sees_within_some_seconds_that_something_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowd(monkeypatch, 500)
    assert polling.interval_s(0.4) == polling.RAREST_POLL_S < 5
