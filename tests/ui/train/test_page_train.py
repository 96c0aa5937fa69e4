"""The Train page, as far as it goes without a browser: each state, each button, each setting."""

from collections.abc import Callable, Iterator
from dataclasses import fields

import pytest
from streamlit.testing.v1 import AppTest

from fcnn.augmentation import Augmentation
from fcnn.presets import PRESETS
from runs.endings import Why
from runs.limits import Limits, LimitsError
from runs.memory import MemoryBudget, memory_of
from runs.run import Run
from runs.status import Status
from tests.visits import captions, component, prepare, shown_title, state, words
from tests.waiting import until
from ui import cached
from ui.address import START
from ui.digit import InHand
from ui.server import runs, scheduler
from ui.train.controls import ALL
from ui.train.digits import RIGHT
from ui.train.digits import twelve as twelve_digits
from ui.train.pace import FULL


@pytest.fixture
def at() -> Iterator[AppTest]:
    at = open_train()
    yield at
    if "app" in at.session_state:
        runs().close(state(at).run_id)


def open_train() -> AppTest:
    """Return the page before its first run, so that a test can still give it an address."""
    return prepare("pages/train.py")


def run_of(at: AppTest) -> Run:
    run = runs().get(state(at).run_id)
    assert run is not None
    return run


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def labels(at: AppTest) -> set[str]:
    return {button.label for button in at.button if not button.disabled}


def wait(at: AppTest, reached: Callable[[Run], bool]) -> AppTest:
    until(lambda: reached(run_of(at)), 60)
    return at.run()


def test_the_empty_page_says_what_to_press(at: AppTest) -> None:
    at.run()
    assert not at.exception
    assert "Press Start" in words(at)
    assert labels(at) >= {"Start", "One epoch"}
    assert "784 x 64 x 10" in words(at)
    assert "50,890 parameters" in words(at)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_all_settings(at: AppTest, name: str) -> None:
    at.run()
    at.pills(key="set_preset").set_value(name).run()
    assert not at.exception
    assert (state(at).spec, state(at).config) == (PRESETS[name].spec, PRESETS[name].config)
    assert str(PRESETS[name].spec) in words(at)


def test_a_run_shows_its_curve_and_its_result(at: AppTest) -> None:
    at.query_params["hidden"] = "8"
    at.query_params["epochs"] = "2"
    at.run()
    press(at, "Start")
    assert "Pause" in labels(at)
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert not at.exception
    assert "of the test digits are right (95 % interval" in words(at)
    assert "of 10,000 wrong" in words(at)
    assert {"Start again", "Reset", "One epoch"} <= labels(at)
    assert any(label.startswith("Continue for") for label in labels(at))


def test_pause_resume_one_epoch_stop_continue_reset(at: AppTest) -> None:
    at.query_params["epochs"] = "1000"
    at.run()
    press(at, "Start")
    wait(at, lambda run: run.view().epochs_done > 0)
    press(at, "Pause")
    assert run_of(at).view().status is Status.PAUSED
    press(at, "Resume")
    assert run_of(at).running
    press(at, "Pause")
    n = len(run_of(at).view().records)
    press(at, "One epoch")
    wait(at, lambda run: run.view().status is Status.PAUSED and len(run.view().records) > n)
    press(at, "Stop")
    assert run_of(at).view().status is Status.STOPPED
    press(at, next(label for label in labels(at) if label.startswith("Continue")))
    wait(at, lambda run: len(run.view().records) > n + 1)
    press(at, "Reset")
    wait(at, lambda run: run.view().status is Status.PAUSED)
    assert [record.number for record in run_of(at).view().records] == [0]


def test_reset_gives_the_same_start(at: AppTest) -> None:
    at.run()
    press(at, "Reset") if "Reset" in labels(at) else press(at, "One epoch")
    wait(at, lambda run: bool(run.view().epochs))
    first = run_of(at).view().epochs[0].params[0].W.copy()
    press(at, "Reset")
    wait(at, lambda run: bool(run.view().epochs))
    assert (first == run_of(at).view().epochs[0].params[0].W).all()


def test_the_learning_rate_changes_while_it_runs(at: AppTest) -> None:
    at.query_params["epochs"] = "1000"
    at.run()
    press(at, "Start")
    at.select_slider(key="set_learning_rate").set_value(0.01).run()
    assert run_of(at).view().config.learning_rate == 0.01
    assert [change.after for change in run_of(at).view().changes] == [0.01]
    assert at.number_input(key="set_n_epochs").disabled


def test_a_diverged_run_is_explained_and_cured(at: AppTest) -> None:
    at.run()
    at.pills(key="set_preset").set_value("exploding").run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.DIVERGED)
    assert "exploded in epoch 1" in words(at)
    cure = next(label for label in labels(at) if label.startswith("Set the learning rate to"))
    press(at, cure)
    assert state(at).config.learning_rate < 1
    assert "exploded" not in words(at)


def test_hidden_layers_can_be_added_and_taken_away(at: AppTest) -> None:
    at.run()
    at.segmented_control(key="set_n_hidden_layers").set_value(3).run()
    at.number_input(key="set_hidden1").set_value(17).run()
    assert state(at).spec.hidden == (64, 17, 64)
    at.segmented_control(key="set_n_hidden_layers").set_value(0).run()
    assert state(at).spec.sizes == (784, 10)
    assert not at.exception


def test_all_images_switches_off_what_needs_a_validation_set(at: AppTest) -> None:
    at.query_params["patience"] = "3"
    at.run()
    at.toggle(key="set_all_images").set_value(True).run()
    assert not at.exception
    assert state(at).config.patience == 0
    assert at.number_input(key="set_patience").disabled


def test_a_network_learns_from_as_many_images_as_were_chosen(at: AppTest) -> None:
    at.query_params.update({"hidden": "8", "epochs": "60", "images": "200"})
    at.run()
    assert "learns from 200 images, 128 at a time, 60 times over" in words(at)
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert run_of(at).view().n_train == 200
    newest = run_of(at).view().records[-1]
    assert (newest.n_measured, newest.n_validated) == (200, 5_000)
    assert newest.validation is not None
    assert newest.validation.accuracy < newest.train.accuracy - 0.05  # it knows them by heart
    assert "learned from 200 images" in words(at)
    assert not [error.value for error in at.error]  # which is no fault of the run
    at.select_slider(key="set_n_train").set_value(1_000).run()
    assert "Training images 200 \N{RIGHTWARDS ARROW} 1000" in words(at)
    assert at.query_params["images"] == "1000"
    at.toggle(key="set_all_images").set_value(True).run()
    assert state(at).config.n_train is None
    assert at.select_slider(key="set_n_train").disabled


def test_every_setting_has_a_help_text_of_one_or_two_sentences(at: AppTest) -> None:
    at.run()
    widgets = [*at.slider, *at.select_slider, *at.number_input, *at.selectbox, *at.toggle]
    assert len(widgets) > 12
    for widget in widgets:
        assert 1 <= widget.help.count(".") <= 3, widget.label


def test_a_bad_link_is_named_and_the_rest_of_it_holds(at: AppTest) -> None:
    at.query_params["rate"] = "fast"
    at.query_params["epochs"] = "7"
    at.run()
    assert "made no sense and were left out: rate" in words(at)
    assert state(at).config.n_epochs == 7


def test_an_address_of_a_run_that_the_server_does_not_know_is_explained(at: AppTest) -> None:
    at.query_params["run"] = "gone"
    at.run()
    assert "This server does not know the run in your address" in words(at)
    assert "nobody" not in words(at)
    assert "run" not in at.query_params


ADDRESSES = [
    {"dropout": "0.93", "warmup": "0.7", "optimizer": "momentum", "momentum": "0.995", "rate": "0.123456789"},
    {"epochs": "50000", "patience": "5000", "warmup": "500", "schedule": "step", "step": "5000", "seed": "4294967295"},
    {"epochs": "100000", "patience": "100000", "warmup": "1000", "schedule": "step", "step": "100000", "l2": "10"},
    {
        "init": "normal",
        "width": "0.00001234",
        "bias": "10",
        "shift": "8",
        "rotate": "180",
        "resize": "0.9",
        "l2": "0.0017",
    },
    {"bend": "8", "blur": "14", "noise": "1", "batch": "777", "momentum": "0.123", "dropout": "0.333", "rate": "1000"},
    {
        "rotate": "7.25",
        "shift": "0.3",
        "noise": "0.333",
        "bend": "0.05",
        "blur": "2.2",
        "rate": "0",
        "optimizer": "adam",
    },
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_field_shows_exactly_what_a_link_asks_for(at: AppTest, address: dict[str, str]) -> None:
    at.query_params.update(address)
    at.run()
    assert not at.exception
    assert "made no sense" not in words(at)
    config = state(at).config
    shown = {widget.key: widget.value for widget in (*at.select_slider, *at.number_input)}
    for part in (config, config.initialization, config.augmentation):
        for field in fields(part):
            if f"set_{field.name}" in shown and field.name != "batch_size":
                value = getattr(part, field.name)
                assert shown[f"set_{field.name}"] == (ALL if value is None else value), field.name
    assert "Start" in labels(at)


def test_what_a_link_asks_beyond_a_range_is_left_out_and_named(at: AppTest) -> None:
    at.query_params.update({"dropout": "0.96", "momentum": "1", "epochs": "0", "hidden": "2000", "rate": "0.5"})
    at.run()
    assert not at.exception
    assert "made no sense and were left out: hidden, epochs, momentum, dropout" in words(at)
    assert state(at).config.learning_rate == 0.5
    assert set(at.query_params) == {"rate"}


def test_a_run_that_nobody_looked_at_is_told_apart_from_one_that_was_replaced(at: AppTest) -> None:
    at.run()
    press(at, "One epoch")
    run_id = str(state(at).run_id)
    runs().close(run_id, Why.ABANDONED)
    at.run()
    assert "no page had looked at it for" in words(at)
    assert labels(at) >= {"Start", "One epoch"}


@pytest.mark.usefixtures("one_browser")
def test_a_run_that_another_tab_replaces_is_told_and_the_new_one_is_a_click_away(at: AppTest) -> None:
    at.query_params["epochs"] = "500"
    at.run()
    press(at, "Start")
    other = open_train()
    other.query_params["run"] = str(state(at).run_id)
    other.run()
    press(other, "Stop")
    press(other, "Start again")
    at.run()
    assert "replaced by a new one" in words(at)
    assert "Start" in labels(at)
    assert not {"Pause", "Stop", "Reset"} & labels(at)
    press(at, "Show the new run")
    assert run_of(at) is run_of(other)
    assert "replaced" not in words(at)


def test_a_run_is_described_by_its_own_settings_whatever_the_page_says(at: AppTest) -> None:
    at.query_params["hidden"], at.query_params["epochs"] = "8", "1"
    at.run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    at.number_input(key="set_hidden0").set_value(16).run()
    at.select_slider(key="set_learning_rate").set_value(0.01).run()
    said = words(at)
    assert "784 x 8 x 10" in said
    assert "6,370 parameters" in said
    assert "12,730 parameters" not in said
    assert "Changed since this run" in said
    assert "Neurons 8 \N{RIGHTWARDS ARROW} 16" in said
    assert "Learning rate 0.002 \N{RIGHTWARDS ARROW} 0.01" in said
    press(at, "Back to the settings of this run")
    assert state(at).spec.hidden == (8,)
    assert state(at).config.learning_rate == 0.002
    assert "Changed since this run" not in words(at)


def test_continue_takes_over_what_can_change_on_the_way_and_says_so(at: AppTest) -> None:
    at.query_params["hidden"], at.query_params["epochs"] = "8", "1"
    at.run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert "takes over" not in words(at)
    at.select_slider(key="set_learning_rate").set_value(0.001).run()
    assert "takes over from this page: Learning rate 0.002 \N{RIGHTWARDS ARROW} 0.001" in words(at)
    press(at, "Continue for 10 more epochs")
    assert run_of(at).view().config.learning_rate == 0.001
    press(at, "Stop")
    assert "Changed since this run" not in words(at)


def test_continue_of_a_run_takes_nothing_from_a_page_that_describes_another_network(at: AppTest) -> None:
    at.query_params["hidden"], at.query_params["epochs"] = "8", "1"
    at.run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    at.pills(key="set_preset").set_value("linear").run()
    assert "the settings of this run (784 x 8 x 10)" in words(at)
    press(at, "Continue for 10 more epochs")
    assert run_of(at).view().config.learning_rate == 0.002
    assert run_of(at).view().changes == ()


def test_a_run_that_has_not_learned_is_neither_paused_nor_running(at: AppTest) -> None:
    at.run()
    press(at, "One epoch")
    wait(at, lambda run: run.view().status is Status.PAUSED)
    press(at, "Reset")
    wait(at, lambda run: run.view().status is Status.PAUSED)
    assert "Your run: ready to start" in words(at)
    assert "paused" not in words(at)


def test_a_network_that_guesses_gets_no_green_box(at: AppTest) -> None:
    at.query_params.update({"hidden": "8", "epochs": "2", "init": "normal", "width": "0"})
    at.run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert "The network guesses" in words(at)
    assert "same weights" in words(at)
    assert not at.success
    press(at, next(label for label in labels(at) if "He" in label))
    assert state(at).config.initialization.scheme == "he"
    assert "guesses" not in words(at)


def test_a_reload_finds_the_run_again_and_a_shared_link_does_not(at: AppTest) -> None:
    at.query_params["epochs"] = "500"
    at.run()
    press(at, "Start")
    again = open_train()
    again.query_params["run"] = str(state(at).run_id)
    again.query_params["epochs"] = "500"
    again.run()
    assert run_of(again) is run_of(at)
    link = at.code[-1].value
    assert "epochs=500" in link
    assert str(state(at).run_id) not in link


def test_two_visitors_do_not_see_each_others_runs(at: AppTest) -> None:
    at.run()
    press(at, "One epoch")
    other = open_train().run()
    assert state(other).run_id is None
    assert "Press Start" in words(other)


def test_a_damaged_data_file_is_named_on_the_page(at: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    from fcnn import mnist
    from ui import cached

    monkeypatch.setitem(mnist.SHA256, "t10k-labels-idx1-ubyte.gz", "0")
    cached.load_mnist.clear()
    try:
        at.run()
    finally:
        monkeypatch.undo()
        cached.load_mnist.clear()
    assert "t10k-labels-idx1-ubyte.gz is damaged" in words(at)
    assert not at.button


def test_a_run_like_the_papers_is_laid_beside_it_from_its_first_moment(at: AppTest) -> None:
    at.run()
    at.pills(key="set_preset").set_value("paper").run()
    press(at, "Start")
    assert not at.exception
    wait(at, lambda run: len(run.view().records) > 1)
    assert not at.exception
    assert "Largest difference so far" in words(at)
    press(at, "Stop")


def test_other_runs_are_not_laid_beside_the_paper(at: AppTest) -> None:
    at.run()
    press(at, "One epoch")
    wait(at, lambda run: len(run.view().records) > 1)
    assert "Largest difference so far" not in words(at)


def varied_digits(at: AppTest) -> str:
    levels: str = component(at, "varied_digits")["levels"]
    return levels


def test_eight_digits_show_at_once_how_the_images_will_vary(at: AppTest) -> None:
    as_they_are = varied_digits(at.run())
    turned = varied_digits(at.select_slider(key="set_rotation_deg").set_value(20.0).run())
    assert state(at).config.augmentation == Augmentation(rotation_deg=20)
    assert turned != as_they_are
    assert varied_digits(at.run()) == turned  # the same eight, until somebody asks for others
    assert varied_digits(press(at, "Vary again")) not in (turned, as_they_are)
    assert varied_digits(press(at, "As they are")) == as_they_are
    press(at, "Vary them")
    assert state(at).config.augmentation.is_on
    assert "bend=" in at.code[-1].value  # a shared link varies them too


def test_a_run_learns_from_varied_images(at: AppTest) -> None:
    at.query_params["hidden"] = "8"
    at.query_params["epochs"] = "1"
    at.query_params["bend"] = "1.5"
    at.run()
    press(at, "Start")
    assert at.select_slider(key="set_elastic_px").disabled
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert not at.exception
    assert run_of(at).view().config.augmentation == Augmentation(elastic_px=1.5)


@pytest.fixture
def full_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that has room for one run, which somebody has; the id of that run."""
    from ui.cached import load_mnist

    need = memory_of(START.spec, START.config)
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(need.least + need.work))
    run_id = runs().add(Run(START.spec, load_mnist().split(), START.config, scheduler(), admitted=False))
    yield run_id
    runs().close(run_id)


def test_a_run_waits_in_line_while_memory_is_short_and_starts_by_itself(at: AppTest, full_server: str) -> None:
    at.query_params["epochs"] = "1"
    at.run()
    press(at, "Start")
    assert "number 1 in line" in words(at)
    assert "Your run: waiting in line, number 1" in words(at)
    assert at.number_input(key="set_n_epochs").disabled
    assert labels(at) >= {"Leave the line", "Stop", "Reset"}
    runs().close(full_server)
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert "in line" not in words(at)


@pytest.mark.parametrize("button", ["Leave the line", "Stop", "Reset"])
def test_a_visitor_can_leave_the_line(at: AppTest, full_server: str, button: str) -> None:
    at.run()
    press(at, "Start")
    press(at, button)
    assert state(at).run_id is None
    assert "Press Start" in words(at)
    assert len(runs()) == 1
    assert runs().get(full_server) is not None


@pytest.mark.parametrize("page", ["pages/weights.py", "pages/mistakes.py", "pages/draw.py", "streamlit_app.py"])
@pytest.mark.usefixtures("full_server")
def test_other_pages_show_the_ready_made_network_while_a_run_waits(at: AppTest, page: str) -> None:
    at.run()
    press(at, "Start")
    at.switch_page(page).run()
    assert not at.exception
    assert shown_title(at) == "Ready-made: 784 x 128 x 10 until your run begins"


def test_a_network_that_is_too_large_is_refused_before_it_starts(at: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    at.run()
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(1_000_000))
    at.run()
    assert "together may use 1 MB" in words(at)
    assert not {"Start", "One epoch"} & labels(at)


def test_limits_that_make_no_sense_are_named_on_the_page(at: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import server

    def broken() -> Limits:
        raise LimitsError("limits.toml: cores must be a whole number")

    monkeypatch.setattr(server, "read", broken)
    server.limits.clear()
    try:
        at.run()
    finally:
        monkeypatch.undo()
        server.limits.clear()
    assert "limits.toml: cores must be a whole number" in words(at)
    assert not at.button


def test_a_remedy_that_the_server_has_no_memory_for_says_so(at: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    at.run()
    at.pills(key="set_preset").set_value("exploding").run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.DIVERGED)
    before = run_of(at)
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(1_000_000))  # between the drawing and the click
    at.button(key="remedy_0").click().run()
    assert not at.exception
    assert "together may use 1 MB" in words(at)
    assert run_of(at) is before
    assert at.button(key="remedy_0").disabled
    assert "together may use 1 MB" in " ".join(caption.value for caption in at.caption)


def test_a_remedy_that_needs_more_memory_than_the_run_says_so_beside_its_button(
    at: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.query_params.update({"hidden": "32-16", "activation": "leaky_relu", "rate": "1000", "batch": "15"})
    at.query_params.update({"optimizer": "momentum", "epochs": "1"})
    at.run()
    need = memory_of(state(at).spec, state(at).config)
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(need.least + need.work))
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.DIVERGED)
    remedy = next(button for button in at.button if button.label.startswith("Set the learning rate to"))
    assert remedy.disabled  # it makes the batches larger as well
    assert "needs 7 MB of memory, and all runs of this server together may use 5 MB" in words(at)
    assert not at.exception


@pytest.mark.parametrize("button", ["Start", "One epoch", "Start again", "Reset"])
def test_a_width_that_is_typed_in_just_before_a_button_is_refused_with_the_reason(
    at: AppTest, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    """The browser may send both at once: the button was drawn for the width before."""
    at.query_params.update({"hidden": "8", "epochs": "1"})
    at.run()
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(15_000_000))
    if button in ("Start again", "Reset"):
        press(at, "Start")
        wait(at, lambda run: run.view().status is Status.FINISHED)
    before = state(at).run_id
    at.number_input(key="set_hidden0").set_value(1024)
    press(at, button)
    assert not at.exception
    assert "all runs of this server together may use 15 MB" in words(at)
    assert state(at).run_id == before
    at.number_input(key="set_hidden0").set_value(8).run()
    assert button in labels(at)


def test_twelve_digits_say_what_the_network_answers_and_one_of_them_runs_through_the_picture(at: AppTest) -> None:
    at.query_params.update({"hidden": "8", "epochs": "1"})
    at.run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    twelve = component(at, "twelve")
    assert len(twelve["captions"]) == 12
    assert twelve["selected"] is None
    assert component(at, "train_network")["truth"] == 7  # the first of the test set, in hand on all pages at first
    right = [caption.endswith(RIGHT) for caption in twelve["captions"]]
    assert sum(right) >= 8
    assert min(share for share, is_right in zip(twelve["shares"], right, strict=True) if is_right) > 0.1
    rows, digits = twelve_digits(cached.load_mnist().all_train)
    state(at).digit = InHand("validation", int(rows[5]))
    at.run()
    assert component(at, "twelve")["selected"] == 5
    assert component(at, "train_network")["truth"] == digits.labels[5] == 5
    assert component(at, "shown_line")["digit_label"] == "The digit in hand: a 5"
    assert "digit" not in at.query_params


def test_a_network_that_exploded_has_no_answer_to_the_twelve(at: AppTest) -> None:
    at.run()
    at.pills(key="set_preset").set_value("exploding").run()
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.DIVERGED)
    assert captions(at, "twelve") == ["?"] * 12
    assert component(at, "twelve")["shares"] == [0] * 12
    assert component(at, "train_network")["answer"] is None


@pytest.mark.parametrize(("preset", "words_of_it"), [("linear", "it does not learn from"), ("paper", "it learns from")])
def test_the_page_says_whether_the_network_learns_from_the_twelve(at: AppTest, preset: str, words_of_it: str) -> None:
    at.run()
    at.pills(key="set_preset").set_value(preset).run()
    assert "Twelve digits" in words(at)
    press(at, "One epoch")
    wait(at, lambda run: bool(run.view().epochs))
    assert f"Digits {words_of_it}" in words(at)


def test_accuracy_and_loss_are_one_chart_with_a_switch(at: AppTest) -> None:
    at.query_params.update({"hidden": "8", "epochs": "1"})
    at.run()
    assert component(at, "accuracy")["figure"]["data"] == []
    press(at, "Start")
    wait(at, lambda run: run.view().status is Status.FINISHED)
    assert component(at, "accuracy")["figure"]["layout"]["title"]["text"] == "Accuracy (%)"
    at.segmented_control(key="choice_curve").set_value("loss").run()
    assert component(at, "loss")["figure"]["layout"]["title"]["text"] == "Loss (nats)"
    assert at.query_params["curve"] == "loss"
    with pytest.raises(StopIteration):
        component(at, "accuracy")


def test_one_update_at_a_press(at: AppTest) -> None:
    at.run()
    press(at, "One update")
    wait(at, lambda run: run.view().status is Status.PAUSED and len(run.view().records) == 2)
    assert "update 1" in shown_title(at) or component(at, "shown_line")["names"][-1] == "update 1"
    press(at, "One update")
    wait(at, lambda run: run.view().status is Status.PAUSED and run.view().records[-1].n_updates == 2)
    assert not at.exception
    assert {"Resume", "One update", "One epoch"} <= labels(at)


def test_slow_motion_is_chosen_before_a_run_or_on_the_way(at: AppTest) -> None:
    at.run()
    at.selectbox(key="pace").set_value(10).run()
    press(at, "Start")
    wait(at, lambda run: len(run.view().records) > 3)
    view = run_of(at).view()
    assert view.pace == 10
    assert view.records[-1].n_updates < 60
    progress = " ".join(bar.proto.text for bar in at.get("progress"))
    assert " a second" in progress
    assert "left" not in progress
    at.selectbox(key="pace").set_value(FULL).run()
    assert run_of(at).view().pace is None
    assert at.selectbox(key="pace").value == FULL
    wait(at, lambda run: run.view().epochs_done > 1)


@pytest.mark.usefixtures("one_browser")
def test_a_second_tab_shows_the_pace_of_the_run_and_does_not_change_it(at: AppTest) -> None:
    at.run()
    at.selectbox(key="pace").set_value(1).run()
    press(at, "Start")
    other = open_train()
    other.query_params["run"] = str(state(at).run_id)
    other.run()
    assert other.selectbox(key="pace").value == 1
    assert run_of(at).view().pace == 1
