"""Series of runs on the Runs page: begun by a click, paused, stopped, found again, asked about, and answered."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from runs.executors import Threads
from runs.memory import MemoryBudget, memory_of
from runs.status import Status
from runs.sweep.plan import Axis, Plan
from runs.sweep.ready import Ready
from runs.sweep.result import SweepView
from store.owners import owner_of
from store.store import Store
from tests.kept_visits import TOKEN
from tests.visits import checked, component, prepare, words
from tests.waiting import until
from ui.server import runs
from ui.sweeps import Series, my_series, sweeps
from ui.visit import Visit

pytestmark = pytest.mark.usefixtures("one_browser", "small")
OWNER, OTHER = owner_of(TOKEN), "o" * 43
QUICK = Settings(mnist_spec((8,)), TrainConfig(n_epochs=1, n_train=300, learning_rate=0.05))
LONG = QUICK._replace(config=TrainConfig(n_epochs=1_000, n_train=5_000))
READY = {
    "luck": Ready("Is it luck?", "Three seeds.", Plan(QUICK, seeds=(0, 1, 2))),
    "wide": Ready("How wide?", "Two widths.", Plan(LONG, (Axis("hidden", ((4,), (8,), (16,))),))),
}
MINE = {"hidden": "8", "epochs": "1", "images": "300", "rate": "0.05", "optimizer": "gradient_descent"}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The ready-made series are small ones, and nothing goes on after a test."""
    monkeypatch.setattr("ui.runs.series_ready.READY", MappingProxyType(READY))
    monkeypatch.setattr("runs.sweep.sweep_thread.STEP_S", 0.01)
    yield
    for owner in (OWNER, owner_of(OTHER)):
        sweeps().forget(owner)
    until(lambda: not len(runs()))


def opened(**words_of_address: str) -> AppTest:
    return checked(prepare("pages/runs.py", MINE | words_of_address).run())


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return checked(at.run())


def series() -> Series:
    found = my_series(Visit(owner=OWNER))
    assert found is not None
    return found


def wait_for(reached: Callable[[SweepView], object], store: Store | None = None) -> SweepView:
    until(lambda: reached(series().look()))
    if store:
        store.flush()
    return series().look()


def is_over(view: SweepView) -> bool:
    return not view.goes_on


def learns(n: int) -> Callable[[SweepView], bool]:
    return lambda view: len(view.under_way) == n and all(len(one.view.whole) > 1 for one in view.under_way)


def keys(at: AppTest) -> set[str | None]:
    return {button.key for button in at.button if not button.disabled}


def components(at: AppTest) -> str:
    return " ".join(element.proto.id for element in at.get("bidi_component"))


def test_a_click_begins_a_series_whose_runs_come_into_the_list(store: Store) -> None:
    at = opened()
    assert "Three seeds. 3 runs, about" in words(at)
    assert "Your series" not in words(at)
    press(at, "ready_luck")
    assert "Your series" in words(at)
    wait_for(is_over, store)
    kept = store.runs_of(OWNER)
    assert [run.settings.config.seed for run in kept] == [0, 1, 2]
    assert {run.sweep for run in kept} == {series().making.id}
    assert {run.status for run in kept} == {Status.FINISHED}
    checked(at.run())
    assert "Your series: 3 of 3, finished" in words(at)
    assert [row["id"] for row in component(at, "runs_table")["rows"]] == [run.id for run in kept[::-1]]


def test_is_it_luck_is_answered_by_the_spread_of_its_test_accuracies(store: Store) -> None:
    at = press(opened(), "ready_luck")
    wait_for(is_over, store)
    checked(at.run())
    accuracies = [100 * run.test.accuracy for run in store.runs_of(OWNER) if run.test]
    said = f"seed read {min(accuracies):.2f} to {max(accuracies):.2f} % of the test digits."
    assert f"3 runs that differ in nothing but the {said}" in words(at)
    (points,) = component(at, "series_picture_0")["figure"]["data"]
    assert points["x"] == ["0", "1", "2"]


def test_luck_is_answered_where_nothing_is_kept_as_well() -> None:
    at = press(opened(), "ready_luck")
    wait_for(is_over)
    assert "3 runs that differ in nothing but the seed read" in words(checked(at.run()))
    (points,) = component(at, "series_picture_0")["figure"]["data"]
    assert len(points["x"]) == 3


def test_a_series_is_paused_goes_on_and_is_stopped(store: Store) -> None:
    at = press(opened(), "ready_wide")
    wait_for(learns(1))
    press(at, "series_go")
    assert series().look().status is Status.PAUSED
    assert "Your series: 0 of 3, paused" in words(at)
    assert at.button(key="series_go").label == "Resume"
    press(at, "series_go")
    assert series().look().status is Status.RUNNING
    press(at, "series_stop")
    view = wait_for(is_over, store)
    assert [result.status for result in view.results] == [Status.STOPPED]
    assert [run.status for run in store.runs_of(OWNER)] == [Status.STOPPED]
    checked(at.run())
    assert {"series_go", "series_stop"} & keys(at) == set()
    assert "series_picture" not in components(at)  # a run that was stopped says nothing about its settings


def test_a_race_is_one_chart_of_all_that_learn(store: Store) -> None:
    at = opened()
    checked(at.segmented_control(key="series_how").set_value("race").run())
    press(at, "ready_wide")
    wait_for(learns(3), store)
    checked(at.run())
    lines = component(at, "series_curves")["figure"]["data"]
    assert [line["name"] for line in lines] == ["4 neurons", "8 neurons", "16 neurons"]
    press(at, "series_stop")


def test_a_reload_finds_the_series_and_so_does_every_page() -> None:
    press(opened(), "ready_wide")
    wait_for(learns(1))
    again = opened()
    assert "Your series: 0 of 3" in words(again)
    assert {"series_go", "series_stop"} <= keys(again)
    assert "Your series: 0 of 3" in words(checked(prepare("pages/draw.py").run()))
    press(again, "series_stop")


@pytest.mark.parametrize("file", ["streamlit_app.py", "pages/train.py", "pages/weights.py"])
def test_every_page_keeps_the_series_alive(file: str) -> None:
    press(opened(), "ready_wide")
    going = series()
    before = going._seen
    checked(prepare(file).run())
    assert going._seen > before
    going.stop()


def test_nobody_else_sees_or_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    press(opened(), "ready_wide")
    monkeypatch.setattr("ui.owner._cookie", lambda: OTHER)
    other = opened()
    assert "Your series" not in words(other)
    assert "series_stop" not in {button.key for button in other.button}
    press(other, "ready_luck")
    assert my_series(Visit(owner=owner_of(OTHER))) is not None
    assert series().asked.title == "How wide?"
    assert series().look().status is Status.RUNNING
    series().stop()


def test_a_second_series_begins_only_after_a_question(store: Store) -> None:
    press(opened(), "ready_wide")
    tab = press(opened(), "ready_luck")
    assert "Your series 'How wide?' still goes on: 0 of 3 runs have ended." in words(tab)
    press(tab, "series_let")
    assert "still goes on" not in words(tab)
    assert series().asked.title == "How wide?"
    press(press(tab, "ready_luck"), "series_anyway")
    assert series().asked.title == "Is it luck?"
    assert "still goes on" not in words(tab)
    wait_for(is_over, store)


def test_a_question_is_dropped_when_the_series_in_its_way_has_ended() -> None:
    tab = press(press(opened(), "ready_wide"), "ready_luck")
    series().stop()
    wait_for(is_over)
    assert "still goes on" not in words(checked(tab.run()))


def test_a_series_that_is_over_is_put_away() -> None:
    at = press(opened(), "ready_luck")
    wait_for(is_over)
    checked(at.run())
    press(at, "series_away")
    assert "Your series" not in words(at)
    assert my_series(Visit(owner=OWNER)) is None


def test_forgetting_everything_ends_the_series_and_leaves_nothing(store: Store) -> None:
    at = press(opened(), "ready_wide")
    wait_for(learns(1), store)
    assert store.runs_of(OWNER)
    going = series()
    press(at, "forget")
    assert my_series(Visit(owner=OWNER)) is None
    assert going.look().status is Status.CLOSED
    assert going.look().under_way == ()
    store.flush()
    assert store.runs_of(OWNER) == ()


def test_what_this_server_cannot_hold_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (memory_of(mnist_spec((width,)), QUICK.config) for width in (8, 500))
    assert small.least + small.work < large.least
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(large.least))
    at = opened()
    at.selectbox(key="series_first").set_value("hidden")
    checked(at.run())
    at.text_input(key="series_values_hidden").set_value("8, 500")
    checked(at.run())
    press(at, "series_begin")
    wait_for(is_over)
    assert "One run was not possible. To learn, this network needs" in words(checked(at.run()))
    assert "8 neurons:" in words(at)


def test_runs_of_a_cluster_are_kept_like_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Threads(2)
    monkeypatch.setattr("ui.sweeps.connection", lambda: lambda: workers)
    at = press(opened(), "ready_luck")
    wait_for(is_over, store)
    kept = store.runs_of(OWNER)
    assert sorted(run.settings.config.seed for run in kept) == [0, 1, 2]
    assert {(run.sweep, run.status) for run in kept} == {(series().making.id, Status.FINISHED)}
    assert all(run.test for run in kept)
    assert "3 runs that differ in nothing but the seed" in words(checked(at.run()))
    workers.close()


def own(at: AppTest, values: dict[str, str], *, seeds: int = 1) -> AppTest:
    """Choose settings with their values."""
    for key, name in zip(("series_first", "series_second"), values, strict=False):
        at.selectbox(key=key).set_value(name)
        checked(at.run())
    for name, text in values.items():
        at.text_input(key=f"series_values_{name}").set_value(text)
    at.number_input(key="series_n_seeds").set_value(seeds)
    return checked(at.run())


def test_two_settings_of_ones_own_make_a_map(store: Store) -> None:
    at = own(opened(), {"learning_rate": "0.01, 0.1", "hidden": "4, 8"})
    assert "4 runs, about" in words(at)
    said = words(at)
    assert "All else as on the Train page: epochs 1, batch size 128, optimizer Gradient descent" in said
    press(at, "series_begin")
    wait_for(is_over, store)
    checked(at.run())
    (grid,) = component(at, "series_picture_0")["figure"]["data"]
    assert grid["type"] == "heatmap"
    assert (grid["x"], grid["y"]) == (["0.01", "0.1"], ["4", "8"])
    assert "Best: learning rate" in words(at)


def test_draws_of_ones_own_have_a_picture_for_each_setting(store: Store) -> None:
    at = opened()
    checked(at.segmented_control(key="series_kind").set_value("draws").run())
    at.number_input(key="series_n_draws").set_value(2)
    at.number_input(key="series_end_hidden_to").set_value(9)
    checked(at.run())
    press(at, "series_begin")
    view = wait_for(is_over, store)
    assert len(view.settings) == 2
    assert all(each.spec.hidden[0] <= 9 for each in view.settings)
    checked(at.run())
    titles = [component(at, f"series_picture_{i}")["figure"]["layout"]["xaxis"]["title"]["text"] for i in (0, 1)]
    assert titles == ["Learning rate", "Neurons"]


def test_seeds_alone_can_be_tried_with_the_settings_of_the_train_page() -> None:
    at = opened()
    at.selectbox(key="series_first").set_value("")
    checked(at.run())
    assert "There is nothing to compare" in words(at)
    assert at.button(key="series_begin").disabled
    at.number_input(key="series_n_seeds").set_value(2)
    press(checked(at.run()), "series_begin")
    view = wait_for(is_over)
    assert series().asked.title == "Is it luck?"
    assert [(each.spec.hidden, each.config.seed) for each in view.settings] == [((8,), 0), ((8,), 1)]


@pytest.mark.parametrize(
    ("text", "seeds", "said"),
    [
        ("0.1, 5000", 1, "Learning rate must be from 0 to 1,000, not 5,000"),
        ("0.1, :smile:", 1, "Learning rate cannot be"),
        (", ", 1, "Learning rate: there is no value to try."),
        ("0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7", 10, "That would be 70 runs; one series has at most 64."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(text: str, seeds: int, said: str) -> None:
    at = own(opened(), {"learning_rate": text}, seeds=seeds)
    assert said in words(at).replace("\\", "")
    assert at.button(key="series_begin").disabled
    own(at, {"learning_rate": "0.1"})
    assert not at.button(key="series_begin").disabled


def test_too_many_epochs_are_refused() -> None:
    at = opened(epochs="1001")
    assert "In a series, each run has at most 1,000 epochs." in words(at)
    assert at.button(key="series_begin").disabled


def test_a_setting_without_use_is_named() -> None:
    at = own(opened(), {"momentum": "0, 0.9"})
    assert "Momentum has no use with these settings" in words(at)
    assert not at.button(key="series_begin").disabled
    at = own(opened(optimizer="momentum"), {"momentum": "0, 0.9"})
    assert "has no use" not in words(at)
