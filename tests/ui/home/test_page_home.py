"""The Home page: a digit runs through the picture of the network that is shown."""

import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.initialization import Initialization, init_params
from fcnn.model_file import Model
from fcnn.network import mnist_spec
from fcnn.types import Layer
from tests.visits import checked, component, prepare, send, words
from ui.home.story import N_MOMENTS
from ui.visit import Visit

SPEC = mnist_spec((8,))


def home(**address: str) -> AppTest:
    return checked(prepare("streamlit_app.py", address).run())


def answer(at: AppTest) -> str:
    """Return the sentence that says what the network answers."""
    return said(component(at, "home_answer"))


def said(sent: dict[str, Any]) -> str:
    return str(sent["says"] + sent["more"]).replace("\N{NO-BREAK SPACE}", " ")


def of_file(*numbers: float, explodes: bool = False) -> AppTest:
    """Return Home with a network from a file at some epochs; it may have exploded at the last of them."""
    params = [init_params(SPEC, Initialization(), rng=np.random.default_rng(i)) for i, _ in enumerate(numbers)]
    if explodes:
        params[-1] = tuple(Layer(W * np.float32(np.nan), b) for W, b in params[-1])
    model = Model(SPEC, numbers, tuple(params))
    state = Visit(source="file", file=model, file_name="mine.npz", file_key=f"{numbers}{explodes}")
    return checked(prepare("streamlit_app.py", state=state).run())


def test_a_digit_runs_through_the_network_at_once() -> None:
    at = home()
    picture = component(at, "home_network")
    assert (picture["truth"], picture["answer"], picture["turn"]) == (7, 7, 1)
    assert picture["hidden"] == [[12, 116]]
    assert answer(at).startswith("It says 7, ")


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
    assert answer(at) == "Before learning it says 2, 14 % sure: a mistake"
    assert answer(home()).endswith("sure: right")
    assert "Before" not in answer(home())


def test_the_story_begins_by_itself_once_a_visit() -> None:
    at = home()
    assert component(at, "shown_line")["begins"]
    assert component(at, "shown_line")["ends"] == ["before learning", "after"]
    at.run()
    assert not component(at, "shown_line")["begins"]


def test_the_story_does_not_begin_where_a_link_has_chosen_an_epoch() -> None:
    assert not component(home(epoch="3"), "shown_line")["begins"]


def test_all_moments_of_the_story_are_sent_at_once_to_all_who_tell_it() -> None:
    at = home()
    story = component(at, "shown_line")["story"]
    assert story == list(range(8))
    tellers = [component(at, key) for key in ("home_network", "home_weights", "home_answer")]
    assert all(list(teller["moments"]) == [str(place) for place in story] for teller in tellers)
    network, weights, sentence = (teller["moments"] for teller in tellers)
    assert said(sentence["0"]) == "Before learning it says 2, 14 % sure: a mistake"
    assert said(sentence["7"]) == answer(at)
    assert all(said(sentence[place]).startswith(f"It says {network[place]['answer']}, ") for place in list(network)[1:])
    assert weights["0"]["levels"] != weights["7"]["levels"] == tellers[1]["levels"]
    assert network["7"]["levels"] == tellers[0]["levels"]


@pytest.mark.parametrize("epoch", ["0", "3"])
def test_a_moment_of_the_story_looks_as_when_it_is_chosen(epoch: str) -> None:
    at, whole = home(epoch=epoch), home()
    for key in ("home_network", "home_weights", "home_answer"):
        sent, told = component(at, key), component(whole, key)["moments"][epoch]
        assert {name: sent[name] for name in told} == told


def test_a_story_of_many_epochs_has_few_moments_with_the_first_and_the_last() -> None:
    at = of_file(*range(40))
    story = component(at, "shown_line")["story"]
    assert (story[0], story[-1], len(story)) == (0, 39, N_MOMENTS)
    assert "The network from the file reads a digit it has never seen" in words(at)


@pytest.mark.parametrize(
    ("numbers", "ends"),
    [((0,), ["", "before learning"]), ((5,), ["", "after learning"]), ((5, 9), ["epoch 5", "after"])],
)
def test_the_ends_of_the_slider_say_what_is_there(numbers: tuple[int, ...], ends: list[str]) -> None:
    assert component(of_file(*numbers), "shown_line")["ends"] == ends


def test_the_story_of_a_network_that_exploded_ends_without_an_answer() -> None:
    at = of_file(0, 1, explodes=True)
    assert answer(at).startswith("It has no answer: its numbers grew")
    assert said(component(at, "home_answer")["moments"]["0"]).startswith("Before learning it says ")
    assert component(at, "shown_line")["begins"]


def test_the_expert_has_one_moment_and_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    at = checked(send(home(), monkeypatch, "network", "record"))
    line = component(at, "shown_line")
    assert (line["story"], line["ends"], line["begins"]) == ([0], ["", "after learning"], False)
    assert "The expert, a large network, reads" in words(at)
    assert "784 x 800 x 800 x 10 is its size: 784 pixels, 800 neurons, 800 neurons, ten answers." in words(at)


def test_terms_are_said_before_they_are_used() -> None:
    at = home()
    texts = [str(getattr(element, "value", "")) for element in at.main]
    page = " ".join(texts)
    assert page.index("**neural network**") < page.index("the **neurons**") < page.index("its neurons")
    assert page.index("is an **epoch**") < page.index("epoch by epoch")
    assert not re.search("epoch|expert", page[: page.index("once through all of them")], re.IGNORECASE)
    ids = [getattr(getattr(element, "proto", None), "id", "") for element in at.main]
    line = next(i for i, name in enumerate(ids) if name.endswith("-shown_line"))
    assert any("784 x 128 x 10 is its size" in text for text in texts[:line])


def test_the_menu_has_groups_with_headings_and_every_group_has_a_page() -> None:
    drawn = [element.proto for element in home().sidebar if element.type in ("html", "page_link")]
    names = [getattr(proto, "body", "") or proto.label for proto in drawn]
    headings = [re.sub("<.*?>", "", name) for name in names if "<h2" in name]
    assert headings == ["Watch", "Look inside", "Test it", "Compare"]
    assert not any("<h2" in a and "<h2" in b for a, b in zip(names, [*names[1:], "<h2"], strict=True))
