"""The Mistakes page, as far as it goes without a browser: each state, each choice, and hostile addresses."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from charts.answers import DASH
from fcnn.config import TrainConfig
from fcnn.inside.mistakes import ANY_KIND, MISTAKE_ORDERS, Kind
from fcnn.metrics import Answers
from fcnn.mnist import Dataset, Mnist
from fcnn.model_file import one_epoch
from fcnn.network import mnist_spec
from fcnn.types import Layer
from runs.run import Run
from runs.turns import Scheduler
from tests.networks import few_digits
from tests.visits import NOTHING, captions, checked, component, pagination, prepare, visit_of, words
from tests.waiting import until
from ui import cached
from ui.components import confusion_grid
from ui.mistakes.sheet import PER_SHEET
from ui.visit import Visit

SPEC = mnist_spec((4,))


def page(address: Mapping[str, str] = NOTHING, state: Visit | None = None) -> AppTest:
    return checked(prepare("pages/mistakes.py", address, state).run())


def tiles(at: AppTest) -> list[str]:
    return captions(at, "mistakes_gallery")


def network(answer: float = 0.0) -> Visit:
    """Return a visit with a file: a network that gives every digit the same probability, or, for nan, none."""
    params = tuple(Layer(np.zeros((n_in, n_out)), np.full(n_out, answer)) for n_in, n_out in pairwise(SPEC.sizes))
    return Visit(source="file", file=one_epoch(SPEC, 1, params), file_name="a.npz", file_key=f"test {answer}")


@pytest.fixture
def perfect(monkeypatch: pytest.MonkeyPatch, mnist: Mnist) -> None:
    answers = Answers(np.eye(10)[mnist.test.labels], np.zeros(len(mnist.test.labels)))
    monkeypatch.setattr(cached, "answers_to_test", lambda *_: answers)


@pytest.fixture
def learning(mnist: Mnist) -> Iterator[Visit]:
    """A visit whose run learns on and on from a few digits."""
    few = few_digits(mnist, 200)
    run = Run(SPEC, Dataset(few, None, mnist.test), TrainConfig(n_epochs=10_000, batch_size=None), Scheduler(1))
    with visit_of(run) as visit:
        until(lambda: run.view().records)
        yield visit


def test_a_first_visit_shows_the_mistakes_of_the_ready_made_network() -> None:
    at = page()
    assert "Wrong on 185 of 10,000 test digits: accuracy 98.15 % (95 % interval 97.87 to 98.40 %)" in words(at)
    assert "All mistakes: 185 digits" in words(at)
    assert len(tiles(at)) == PER_SHEET
    assert any("Train your own" in link.proto.label for link in at.main.get("page_link"))
    assert "still learning" not in words(at)


def test_the_matrix_counts_every_test_digit_and_colours_only_mistakes() -> None:
    matrix = component(page(), "mistakes_matrix")
    cells = [place for place in range(121) if place > 10 and place % 11]
    assert sum(int(matrix["texts"][place] or 0) for place in cells) == 10_000
    assert matrix["labels"][5 * 11 + 10] == "4s taken for 9: 9"
    assert matrix["labels"][0] == "All mistakes: 185"
    assert [matrix["shares"][12 * i] for i in range(11)] == [0] * 11
    assert max(matrix["shares"]) == 1


def test_an_address_chooses_a_cell() -> None:
    at = page({"true": "4", "said": "9"})
    assert tiles(at)[0] == "4, said 9 (99 %)"
    assert {tile.split(" (")[0] for tile in tiles(at)} == {"4, said 9"}
    assert "4s taken for 9: 9 digits" in [button.label for button in at.button]
    assert component(at, "mistakes_matrix")["chosen"] == 5 * 11 + 10


def test_the_select_boxes_do_what_the_matrix_does_and_the_button_undoes_it() -> None:
    at = page()
    checked(at.selectbox(key="choice_true").set_value("4").run())
    checked(at.selectbox(key="choice_said").set_value("9").run())
    assert component(at, "mistakes_matrix")["chosen"] == 5 * 11 + 10
    assert (at.query_params["true"], at.query_params["said"]) == ("4", "9")
    checked(at.button(key="mistakes_filter").click().run())
    assert "All mistakes: 185 digits" in words(at)
    assert (at.selectbox(key="choice_true").value, at.selectbox(key="choice_said").value) == ("any", "any")
    assert not {"true", "said"} & set(at.query_params)


@pytest.mark.parametrize(("address", "n"), [({"true": "4"}, 20), ({"said": "9"}, 21)])
def test_a_row_or_a_column_can_be_chosen(address: dict[str, str], n: int) -> None:
    at = page(address)
    assert f"{n} digits" in at.button(key="mistakes_filter").label
    assert len(tiles(at)) == n


def test_the_orders() -> None:
    first = {order: tiles(page({"order": order}))[0] for order in MISTAKE_ORDERS}
    assert first["confident"].endswith("(> 99 %)")
    assert int(first["unsure"].split("(")[1].split(" ")[0]) < 40
    assert first["digit"].startswith("0, said")
    assert len(set(first.values())) > 2


def test_every_mistake_can_be_reached() -> None:
    at, seen = page({"epoch": "0"}), set[str]()
    n_sheets = pagination(at).num_pages
    assert n_sheets == 148
    for sheet in (1, 2, n_sheets):
        at = page({"epoch": "0", "sheet": str(sheet)})
        labels = set(component(at, "mistakes_gallery")["labels"])
        assert not labels & seen
        seen |= labels
        assert len(labels) == (8877 - 147 * PER_SHEET if sheet == n_sheets else PER_SHEET)


def test_another_list_begins_with_its_first_sheet() -> None:
    at = page({"epoch": "0", "sheet": "5"})
    assert at.query_params["sheet"] == "5"
    checked(at.selectbox(key="choice_order").set_value("loss").run())
    assert pagination(at).value == 1
    assert "sheet" not in at.query_params


def test_a_sheet_behind_the_last_one_is_the_last_one() -> None:
    assert len(tiles(page({"sheet": "99999"}))) == 185 - 3 * PER_SHEET


def test_a_digit_in_the_address_is_shown_large_with_its_probabilities() -> None:
    at = page({"image": "1901"})
    assert "Number 1,901 of the test set (the first is 0): a 9, read as 4 with 93.10 %" in words(at)
    assert "a loss of 3.27" in words(at)
    assert "truth <b>9</b>" in json.dumps(component(at, "mistakes_bars"))
    position = next(text for text in words(at).split(" of 185")[0].split()[-1:])
    checked(next(button for button in at.button if button.label == "Next").click().run())
    assert f"{int(position) + 1} of 185" in words(at)
    assert "Number 1,901" not in words(at)


def test_a_digit_that_is_read_rightly_can_be_looked_at_too() -> None:
    at = page({"image": "0"})
    assert "a 7, read rightly" in words(at)
    assert "Next" not in [button.label for button in at.button]


@pytest.mark.parametrize("word", ["", "-1", "10000", "9" * 300, "1.5", "\u00b2", "\u0664", "<script>", "nan"])
def test_an_address_that_makes_no_sense_does_no_harm(word: str) -> None:
    for names in (("true", "said", "order"), ("sheet",), ("image",)):
        assert "Wrong on 185 of 10,000" in words(page(dict.fromkeys(names, word)))


def clicks(monkeypatch: pytest.MonkeyPatch, sent: object) -> list[Kind]:
    """Return the kinds that the matrix calls back with when the browser sends this."""
    heard: list[Kind] = []
    monkeypatch.setattr(confusion_grid, "_mount", lambda on_clicked_change, **_: on_clicked_change())
    monkeypatch.setattr(confusion_grid, "heard", lambda _: {"clicked": sent})
    confusion_grid.confusion_grid(np.eye(10, dtype=int), ANY_KIND, key="matrix", on_click=heard.append)
    return heard


@pytest.mark.parametrize(
    ("place", "kind"), [(0, ANY_KIND), (5 * 11, Kind(true=4)), (10, Kind(said=9)), (5 * 11 + 10, Kind(4, 9))]
)
def test_a_click_in_the_matrix_means_a_cell_a_row_a_column_or_all(
    monkeypatch: pytest.MonkeyPatch, place: int, kind: Kind
) -> None:
    assert clicks(monkeypatch, place) == [kind]


@pytest.mark.parametrize("sent", [-1, 121, "4", None, 1.5, True, [4, 9], {"true": 4}])
def test_a_click_that_makes_no_sense_is_not_heard(monkeypatch: pytest.MonkeyPatch, sent: object) -> None:
    assert clicks(monkeypatch, sent) == []


def test_a_cell_without_mistakes_says_so() -> None:
    assert "The network never makes this mistake" in words(page({"true": "0", "said": "1"}))
    assert "These answers are right" in words(page({"true": "0", "said": "0"}))


@pytest.mark.usefixtures("perfect")
def test_a_perfect_network_has_no_mistakes() -> None:
    at = page()
    assert "Wrong on 0 of 10,000 test digits: accuracy 100.00 %" in words(at)
    assert "No mistake at all" in words(at)


def test_a_network_that_always_says_the_same_has_dashes_and_no_crash() -> None:
    at = page(state=network())
    assert "Wrong on 9,020 of 10,000" in words(at)
    assert at.table[0].value["Precision"].tolist().count(DASH) == 9


def test_a_diverged_network_is_explained() -> None:
    at = page({"image": "3", "true": "4"}, network(np.nan))
    assert len(at.error) == 1
    assert "no answer to 10,000 of 10,000 test digits" in at.error[0].value
    assert "Go to the Train page" in [link.proto.label for link in at.main.get("page_link")]


def test_a_run_that_goes_on_is_shown_as_it_was_when_the_page_opened(learning: Visit) -> None:
    at = page(state=learning)
    assert "It is still learning: this is epoch" in words(at)
    assert "Show the newest epoch" in [button.label for button in at.button]
    learning.epoch = 0
    assert "still learning" not in words(checked(at.run()))
