"""The Runs page: what is listed, found, picked and deleted, and what two runs say against each other."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from store.owners import owner_of
from store.store import Store
from tests.kept_visits import TOKEN
from tests.visits import checked, component, prepare, shown_title, words
from ui.runs.memory import RunsMemory
from ui.runs.table import HIDE

pytestmark = pytest.mark.usefixtures("one_browser")
OWNER = owner_of(TOKEN)


def rows(at: AppTest) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = component(at, "runs_table")["rows"]
    return listed


def titles(at: AppTest) -> list[str]:
    return [column["title"] for column in component(at, "runs_table")["columns"]]


def hand(at: AppTest, what: str, *sent: object) -> AppTest:
    """Let the table send what a hand has done, as the browser would: on_pick, on_edit or on_act."""
    heard: list[dict[str, Callable[..., None]]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.runs.table.run_table", lambda *_, **callbacks: heard.append(callbacks))
        at.run()
    heard[-1][what](*sent)
    return checked(at.run())


@pytest.fixture
def at(three: list[str]) -> AppTest:
    assert len(three) == 3
    return checked(prepare("pages/runs.py").run())


def test_runs_are_listed_the_newest_first_with_only_what_differs(at: AppTest, three: list[str]) -> None:
    assert [row["id"] for row in rows(at)] == three[::-1]
    assert titles(at)[:2] == ["Neurons", "Learning rate"]
    assert "Optimizer" not in titles(at)
    at.selectbox(key="choice_columns").set_value("all").run()
    assert "Optimizer" in titles(at)


def test_a_run_is_found_by_its_settings_its_number_and_its_note(at: AppTest, three: list[str], store: Store) -> None:
    store.annotate(three[0], OWNER, "<b>the first</b>")
    for text, found in (("8 0.001", three[2:]), ("run 2", [three[1]]), ("THE FIRST", [three[0]]), ("no such", [])):
        at.text_input(key="runs_find").set_value(text).run()
        assert [row["id"] for row in rows(at)] == found, text


def test_columns_can_be_hidden(at: AppTest) -> None:
    at.multiselect(key=HIDE).set_value([]).run()
    assert {"Test loss (nats)", "Epochs done"} <= set(titles(at))
    at.multiselect(key=HIDE).set_value(["seconds"]).run()
    assert "Time (s)" not in titles(at)


def test_a_run_is_named_pinned_deleted_and_had_back(at: AppTest, three: list[str], store: Store) -> None:
    hand(at, "on_edit", three[0], "name", "My first")
    hand(at, "on_act", three[0], "pin")
    assert [(row["name"], row["pinned"]) for row in rows(at)] == [("", False), ("", False), ("My first", True)]
    hand(at, "on_act", three[0], "delete")
    assert [row["id"] for row in rows(at)] == three[:0:-1]
    next(button for button in at.button if button.label == "Undo").click().run()
    assert [row["id"] for row in rows(at)] == three[::-1]
    assert store.find(three[0]) is not None


def test_a_run_is_shown_on_all_pages(at: AppTest, three: list[str]) -> None:
    hand(at, "on_act", three[2], "show")
    assert shown_title(at) == "Your run: 784 x 8 x 10"
    assert [row["shown"] for row in rows(at)] == [True, False, False]


def test_curves_are_those_of_the_runs_that_are_picked(at: AppTest, three: list[str]) -> None:
    names = [line["name"] for line in component(at, "runs_curves")["figure"]["data"]]
    assert names == ["Run 1", "Run 2", "Run 3"]
    hand(at, "on_pick", three[1:])
    names = [line["name"] for line in component(at, "runs_curves")["figure"]["data"]]
    assert names == ["Run 2", "Run 3"]


@pytest.mark.parametrize("view", ["curves", "points", "parallel"])
def test_every_chart_draws_every_choice(three: list[str], view: str) -> None:
    assert three
    at = checked(prepare("pages/runs.py", {"view": view}).run())
    for box in [box.key for box in at.selectbox if box.key and box.key.startswith("choice_")]:
        for index in reversed(range(len(at.selectbox(key=box).options))):  # the first one stays
            checked(at.selectbox(key=box).select_index(index).run())


def test_two_runs_say_which_is_better_and_show_the_digits_that_one_alone_reads(at: AppTest, three: list[str]) -> None:
    assert "Tick two runs" in words(at)
    hand(at, "on_pick", [three[0], three[1]])
    said = words(at)
    assert "Run 1 against Run 2: learning rate 0.1 → 0.001" in said
    assert "Run 1 is better: it reads" in said
    assert "Chance makes such a difference" in said
    assert component(at, "only_1")["captions"]
    assert component(at, "weights_1")["labels"] == [f"Weights of neuron {i}" for i in range(4)]


def test_three_picked_runs_are_compared_by_the_first_two_and_that_is_said(at: AppTest, three: list[str]) -> None:
    hand(at, "on_pick", three)
    assert "the first two of the 3 that are ticked" in words(at)


def test_runs_of_others_are_not_listed(three: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert three
    monkeypatch.setattr("ui.owner._cookie", lambda: "b" * 43)
    at = checked(prepare("pages/runs.py").run())
    assert "Each network that you train is kept here" in words(at)
    with pytest.raises(StopIteration):
        rows(at)


def test_a_server_that_keeps_nothing_says_so() -> None:
    assert "This server keeps no runs" in words(checked(prepare("pages/runs.py").run()))


def test_names_of_strangers_are_shown_as_they_are(at: AppTest, three: list[str], store: Store) -> None:
    for run_id in three[:2]:
        store.rename(run_id, OWNER, "**bold** :material/home: <script>")
    hand(at, "on_pick", three[:2])
    assert "<script>" not in words(at).replace("\\<script\\>", "")
    assert at.session_state[f"memory_{RunsMemory.__name__}"].picked == three[:2]
