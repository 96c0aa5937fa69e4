"""The list of the last runs on the Train page: what it says, and what a click does."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from store.store import Store
from tests.kept_visits import TOKEN, acted, keep_run
from tests.visits import checked, component, prepare, shown_title, state

pytestmark = pytest.mark.usefixtures("one_browser")


def listed(at: AppTest) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = component(at, "run_list")["runs"]
    return runs


def test_each_run_says_what_differs_from_the_one_before_and_nothing_else(three: list[str]) -> None:
    at = checked(prepare("pages/train.py").run())
    assert [run["id"] for run in listed(at)] == three[::-1]
    assert [run["differs"] for run in listed(at)] == ["neurons 4 → 8", "learning rate 0.1 → 0.001", "784 x 4 x 10"]


@pytest.mark.usefixtures("three")
def test_the_best_so_far_is_the_best_on_validation_images(store: Store) -> None:
    at = checked(prepare("pages/train.py").run())
    runs = {run.id: run for run in store.runs_of(state(at).owner)}
    accuracies = {
        i: run.reached.validation.accuracy for i, run in runs.items() if run.reached and run.reached.validation
    }
    best = [run["id"] for run in listed(at) if run["best"]]
    assert best == [max(accuracies, key=lambda i: accuracies[i])]


def test_a_result_has_its_interval_on_the_test_set(three: list[str], store: Store) -> None:
    at = checked(prepare("pages/train.py").run())
    run = store.find(three[0])
    assert run is not None
    assert run.test is not None
    result = listed(at)[-1]["result"].replace("\N{NO-BREAK SPACE}", " ")
    assert result.startswith(f"{100 * run.test.accuracy:.2f} % (")


def test_a_click_shows_a_run_on_all_pages(three: list[str]) -> None:
    at = checked(prepare("pages/train.py").run())
    acted(at, three[0], "show")
    assert shown_title(at) == "Your run: 784 x 4 x 10"
    assert [run["shown"] for run in listed(at)] == [False, False, True]
    assert state(at).run_id == three[0]
    at.switch_page("pages/weights.py").run()
    assert shown_title(at) == "Your run: 784 x 4 x 10"


def test_the_settings_of_a_run_come_back(three: list[str]) -> None:
    at = checked(prepare("pages/train.py").run())
    acted(at, three[2], "use")
    assert at.number_input(key="set_hidden0").value == 8
    assert at.select_slider(key="set_learning_rate").value == 0.001


def test_earlier_runs_stand_behind_the_curve_and_the_baseline_stays(three: list[str], store: Store) -> None:
    at = checked(prepare("pages/train.py", {"run": three[2]}).run())
    lines = component(at, "accuracy")["figure"]["data"]
    assert [line["name"] for line in lines] == ["Run 1", "Run 2", "Training", "Validation"]
    assert {line.get("opacity") for line in lines[:2]} == {0.35}
    acted(at, three[0], "base")
    for _ in range(4):
        keep_run(store, TOKEN, learning_rate=0.2)
    lines = component(checked(at.run()), "accuracy")["figure"]["data"]
    assert [line["name"] for line in lines[:4]] == ["Run 5", "Run 6", "Run 7", "Run 1"]
    assert lines[3]["opacity"] > 0.5


def test_without_runs_there_is_no_list(store: Store) -> None:
    at = checked(prepare("pages/train.py").run())
    assert not store.runs_of(state(at).owner)
    with pytest.raises(StopIteration):
        component(at, "run_list")
