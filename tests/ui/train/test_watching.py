"""A run that somebody else looks at: by its address everything can be seen, and nothing done."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from runs.status import Status
from tests.visits import checked, enabled, prepare, press, shown_title, state, words
from tests.waiting import until
from ui.menu import MENU
from ui.server import runs


@pytest.fixture
def owner() -> Iterator[AppTest]:
    """A visitor whose run is learning."""
    at = prepare("pages/train.py", {"hidden": "8", "epochs": "100000", "rate": "0.01"})
    at.run()
    press(at, "Start")
    yield at
    runs().close(state(at).run_id)


@pytest.fixture
def guest(owner: AppTest) -> Iterator[AppTest]:
    """Another visitor, with the address of that run."""
    at = prepare("pages/train.py", {"run": str(state(owner).run_id)})
    yield checked(at.run())
    runs().close(state(at).live_id)


def test_a_guest_is_told_whose_run_it_is_and_sees_it_with_its_settings(guest: AppTest) -> None:
    assert "You are watching somebody's run" in words(guest)
    assert shown_title(guest).startswith("Somebody's run: 784 x 8 x 10")
    assert guest.number_input(key="set_hidden0").value == 8
    assert "The run that you watch: running" in words(guest)


def test_a_guest_cannot_pause_stop_or_reset_it(owner: AppTest, guest: AppTest) -> None:
    run_id = state(owner).run_id
    assert enabled(guest) >= {"Start your own"}
    assert not {"Pause", "Stop", "Reset", "Resume"} & enabled(guest)
    guest.select_slider(key="set_learning_rate").set_value(0.5).run()
    guest.selectbox(key="pace").set_value(1).run()
    run = runs().get(run_id)
    assert run is not None
    assert run.view().status is Status.RUNNING
    assert run.view().config.learning_rate == 0.01
    assert run.view().pace is None


def test_a_guest_who_starts_has_a_run_of_their_own_and_the_other_goes_on(owner: AppTest, guest: AppTest) -> None:
    guest.number_input(key="set_hidden0").set_value(4).run()
    press(guest, "Start your own")
    assert state(guest).run_id != state(owner).run_id
    assert "somebody" not in words(guest)
    assert {"Pause", "Stop", "Reset"} <= enabled(guest)
    theirs, own = runs().get(state(owner).run_id), runs().get(state(guest).run_id)
    assert theirs is not None
    assert theirs.running
    assert own is not None
    assert own.view().spec.hidden == (4,)


def test_settings_that_a_guest_changed_stay(guest: AppTest) -> None:
    guest.number_input(key="set_hidden0").set_value(4).run()
    assert checked(guest.run()).number_input(key="set_hidden0").value == 4


@pytest.mark.parametrize("page", [page.file for page in MENU])
def test_every_page_says_that_it_is_the_run_of_another(owner: AppTest, page: str) -> None:
    run = runs().get(state(owner).run_id)
    assert run is not None
    until(lambda: bool(run.view().epochs))
    at = checked(prepare(page, {"run": str(state(owner).run_id)}).run())
    assert "You are watching somebody's run" in words(at)


def test_the_owner_is_not_told_that_it_is_somebody_else(owner: AppTest) -> None:
    assert "somebody" not in words(owner)
    assert {"Pause", "Stop"} <= enabled(owner)
