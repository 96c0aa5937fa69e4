"""The Home page: a digit runs through the picture of the network that is shown."""

from streamlit.testing.v1 import AppTest

from tests.visits import checked, component, prepare, words


def home(**address: str) -> AppTest:
    return checked(prepare("streamlit_app.py", address).run())


def test_a_digit_runs_through_the_network_at_once() -> None:
    at = home()
    picture = component(at, "home_network")
    assert (picture["truth"], picture["answer"], picture["turn"]) == (7, 7, 1)
    assert picture["hidden"] == [[12, 116]]
    assert "It says 7" in words(at)


def test_another_digit_is_another_one_and_runs_through_too() -> None:
    at = home()
    at.button[0].click().run()
    picture = component(checked(at), "home_network")
    assert picture["turn"] == 2
    assert picture["truth"] != 7


def test_an_untrained_network_is_shown_guessing() -> None:
    at = home(epoch="0")
    before, after = component(at, "home_network"), component(home(), "home_network")
    assert before["levels"] != after["levels"]
    assert "sure" in words(at)
