"""Runs that outlive a visit: found again by their owner, looked at by others, and going on to the same numbers."""

from collections.abc import Iterator

import pytest

from runs.status import Status
from store.store import Store
from tests.visits import checked, enabled, prepare, press, state, words
from tests.waiting import until
from ui.keeping import keeping
from ui.server import runs

pytestmark = pytest.mark.usefixtures("one_browser")
SMALL = {"hidden": "8", "epochs": "2", "images": "500", "rate": "0.05"}


@pytest.fixture
def ended(store: Store) -> Iterator[str]:
    """The id of a run that was trained to its end, in a visit that is over."""
    at = checked(prepare("pages/train.py", SMALL).run())
    press(at, "Start")
    run_id = str(state(at).run_id)
    run = runs().get(run_id)
    assert run is not None
    until(lambda: run.view().status is Status.FINISHED)
    store.flush()
    runs().close(run_id)
    yield run_id
    runs().close(run_id)


def test_a_run_is_there_after_its_memory_was_given_back(ended: str) -> None:
    at = checked(prepare("pages/train.py", {"run": ended}).run())
    assert "You see a network of 784 x 8 x 10" in words(at)
    assert "of the test digits are right" in words(at)
    assert "somebody" not in words(at)
    assert {"Start again", "Continue for 10 more epochs"} <= enabled(at)


@pytest.mark.parametrize("page", ["streamlit_app.py", "pages/weights.py", "pages/mistakes.py", "pages/draw.py"])
def test_every_page_shows_a_kept_run(ended: str, page: str) -> None:
    at = checked(prepare(page, {"run": ended}).run())
    assert state(at).run_id == ended
    assert state(at).source == "run"


def test_a_kept_run_goes_on(ended: str) -> None:
    at = checked(prepare("pages/train.py", {"run": ended}).run())
    press(at, "Continue for 10 more epochs")
    run = runs().get(ended)
    assert run is not None
    until(lambda: not run.view().under_way)
    view = run.view()
    assert view.whole[-1].number == 12
    assert [record.number for record in view.whole] == list(range(13))


def test_a_guest_sees_a_kept_run_and_cannot_let_it_go_on(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.owner._cookie", lambda: None)
    at = checked(prepare("pages/train.py", {"run": ended}).run())
    assert "You are watching somebody's run" in words(at)
    assert "of the test digits are right" in words(at)
    assert not {"Continue for 10 more epochs", "Continue", "Stop"} & enabled(at)
    assert "Start your own" in enabled(at)


def test_a_run_that_was_interrupted_continues(store: Store) -> None:
    at = checked(prepare("pages/train.py", SMALL | {"epochs": "100000"}).run())
    press(at, "Start")
    run_id = str(state(at).run_id)
    run = runs().get(run_id)
    assert run is not None
    until(lambda: len(run.view().whole) > 2)
    runs().close(run_id)
    store.flush()
    at = checked(prepare("pages/train.py", {"run": run_id}).run())
    assert "interrupted" in words(at)
    press(at, "Continue")
    again = runs().get(run_id)
    assert again is not None
    assert again is not run
    assert again.running
    assert len(again.view().whole) > 2
    press(at, "Stop")
    runs().close(run_id)


def test_starting_again_keeps_the_run_before(ended: str, store: Store) -> None:
    at = checked(prepare("pages/train.py", {"run": ended, **SMALL}).run())
    press(at, "Start again")
    second = str(state(at).run_id)
    run = runs().get(second)
    assert run is not None
    until(lambda: run.view().status is Status.FINISHED)
    store.flush()
    assert [kept.id for kept in store.runs_of(state(at).owner)] == [ended, second]
    runs().close(second)


def test_where_nothing_can_be_kept_a_visitor_is_told_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(store), "problem", "The disk is full.")
    assert keeping().problem
    at = checked(prepare("pages/train.py").run())
    assert "The disk is full." in words(at)
    assert "The disk is full." not in words(checked(at.run()))
