"""The digit in hand: one choice for all pages, named by the address where it is one of the test set."""

import base64

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.mnist import N_VALIDATION
from tests.visits import NOTHING, checked, component, line, prepare
from ui import cached
from ui.address import read
from ui.digit import InHand
from ui.digit_in_hand import digit_in_hand, own_digit
from ui.menu import MENU
from ui.visit import Visit

PAGES = [page.file for page in MENU]
INK = np.linspace(0, 1, 784).reshape(28, 28)


def visit(at: AppTest) -> Visit:
    state: Visit = at.session_state["app"]
    return state


def thumbnail(at: AppTest) -> bytes:
    return base64.b64decode(line(at)["digit"])


@pytest.mark.parametrize("file", PAGES)
def test_every_page_shows_the_digit_that_a_link_names(file: str) -> None:
    at = checked(prepare(file, {"digit": "61"}).run())
    assert line(at)["digit_label"] == "The digit in hand: an 8"
    assert thumbnail(at) == cached.load_mnist().test.X[61].tobytes()
    assert at.query_params["digit"] == "61"


def test_a_drawing_goes_along_to_other_pages_and_into_no_address() -> None:
    own = own_digit(INK, is_photo=False)
    at = checked(prepare("streamlit_app.py", NOTHING, Visit(digit=own)).run())
    assert "digit" not in at.query_params
    at.switch_page("pages/weights.py").run()
    assert line(checked(at))["digit_label"] == "The digit in hand: your drawing"
    assert thumbnail(at) == np.rint(255 * INK).astype(np.uint8).tobytes()


def test_the_digit_is_what_it_is_called() -> None:
    mnist = cached.load_mnist()
    first = digit_in_hand(Visit())
    assert (first.truth, first.name) == (7, "test digit 0")
    validation = digit_in_hand(Visit(digit=InHand("validation", 3)))
    assert np.array_equal(validation.image, mnist.all_train.X[-N_VALIDATION:][3])
    assert validation.truth == mnist.all_train.labels[-N_VALIDATION:][3]
    photo = digit_in_hand(Visit(digit=own_digit(INK, is_photo=True)))
    assert (photo.truth, photo.label) == (None, "your photo")


@pytest.mark.parametrize("word", ["10000", "-1", "x", "", "1.5", "9" * 400])
def test_no_other_digit_is_believed(word: str) -> None:
    link, wrong = read({"digit": [word]}, "home")
    assert (link.digit, wrong) == (None, ["digit"])


def test_another_digit_of_home_is_in_hand_everywhere() -> None:
    at = checked(prepare("streamlit_app.py").run())
    at.button[0].click().run()
    assert at.query_params["digit"] == "37"
    at.switch_page("pages/why.py").run()
    assert component(checked(at), "why_network")["truth"] == cached.load_mnist().test.labels[37]


def test_a_digit_opened_on_mistakes_is_in_hand() -> None:
    at = checked(prepare("pages/mistakes.py", {"image": "1901"}).run())
    assert visit(at).digit == InHand("test", 1901)
    assert any(link.proto.label == "Why?" for link in at.get("page_link"))


def test_a_sample_of_draw_is_in_hand_when_why_is_pressed() -> None:
    at = checked(prepare("pages/draw.py", {"input": "sample", "sample": "7"}).run())
    assert visit(at).digit is None
    button = next(button for button in at.button if button.label == "Why?")
    button.click().run()
    chosen = visit(at).digit
    assert chosen is not None
    assert cached.load_mnist().test.labels[chosen.index] == 7
