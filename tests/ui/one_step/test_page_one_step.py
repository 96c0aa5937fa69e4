"""The One step page, as far as it goes without a browser: its numbers are those of fcnn/inside, on a copy."""

import base64
import gc
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.config import TrainConfig
from fcnn.initialization import Initialization, init_params
from fcnn.inside.gradient_check import check_gradient
from fcnn.inside.loss_along import look_along
from fcnn.inside.one_update import update_often, update_once
from fcnn.inside.source import lines_of
from fcnn.inside.standing import begin
from fcnn.inside.written_update import Place, write_out
from fcnn.mnist import N_VALIDATION
from fcnn.model_file import one_epoch
from fcnn.network import NetworkSpec, backward, mnist_spec, predict
from fcnn.optimizers import OPTIMIZERS
from fcnn.pixels import as_numbers
from fcnn.types import Array, Examples, Params
from store.owners import owner_of
from store.store import Store
from tests.kept_visits import TOKEN
from tests.networks import filled, ready
from tests.visits import NOTHING, checked, component, enabled, memory, prepare, press, send, shown_title, state, words
from tests.waiting import until
from ui import cached
from ui.digit import InHand
from ui.digit_in_hand import own_digit
from ui.keeping import OFF
from ui.numbers import number
from ui.one_step.cost import has_time, n_examples
from ui.one_step.look_closely import EXPLODED, TOO_FAR
from ui.one_step.memory import OneStepMemory
from ui.one_step.written import DIGITS
from ui.server import runs
from ui.uploads import NO_MEMORY
from ui.visit import Visit

MISTAKE, ITS_TRUTH = 1901, 9
CASE = {"digit": str(MISTAKE)}
GENTLE = {**CASE, "lr": "0.001"}


def page(address: Mapping[str, str] = NOTHING, visit: Visit | None = None) -> AppTest:
    return checked(prepare("pages/one_step.py", address, visit).run())


def digit(index: int = MISTAKE) -> Examples:
    return Examples(*(part[index : index + 1] for part in cached.load_mnist().test))


def batch(n: int) -> Examples:
    """Return the first batch that is drawn."""
    X, labels = cached.load_mnist().all_train
    rows = np.random.default_rng(0).choice(len(labels) - N_VALIDATION, n, replace=False)
    return Examples(X[rows], labels[rows])


def unpacked(sent: dict[str, str]) -> Array:
    """Return an array as the browser reads it."""
    return np.frombuffer(base64.b64decode(sent["bdata"]), sent["dtype"])


def config(optimizer: str = "gradient_descent", rate: float = 0.001) -> TrainConfig:
    return TrainConfig(optimizer=optimizer, learning_rate=rate)


def loss(value: float) -> str:
    return number(float(value))


def of_file(spec: NetworkSpec, params: Params, name: str = "", **more: Any) -> Visit:  # noqa: ANN401
    return Visit(source="file", file=one_epoch(spec, 1, params), file_name="a.npz", file_key=name or str(spec), **more)


def network(hidden: tuple[int, ...], activation: str = "relu") -> tuple[NetworkSpec, Params]:
    spec = mnist_spec(hidden, activation)
    return spec, init_params(spec, Initialization(), rng=np.random.default_rng(3))


def callback(at: AppTest, monkeypatch: pytest.MonkeyPatch, where: str, argument: str) -> Callable[[int], None]:
    """Return what a component of the page would call."""
    calls: list[Callable[[int], None]] = []
    monkeypatch.setattr(where, lambda *_, **given: calls.append(given[argument]))
    checked(at.run())
    monkeypatch.undo()
    return calls[0]


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_updates_are_those_of_the_optimizer_one_after_the_other(optimizer: str) -> None:
    spec, params = ready()
    at = page({**GENTLE, "by": optimizer})
    first = update_often(spec, begin(params, optimizer), digit(), config(optimizer), 1)
    ten = update_often(spec, first.after, digit(), config(optimizer), 10)
    assert f"Its loss is {loss(first.losses[0])} on this digit, a 9." in words(at)
    press(at, "1 update")
    assert f"After 1 update on this digit, a 9:  \nThe loss fell from {loss(first.losses[0])} to" in words(at)
    press(at, "10 updates")
    said = words(at)
    assert "After 11 updates" in said
    assert f"The last 10: The loss fell from {loss(ten.losses[0])} to {loss(ten.losses[-1])}" in said
    assert f"All together: the loss fell from {loss(first.losses[0])} to {loss(ten.losses[-1])}" in said
    standing = memory(at, OneStepMemory).standing
    assert standing is not None
    assert all(np.array_equal(a.W, b.W) for a, b in zip(standing.params, ten.after.params, strict=True))


def test_the_network_that_is_shown_stays_as_it_is_and_one_can_start_again() -> None:
    at = page(CASE)
    before = cached.shipped_model("ready").params[-1][0].W.copy()
    press(at, "100 updates")
    assert np.array_equal(cached.shipped_model("ready").params[-1][0].W, before)
    press(at, "Start again")
    assert "Press 1 update" in words(at)
    assert "Start again" not in enabled(at)


def test_the_bars_show_what_it_said_before_the_last_press() -> None:
    spec, params = ready()
    at = page(GENTLE)
    assert len(component(at, "step_bars")["figure"]["data"]) == 1
    press(at, "10 updates")
    before, now = (unpacked(trace["x"]) for trace in component(at, "step_bars")["figure"]["data"])
    after = update_often(spec, begin(params, "gradient_descent"), digit(), config(), 10)
    assert before == pytest.approx(100 * predict(spec, params, digit().X)[0])
    assert now == pytest.approx(100 * after.probabilities[0])


def test_a_batch_is_drawn_from_training_images_and_another_one_is_another() -> None:
    at = page({"of": "batch", "epoch": "0", "batch": "32"})
    assert "32 training digits, 10 of them shown" in words(at)
    examples, model = batch(32), cached.shipped_model("ready")
    done = update_often(model.spec, begin(model.params[0], "gradient_descent"), examples, config(rate=0.1), 10)
    press(at, "10 updates")
    n_right = int((done.probabilities.argmax(axis=1) == examples.labels).sum())
    assert f"The loss fell from {loss(done.losses[0])} to {loss(done.losses[-1])}" in words(at)
    assert f"It reads {n_right} of 32 rightly" in words(at)
    levels = component(at, "step_batch")["levels"]
    press(at, "Another batch")
    assert component(at, "step_batch")["levels"] != levels
    assert "Something else was chosen: the copy with your 10 updates is gone" in words(at)
    assert at.query_params["drawn"] in ("1", ["1"])


def test_a_weight_has_its_gradient_checked_and_its_update_written_out() -> None:
    spec, params = ready()
    at = page({**GENTLE, "by": "adam", "layer": "0", "neuron": "17", "weight": "300"})
    place = Place(0, 300, 17)
    update = update_once(spec, begin(params, "adam"), digit(), config("adam"))
    written, check = write_out(update, place, config("adam")), check_gradient(spec, params, digit(), place)
    said = words(at)
    assert "params[0].W[300, 17]: the weight from the pixel in row 11, column 21, to neuron 17." in said
    assert f"backward() says {number(check.gradient, DIGITS)}." in said
    assert f"is {number(check.difference, DIGITS)}" in said
    table = at.table[0].value
    assert table.iloc[:, 2].tolist() == [
        number(value, DIGITS)
        for value in (*(term.value for term in written.terms), written.before, written.change, written.after)
    ]
    assert [code.value for code in at.code] == [
        lines.text for each in (OPTIMIZERS["adam"].update, backward) if (lines := lines_of(each))
    ]
    assert component(at, "step_weights")["chosen"] == 300


def test_a_click_on_the_picture_chooses_a_weight_and_a_button_its_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page({**CASE, "layer": "1"})
    choose = callback(at, monkeypatch, "ui.one_step.weight.number_grid", "on_choose")
    column = at.number_input(key="step_neuron").value
    choose(5)
    assert f"params[1].W[5, {column}]: the weight from neuron 5 to digit {column}." in words(checked(at.run()))
    press(at, "Its bias")
    assert f"params[1].b[{column}]: the bias of digit {column}." in words(at)
    assert component(at, "step_weights")["chosen"] is None
    at.selectbox(key="step_layer").set_value(0)
    assert "params[0].W[" in words(checked(at.run()))


def test_the_weight_that_is_shown_first_is_the_steepest_and_stays_so() -> None:
    spec, params = ready()
    slopes = np.abs(update_once(spec, begin(params, "gradient_descent"), digit(), config()).gradients[0].W)
    row, column = np.unravel_index(slopes.argmax(), slopes.shape)
    at = page(GENTLE)
    assert f"params[0].W[{row}, {column}]" in words(at)
    press(at, "100 updates")
    assert f"params[0].W[{row}, {column}]" in words(at)


@pytest.mark.parametrize(("rate", "verdict"), [("0.0001", "too small"), ("1", "right"), ("70", "too large")])
def test_the_verdict_says_whether_a_step_is_too_small_right_or_too_large(rate: str, verdict: str) -> None:
    at, model = page({"of": "batch", "epoch": "0", "lr": rate}), cached.shipped_model("ready")
    examples, made = batch(128), config(rate=float(rate))
    update = update_once(model.spec, begin(model.params[0], "gradient_descent"), examples, made)
    along = look_along(model.spec, update, examples, made)
    assert along.verdict == verdict
    assert f"With {rate} the next update would be {verdict}: it would take the loss from" in words(at)
    curve, step = component(at, "step_way")["figure"]["data"]
    assert unpacked(curve["y"]) == pytest.approx(along.losses, rel=1e-5)
    assert step["x"] == [float(rate)]


def test_a_click_on_the_curve_chooses_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page(CASE)
    callback(at, monkeypatch, "ui.one_step.way.live_plot", "on_point")(0)
    checked(at.run())
    assert at.select_slider(key="step_rate").value == 1e-05
    assert "With 1e-05 the next update" in words(at)


def test_another_optimizer_begins_anew_with_its_usual_rate() -> None:
    at = page({**CASE, "lr": "5"})
    at.selectbox(key="choice_by").set_value("adam")
    checked(at.run())
    assert at.select_slider(key="step_rate").value == OPTIMIZERS["adam"].usual_learning_rate
    assert "With momentum 0.9, as on the Train page." in words(at)
    press(at, "1 update")
    at.selectbox(key="choice_by").set_value("momentum")
    checked(at.run())
    assert "After 1 update" in words(at)
    press(at, "1 update")
    assert "After 2 updates" in words(at)


@pytest.mark.parametrize(("name", "value"), [("network", "record"), ("epoch", (1, False))])
def test_another_network_or_moment_is_another_copy(name: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    at = press(page(CASE), "10 updates")
    said = words(checked(send(at, monkeypatch, name, value)))
    what = "network" if name == "network" else "moment"
    assert f"Another {what} was chosen: the copy with your 10 updates is gone" in said
    assert "Press 1 update" in said or "hardly anything left" in said


def test_another_digit_is_another_copy_but_a_batch_learns_on() -> None:
    for address, text in ((CASE, "Something else was chosen"), ({"of": "batch"}, "After 10 updates")):
        at = press(page(address), "10 updates")
        state(at).digit = InHand("test", 5)
        assert text in words(checked(at.run()))
        assert len(component(at, "step_bars")["figure"]["data"]) == 1


def test_a_rate_that_is_far_too_large_is_said_to_be_so_and_one_can_start_again() -> None:
    at = press(page({"of": "batch", "lr": "1000", "l2": "10"}), "100 updates")
    assert TOO_FAR in words(at)
    assert not {"1 update", "10 updates", "100 updates", "Keep it"} & enabled(at)
    press(at, "Start again")
    assert TOO_FAR not in words(at)


def test_a_network_that_has_exploded_is_not_learned_from() -> None:
    spec = mnist_spec((4,))
    at = page(visit=of_file(spec, filled(spec, np.nan), "exploded"))
    assert EXPLODED in words(at)
    assert not {"1 update", "Start again", "Keep it"} & enabled(at)


@pytest.mark.parametrize("hidden", [(), (3, 4, 5)])
def test_any_network_can_be_looked_at(hidden: tuple[int, ...]) -> None:
    spec, params = network(hidden, "tanh")
    at = press(page(visit=of_file(spec, params)), "10 updates")
    assert "The loss fell from" in words(at)
    assert ("step_layer" in {box.key for box in at.selectbox}) == bool(hidden)


def test_of_ones_own_digit_is_asked_what_it_is_meant_to_be() -> None:
    drawing = own_digit(as_numbers(digit().X[0]).reshape(28, 28), is_photo=False)
    at = page(visit=Visit(digit=drawing))
    assert "Nobody but you knows what your drawing is, and without a truth there is no loss." in words(at)
    assert "1 update" not in {button.label for button in at.button}
    at.selectbox(key="choice_meant").set_value("9")
    spec, params = ready()
    before = update_once(spec, begin(params, "gradient_descent"), digit(), config(rate=0.1)).loss_before
    assert f"Its loss is {loss(before)} on this digit, a 9." in words(checked(at.run()))
    press(at, "1 update")
    assert "The loss fell" in words(at)
    at.selectbox(key="choice_meant").set_value("4")
    assert "Something else was chosen" in words(checked(at.run()))


@pytest.mark.usefixtures("one_browser")
def test_what_is_kept_is_the_copy_to_the_bit_and_all_pages_show_it(store: Store) -> None:
    at = press(page(GENTLE), "10 updates")
    standing = memory(at, OneStepMemory).standing
    assert standing is not None
    press(at, "Keep it")
    name = "One step: 10 updates at 0.001 on Ready-made, epoch 20"
    assert f"`{name}` is in your list of runs now, and every page shows it." in words(at)
    (run,) = store.runs_of(owner_of(TOKEN))
    model = store.model(run.id)
    assert model is not None
    assert run.title == name
    pairs = zip(model.params[-1], standing.params, strict=True)
    assert all(np.array_equal(a, b) for kept, copy in pairs for a, b in zip(kept, copy, strict=True))
    assert shown_title(at).startswith("Your network One step: 10 updates")
    assert "Keep it" not in enabled(at)
    press(at, "1 update")
    press(at, "Keep it")
    assert [run.number for run in store.runs_of(owner_of(TOKEN))] == [1, 2]


def test_where_nothing_is_kept_the_page_says_so() -> None:
    at = press(press(page(GENTLE), "1 update"), "Keep it")
    assert f"but it is not in your list of runs. {OFF}" in words(at)
    assert shown_title(at).startswith("Your network One step: 1 update at")


def test_the_copy_counts_in_the_account_of_memory_and_is_given_back() -> None:
    at = page({**CASE, "epoch": "3"})
    name = f"the copy of one step {id(memory(at, OneStepMemory))}"

    def held() -> tuple[int, int]:
        runs()._sharing.holdings.n_bytes()  # those who have left are noticed
        return runs()._sharing.holdings._held.get(name, (0, 0))

    once = 3 * 4 * cached.shipped_model("ready").spec.n_parameters, 1
    assert held() == once
    press(press(at, "10 updates"), "Start again")
    assert held() == once
    del at.session_state["memory_OneStepMemory"]
    gc.collect()
    assert held() == (0, 0)


def test_without_memory_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs(), "hold", lambda *_: False)
    assert NO_MEMORY in words(page(CASE))


def test_a_run_that_learns_goes_on_and_the_copy_stays(learning: Visit) -> None:
    at = page(visit=learning)
    taken = memory(at, OneStepMemory).moment
    press(at, "10 updates")
    until(lambda: "The run has gone on meanwhile" in words(checked(at.run())))
    assert f"You work on a copy of Your run, as it was at {taken}." in words(at)
    assert "After 10 updates" in words(at)
    press(at, "Take it as it is now")
    assert memory(at, OneStepMemory).moment != taken
    assert "After 10 updates" not in words(at)


@pytest.mark.parametrize(
    "address",
    [{"lr": "0"}, {"lr": "x"}, {"by": "sgd"}, {"layer": "9"}, {"neuron": "5000"}, {"weight": "²"}, {"of": "x"}],
)
def test_an_address_that_makes_no_sense_does_no_harm(address: dict[str, str]) -> None:
    at = page({**CASE, **address})
    assert at.select_slider(key="step_rate").value == 0.1
    assert "params[0].W[" in words(at)


def test_large_networks_get_small_batches_and_no_more_updates_than_there_is_time_for() -> None:
    small, large = mnist_spec((128,)), mnist_spec((1024,) * 5)
    assert n_examples(small, 128) == 128
    assert n_examples(small, None) == 256
    assert n_examples(large, 128) == 8
    assert has_time(small, 256, 100)
    assert has_time(large, 8, 10)
    assert not has_time(large, 8, 100)
    offered = enabled(page(visit=of_file(*network((1024,) * 4))))
    assert {"1 update", "10 updates"} <= offered
    assert "100 updates" not in offered


def test_the_neuron_that_is_open_on_the_why_page_is_under_the_microscope() -> None:
    at = checked(prepare("pages/why.py", {**CASE, "unit": "0-17"}).run())
    links = [link.proto.label for link in at.main.get("page_link")]
    assert links == ["Under the microscope", "Under the microscope"]
    at.switch_page("pages/one_step.py").run()
    assert at.number_input(key="step_neuron").value == 17
    assert [link.proto.label for link in at.main.get("page_link")] == ["Why?"]
