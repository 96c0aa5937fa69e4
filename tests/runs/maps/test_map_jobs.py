"""Maps by t-SNE as jobs: one at a time, shared, stopped, kept, within the memory of the server."""

from collections.abc import Callable, Iterator
from threading import Event

import numpy as np
import pytest

from fcnn.types import Array
from runs.maps.making import Making
from runs.maps.map_job import MapView
from runs.maps.map_jobs import (
    ALL_ALIKE,
    BUSY,
    MOST_KEPT,
    MOST_WAITING,
    NO_NUMBERS,
    NOT_INSTALLED,
    TOO_SMALL,
    MapJobs,
    MapRefusedError,
)
from runs.maps.map_thread import FAILED, HELD, NO_MEMORY, PROCESS_BYTES
from runs.maps.messages import Moment
from runs.memory import MemoryBudget
from runs.registry import Runs
from runs.status import Status
from tests.waiting import Clock, until

VALUES = np.random.default_rng(0).standard_normal((40, 6)).astype(np.float32)


class Made:
    """A map whose moments come when a test says so."""

    def __init__(self, values: Array) -> None:
        self.values, self.ended, self._go_on, self._n_allowed = values, False, Event(), 0

    def allow(self, n: int) -> None:
        """Let so many of its four moments pass."""
        self._n_allowed += n
        self._go_on.set()

    def moments(self) -> Iterator[Moment]:
        for i in range(1, 5):
            until(lambda i=i: self._n_allowed >= i or self.ended)  # type: ignore[misc]
            if self.ended:
                return
            yield Moment(i, 4, i * self.values[:, :2])

    def end(self) -> None:
        self.ended = True


class Server:
    """Jobs, and the maps that they have begun."""

    def __init__(
        self, *, budget_bytes: int = 2 * PROCESS_BYTES, begin: Callable[[Array], Making] | None = None
    ) -> None:
        self.made: list[Made] = []
        self.clock = Clock()
        self.runs = Runs(budget=MemoryBudget(budget_bytes))
        self.jobs = MapJobs(self.runs, begin or self._begin, installed=lambda: True, lease_s=60, now=self.clock)

    def _begin(self, values: Array) -> Making:
        self.made.append(Made(values))
        return self.made[-1]

    def view(self, key: str, owner: str = "a") -> MapView:
        view = self.jobs.look(key, owner)
        assert view is not None
        return view

    def is_so(self, key: str, status: Status) -> Callable[[], bool]:
        return lambda: self.view(key, "nobody").status is status

    def end(self) -> None:
        self.jobs.end_all()
        for made in self.made:
            made.end()
        self.runs.end_all()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.end()


def test_a_map_is_seen_while_it_is_made_and_kept_when_it_is_ready(server: Server) -> None:
    assert server.jobs.look("one", "a") is None
    server.jobs.begin("one", VALUES, "a")
    until(lambda: server.made)
    assert server.view("one").points is None
    server.made[0].allow(1)
    until(lambda: server.view("one").share_done == 0.25)
    view = server.view("one")
    assert view.status is Status.RUNNING
    assert view.points is not None
    assert np.sqrt((view.points**2).sum(axis=1).mean()) == pytest.approx(1, rel=1e-5)
    server.made[0].allow(3)
    until(server.is_so("one", Status.FINISHED))
    assert server.view("one").share_done == 1
    server.jobs.begin("one", VALUES, "b")  # is there
    assert server.view("one", "b").status is Status.FINISHED
    assert len(server.made) == 1


def test_a_map_is_made_from_the_first_50_principal_components(server: Server) -> None:
    wide = np.random.default_rng(1).standard_normal((60, 80)).astype(np.float32)
    server.jobs.begin("one", wide, "a")
    until(lambda: server.made)
    centred = wide - wide.mean(axis=0)
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    assert server.made[0].values.shape == (60, 50)
    assert np.allclose(np.abs(server.made[0].values), np.abs(u * s)[:, :50], atol=1e-3)


def test_one_at_a_time_first_come_first_served(server: Server) -> None:
    for key in ("one", "two", "three"):
        server.jobs.begin(key, VALUES, "a")
    until(server.is_so("one", Status.RUNNING))
    assert [server.view(key).n_before for key in ("one", "two", "three")] == [0, 1, 2]
    server.made[0].allow(4)
    until(server.is_so("two", Status.RUNNING))
    assert len(server.made) == 2
    assert server.view("three").n_before == 1
    server.jobs.stop("two", "a")
    until(server.is_so("three", Status.RUNNING))
    assert server.made[1].ended


def test_a_map_that_two_want_is_made_once_and_goes_on_until_both_say_stop(server: Server) -> None:
    server.jobs.begin("one", VALUES, "a")
    server.jobs.begin("one", VALUES, "b")
    until(server.is_so("one", Status.RUNNING))
    server.jobs.stop("one", "c")  # who never asked has no say
    server.jobs.stop("one", "a")
    server.jobs.stop("one", "a")
    assert not server.made[0].ended
    server.jobs.stop("one", "b")
    assert server.made[0].ended
    until(server.is_so("one", Status.STOPPED))


def test_a_map_that_was_stopped_can_be_asked_for_again(server: Server) -> None:
    server.jobs.begin("one", VALUES, "a")
    until(server.is_so("one", Status.RUNNING))
    server.jobs.stop("one", "a")
    server.jobs.begin("one", VALUES, "a")
    until(lambda: len(server.made) == 2)
    server.made[1].allow(4)
    until(server.is_so("one", Status.FINISHED))
    assert server.view("one").share_done == 1


def test_a_map_at_which_nobody_looks_any_more_is_given_up(server: Server) -> None:
    server.jobs.begin("one", VALUES, "a")
    server.jobs.begin("two", VALUES, "b")
    until(server.is_so("one", Status.RUNNING))
    server.clock.now = 61
    server.view("two", "b")
    server.made[0].allow(1)
    until(server.is_so("one", Status.STOPPED))
    assert server.made[0].ended
    until(server.is_so("two", Status.RUNNING))


def test_the_memory_of_the_process_is_held_while_there_is_one(server: Server) -> None:
    left = server.runs.budget.n_bytes - PROCESS_BYTES
    server.jobs.begin("one", VALUES, "a")
    until(server.is_so("one", Status.RUNNING))
    assert not server.runs.hold("a model", left + 1)
    server.made[0].allow(4)
    until(server.is_so("one", Status.FINISHED))
    until(lambda: server.runs.hold("a model", left + 1))


def test_without_memory_it_waits_and_begins_by_itself(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setattr("runs.maps.map_thread.LOOK_S", 0.02)
    assert server.runs.hold("a model", server.runs.budget.n_bytes - PROCESS_BYTES + 1)
    server.jobs.begin("one", VALUES, "a")
    until(lambda: server.view("one").note == NO_MEMORY)
    assert server.view("one").status is Status.WAITING
    server.runs.let_go("a model")
    until(server.is_so("one", Status.RUNNING))
    assert server.view("one").note == ""
    assert not server.runs.hold(f"not {HELD}", server.runs.budget.n_bytes - PROCESS_BYTES + 1)


def test_one_that_waits_for_memory_can_be_stopped(server: Server) -> None:
    assert server.runs.hold("a model", server.runs.budget.n_bytes)
    server.jobs.begin("one", VALUES, "a")
    until(lambda: server.view("one").note == NO_MEMORY)
    server.jobs.stop("one", "a")
    assert server.view("one").status is Status.STOPPED
    server.runs.let_go("a model")
    server.jobs.begin("two", VALUES, "a")
    until(server.is_so("two", Status.RUNNING))
    assert len(server.made) == 1


def test_a_process_that_ends_too_soon_is_a_map_that_failed(server: Server) -> None:
    server.jobs.begin("one", VALUES, "a")
    until(server.is_so("one", Status.RUNNING))
    server.made[0].allow(2)
    until(lambda: server.view("one").share_done == 0.5)
    server.made[0].end()  # by the system, for example
    until(server.is_so("one", Status.FAILED))
    assert server.view("one").note == FAILED


def test_a_process_that_cannot_begin_is_a_map_that_failed_and_the_next_one_is_made(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = Made(VALUES)

    def begin(values: Array) -> Making:
        if values.shape[1] == 2:
            raise OSError("no more processes")
        return made

    server = Server(begin=begin)
    server.jobs.begin("one", VALUES[:, :2], "a")
    server.jobs.begin("two", VALUES, "a")
    until(server.is_so("one", Status.FAILED))
    until(server.is_so("two", Status.RUNNING))
    assert "no more processes" in caplog.text
    assert server.view("one").note == FAILED
    made.end()
    server.end()


def test_refused_with_a_sentence(server: Server) -> None:
    def refusal(jobs: MapJobs, values: Array = VALUES, key: str = "new") -> str:
        with pytest.raises(MapRefusedError) as refused:
            jobs.begin(key, values, "a")
        return str(refused.value)

    small = Runs(budget=MemoryBudget(PROCESS_BYTES - 1))
    assert refusal(MapJobs(server.runs, installed=lambda: False)) == NOT_INSTALLED
    assert refusal(MapJobs(small, installed=lambda: True)) == TOO_SMALL
    assert refusal(server.jobs, np.full_like(VALUES, np.nan)) == NO_NUMBERS
    assert refusal(server.jobs, np.ones_like(VALUES)) == ALL_ALIKE
    for i in range(MOST_WAITING + 1):
        server.jobs.begin(f"{i}", VALUES, "a")
        until(lambda: server.made)
    assert refusal(server.jobs) == BUSY
    server.jobs.begin("3", VALUES, "b")  # which is in the line already
    small.end_all()


@pytest.mark.parametrize("n", [9, 2_001])
def test_a_map_has_some_points_but_not_too_many(n: int, server: Server) -> None:
    with pytest.raises(ValueError, match=f"10 to 2,000 points, got {n}"):
        server.jobs.begin("one", np.ones((n, 2), np.float32), "a")


def test_the_oldest_maps_are_forgotten() -> None:
    class Ready(Made):
        def __init__(self, values: Array) -> None:
            super().__init__(values)
            self.allow(4)

    server = Server(begin=Ready)
    for i in range(MOST_KEPT + 3):
        server.jobs.begin(f"{i}", VALUES, "a")
        until(server.is_so(f"{i}", Status.FINISHED))
    assert [i for i in range(MOST_KEPT + 3) if server.jobs.look(f"{i}", "a") is None] == [0, 1]
    server.end()
