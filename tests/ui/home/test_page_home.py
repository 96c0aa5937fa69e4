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


def test_the_story_begins_by_itself_once_a_visit() -> None:
    at = home()
    line = component(at, "shown_line")
    assert line["begins"]
    assert line["ends"] == ["before learning", "after"]
    at.run()
    assert not component(at, "shown_line")["begins"]


def test_the_story_does_not_begin_where_a_link_has_chosen_an_epoch() -> None:
    assert not component(home(epoch="3"), "shown_line")["begins"]


def test_before_learning_the_answer_is_wrong_and_said_to_be_of_then() -> None:
    at = home(epoch="0")
    assert "Before learning it says 2, 14 % sure: a mistake" in words(at)
    assert "Before" not in words(home())


def test_terms_are_said_before_they_are_used() -> None:
    said = words(home())
    assert said.index("neural network") < said.index("neurons,") < said.index("first neurons")
    assert said.index("is an epoch") < said.index("epoch by epoch")


def test_the_menu_has_groups() -> None:
    said = [caption.value for caption in home().sidebar.caption]
    assert said[:3] == ["Watch", "Look inside", "Test it"]
