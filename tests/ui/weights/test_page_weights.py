"""The Weights page, as far as it goes without a browser: each state, each choice, and hostile addresses."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count, pairwise
from time import monotonic

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.config import TrainConfig
from fcnn.initialization import Initialization, init_params
from fcnn.inside.neurons import NEURON_ORDERS
from fcnn.mnist import Dataset, Mnist
from fcnn.model_file import of_epochs
from fcnn.network import mnist_spec
from fcnn.pixels import as_numbers
from fcnn.types import Layer, Params
from runs.run import Run
from runs.turns import Scheduler
from tests.networks import few_digits
from tests.visits import (
    NOTHING,
    captions,
    checked,
    component,
    line,
    pagination,
    prepare,
    send,
    shown_epoch,
    visit_of,
    words,
)
from tests.waiting import until
from ui import following
from ui.server import runs
from ui.visit import Visit
from ui.weights import sheet
from ui.weights.close_up import N_EXCITING
from ui.weights.sheet import PER_SHEET

N_READY = 128
names = count()


def page(address: Mapping[str, str] = NOTHING, state: Visit | None = None) -> AppTest:
    return checked(prepare("pages/weights.py", address, state).run())


def keys(at: AppTest) -> list[str]:
    return [element.proto.id for element in at.get("bidi_component")]


def tiles(at: AppTest) -> list[str]:
    return captions(at, "neurons")


def numbers(at: AppTest) -> list[int]:
    return [int(label.split()[1].rstrip(":")) for label in component(at, "neurons")["labels"]]


def chosen(at: AppTest) -> str:
    return str(at.header[0].value)


def scale(at: AppTest) -> list[str]:
    texts: list[str] = component(at, "weights_scale")["numbers"]
    return texts


def epoch(at: AppTest) -> int:
    return shown_epoch(at)


def params(hidden: tuple[int, ...], seed: int = 0) -> Params:
    return init_params(mnist_spec(hidden), Initialization(), rng=np.random.default_rng(seed))


def filled(hidden: tuple[int, ...], value: float) -> Params:
    sizes = mnist_spec(hidden).sizes
    return tuple(
        Layer(np.full((n_in, n_out), value, np.float32), np.zeros(n_out, np.float32)) for n_in, n_out in pairwise(sizes)
    )


def with_file(hidden: tuple[int, ...], *epochs: Params) -> Visit:
    """Return a visit that has brought a file."""
    model = of_epochs(mnist_spec(hidden), list(enumerate(epochs)))
    return Visit(source="file", file=model, file_name="a.npz", file_key=f"test {next(names)}")


def with_run(mnist: Mnist, hidden: tuple[int, ...], config: TrainConfig) -> Visit:
    few = few_digits(mnist, 100)
    run = Run(mnist_spec(hidden), Dataset(few, None, mnist.test), config, Scheduler(1))
    run.resume()
    return Visit(run_id=runs().add(run, owner="me"), owner="me", source="run")


@pytest.fixture
def trained(mnist: Mnist) -> Iterator[Visit]:
    """A visit whose run of two epochs is over."""
    state = with_run(mnist, (5,), TrainConfig(n_epochs=2))
    run = runs().get(state.run_id)
    assert run is not None
    until(lambda: not run.view().under_way)
    yield state
    runs().close(state.run_id)


@pytest.fixture
def learning(mnist: Mnist) -> Iterator[Visit]:
    """A visit whose run goes on and on."""
    state = with_run(mnist, (5,), TrainConfig(n_epochs=10_000, batch_size=None))
    run = runs().get(state.run_id)
    assert run is not None
    until(lambda: len(run.view().epochs) > 2)
    yield state
    runs().close(state.run_id)


def click_in_sheet(at: AppTest, monkeypatch: pytest.MonkeyPatch, place: int) -> AppTest:
    """Let the sheet send a click, as the browser would: what it calls runs before the page is drawn."""
    heard: list[Callable[[int], None]] = []
    monkeypatch.setattr(sheet, "gallery", lambda *_, on_click=None, **__: heard.append(on_click))
    at.run()
    monkeypatch.undo()
    heard[0](place)
    return checked(at.run())


def test_a_first_visit_shows_the_neurons_of_the_ready_made_network() -> None:
    at = page()
    assert len(tiles(at)) == PER_SHEET
    assert component(at, "neurons")["selected"] == 0
    assert chosen(at) == f"Neuron {numbers(at)[0]}"
    assert "Its weights to the ten outputs" in words(at)
    assert len(component(at, "neuron_exciting")["captions"]) == N_EXCITING
    assert "This network came with the app" in words(at)
    assert "Train a network" in at.main.get("page_link")[0].proto.label


def test_the_range_of_the_colours_is_shown_and_is_the_same_for_all_epochs() -> None:
    ranges = [scale(page({"epoch": str(number)})) for number in (0, 5, 20)]
    assert ranges[0] == ranges[1] == ranges[2] == ["\N{MINUS SIGN}0.57 or less", "0", "+0.57 or more"]


def test_an_address_chooses_epoch_neuron_order_and_sheet() -> None:
    at = page({"epoch": "3", "neuron": "12", "sort": "stored", "neurons": "stored-2"})
    assert epoch(at) == 3
    assert chosen(at) == "Neuron 12"
    assert numbers(at) == list(range(PER_SHEET, N_READY))
    assert component(at, "neurons")["selected"] is None


@pytest.mark.parametrize("word", ["", "-1", "128", "9" * 300, "1.5", "\u00b2", "\u0669\u0669\u0669", "<script>", "nan"])
def test_an_address_that_makes_no_sense_does_no_harm(word: str) -> None:
    for address in ({"neuron": word}, {"sort": word}, {"neurons": word}, {"neurons": f"norm-{word}"}, {"epoch": word}):
        at = page(address)
        assert chosen(at) == f"Neuron {numbers(at)[0]}"


@pytest.mark.parametrize("order", NEURON_ORDERS)
def test_each_order_holds_every_neuron_once(order: str) -> None:
    both = [page({"sort": order, "neurons": f"{order}-{sheet}"}) for sheet in (1, 2)]
    assert sorted(numbers(both[0]) + numbers(both[1])) == list(range(N_READY))


def test_the_orders_sort() -> None:
    assert numbers(page({"sort": "stored"})) == list(range(PER_SHEET))
    digits = [int(tile[-1]) for tile in tiles(page({"sort": "digit"}))]
    assert digits == sorted(digits)
    assert len({tuple(numbers(page({"sort": order}))) for order in NEURON_ORDERS}) == len(NEURON_ORDERS)


def test_a_neuron_keeps_its_place_while_the_epochs_go_by() -> None:
    late, early = page({"sort": "digit"}), page({"sort": "digit", "epoch": "0"})
    assert numbers(early) == numbers(late)
    assert tiles(early) != tiles(late)
    assert component(early, "neurons")["levels"] != component(late, "neurons")["levels"]
    assert "as of epoch 20" in words(early)
    assert "as of epoch" not in words(late)


def test_the_order_survives_a_page_change_and_stands_in_the_address() -> None:
    at = page()
    checked(at.selectbox(key="choice_sort").set_value("active").run())
    assert "active" in at.query_params["sort"]
    before = numbers(at)
    checked(at.switch_page("pages/draw.py").run())
    assert numbers(checked(at.switch_page("pages/weights.py").run())) == before


def test_another_order_begins_with_its_first_sheet() -> None:
    at = page({"neurons": "norm-2"})
    assert pagination(at).value == 2
    checked(at.selectbox(key="choice_sort").set_value("digit").run())
    assert pagination(at).value == 1
    assert len(tiles(at)) == PER_SHEET


def test_a_click_shows_a_neuron_large_and_writes_it_into_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page()
    wanted = numbers(at)[7]
    click_in_sheet(at, monkeypatch, 7)
    assert chosen(at) == f"Neuron {wanted}"
    assert component(at, "neurons")["selected"] == 7
    assert str(wanted) in at.query_params["neuron"]
    checked(at.selectbox(key="choice_sort").set_value("stored").run())
    assert chosen(at) == f"Neuron {wanted}"


def test_the_large_view_says_what_is_known_of_the_neuron(mnist: Mnist) -> None:
    only = params((1,))
    W, b = only[0]
    z = as_numbers(mnist.test.X) @ W[:, 0] + b[0]
    at = page(state=with_file((1,), only))
    assert f"Norm {np.linalg.norm(W):.3g}" in words(at)
    assert f"Bias {b[0]:.3g}" in words(at)
    assert f"then speaks for {only[1].W[0].argmax()} and" in words(at)
    assert f"against {only[1].W[0].argmin()}" in words(at)
    kinds = np.bincount(mnist.test.labels[np.argsort(-z)[:100]])
    assert f"It fires most for {kinds.argmax()}s: of the 100 test digits" in words(at)
    assert tiles(at) == [f"#0: {kinds.argmax()}s \N{RIGHTWARDS ARROW} {only[1].W[0].argmax()}"]
    digits = component(at, "neuron_exciting")
    assert digits["captions"][0] == f"{z.max():.2f}"
    assert digits["labels"][0].startswith(f"Test digit {z.argmax()}, a {mnist.test.labels[z.argmax()]}")
    bars = component(at, "neuron_outgoing")["figure"]["data"][0]["y"]
    assert bars == pytest.approx(only[1].W[0].tolist())


def test_a_deeper_network_says_that_its_bars_are_a_product() -> None:
    deeper = params((6, 5, 4))
    at = page({"sort": "stored"}, with_file((6, 5, 4), deeper))
    assert "There are 2 more hidden layers between it and the ten digits" in words(at)
    bars = component(at, "neuron_outgoing")["figure"]["data"][0]["y"]
    assert bars == pytest.approx((deeper[1].W @ deeper[2].W @ deeper[3].W)[0].tolist(), abs=1e-6)
    assert "There is one more hidden layer" in words(page(state=with_file((6, 5), params((6, 5)))))


def test_without_a_hidden_layer_there_are_ten_templates() -> None:
    at = page(state=with_file((), params(()), params((), seed=1)))
    assert tiles(at) == [f"Digit {digit}" for digit in range(10)]
    assert chosen(at) == "Digit 0"
    assert "each digit has one template" in words(at)
    assert "that fit this template best" in words(at)
    assert "Of the 100 test digits that fit it best" in words(at)
    assert not any(key.endswith("-neuron_outgoing") for key in keys(at))
    assert "By the digit they support most" not in at.selectbox(key="choice_sort").options


def test_choices_that_do_not_fit_templates_do_no_harm() -> None:
    state = with_file((), params(()))
    state.chosen["weights"] = {"sort": "digit", "neuron": "7", "neurons": "digit-3"}
    at = page(state=state)
    assert tiles(at) == [f"Digit {digit}" for digit in range(10)]
    assert chosen(at) == "Digit 7"
    state.chosen["weights"]["neuron"] = "12"
    assert chosen(checked(at.run())) == "Digit 0"


def test_all_of_1024_neurons_can_be_reached() -> None:
    wide = with_file((1024,), params((1024,)))
    at, seen = page(state=wide), set[int]()
    assert pagination(at).num_pages == 16
    for number in range(1, 17):
        wide.chosen["weights"]["neurons"] = f"norm-{number}"
        seen |= set(numbers(page(state=wide)))
    assert seen == set(range(1024))


def test_a_sheet_sends_few_bytes() -> None:
    sent = component(page(state=with_file((1024,), params((1024,)))), "neurons")
    assert len(base64.b64decode(sent["levels"])) == PER_SHEET * 784


def test_a_silent_neuron_is_explained() -> None:
    assert "no test digit lifts it above 0" in words(page(state=with_file((3,), filled((3,), -1.0))))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
@pytest.mark.parametrize("hidden", [(), (3,), (3, 3)])
def test_an_exploded_network_is_shown_with_a_sentence(hidden: tuple[int, ...], value: float) -> None:
    state = with_file(hidden, params(hidden), filled(hidden, value))
    at = page(state=state)
    assert "This network exploded" in at.error[0].value
    assert ("Pink pixels" in at.error[0].value) != np.isfinite(value)
    if np.isfinite(value):
        assert scale(at) == ["\N{MINUS SIGN}1e+30", "0", "+1e+30"]
    else:  # there is no number whose colour could be shown
        assert not any(key.endswith("-weights_scale") for key in keys(at))
        assert "There are none: what it makes of them is not even a number any more" in words(at)
        assert not any(key.endswith("neuron_outgoing") for key in keys(at))
    for order in NEURON_ORDERS:
        state.chosen["weights"]["sort"] = order
        checked(at.run())
    state.epoch = 0
    checked(at.run())
    assert not at.error
    assert scale(at)[2] in ("+0.2 or more", "+0.21 or more")  # the exploded epoch does not bleach this one


def test_a_run_that_exploded_at_once_is_sorted_by_its_last_sound_moment_by_name(mnist: Mnist) -> None:
    config = TrainConfig(70, 2, 16, "momentum")
    run = Run(mnist_spec((32, 16, 8)), Dataset(few_digits(mnist, 2_000), None, mnist.test), config, Scheduler(1))
    with visit_of(run) as visit:
        until(lambda: not run.view().under_way)
        says = words(page(state=visit))
    assert "This network exploded" in says
    assert re.search(r"as of update \d+\b", says)


def test_a_trained_run_is_shown_with_all_its_epochs(trained: Visit) -> None:
    at = page(state=trained)
    assert line(at)["epochs"] == [0, 1, 2]
    assert epoch(at) == 2
    assert len(tiles(at)) == 5
    assert "This network came with the app" not in words(at)
    assert following.pace_s(trained) is None


def test_a_run_that_goes_on_is_followed_only_at_its_newest_epoch(learning: Visit) -> None:
    at = page(state=learning)
    assert line(at)["following"]
    assert following.pace_s(learning) == following.FOLLOW_S
    run = runs().get(learning.run_id)
    assert run is not None
    before, n_records = epoch(at), len(run.view().records)
    until(lambda: len(run.view().records) > n_records + 1)
    assert epoch(checked(at.run())) > before
    learning.epoch = 0
    assert following.pace_s(learning) is None
    assert epoch(checked(at.run())) == 0


def test_the_order_of_a_run_that_goes_on_holds_until_the_visitor_sorts_again(learning: Visit) -> None:
    at = page({"sort": "norm"}, learning)
    run = runs().get(learning.run_id)
    assert run is not None
    sorted_at, before = epoch(at), numbers(at)
    until(lambda: run.view().records[-1].number > sorted_at + 1)
    assert numbers(checked(at.run())) == before
    assert f"as of epoch {sorted_at:,}" in words(at)
    checked(next(button for button in at.button if button.label == "Sort again").click().run())
    assert f"as of epoch {sorted_at:,}" not in words(at)


def test_the_page_stops_following_when_the_run_ends(learning: Visit) -> None:
    at = page(state=learning)
    run = runs().get(learning.run_id)
    assert run is not None
    run.stop()
    assert not line(checked(at.run()))["following"]
    assert "Sort again" not in [button.label for button in at.button]


def test_a_hand_chooses_an_epoch_and_the_last_one_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page()
    assert epoch(send(at, monkeypatch, "epoch", (13, False))) == 13
    assert at.query_params["epoch"] == "13"
    assert epoch(send(at, monkeypatch, "epoch", (20, False))) == 20
    assert "epoch" not in at.query_params


def test_what_plays_writes_no_addresses_until_it_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page()
    assert epoch(send(at, monkeypatch, "epoch", (3, True))) == 3
    assert "epoch" not in at.query_params
    assert epoch(send(at, monkeypatch, "epoch", (3, False))) == 3
    assert at.query_params["epoch"] == "3"


def test_what_plays_stops_when_the_visitor_goes_to_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    at = send(page(), monkeypatch, "epoch", (3, True))
    checked(at.switch_page("pages/mistakes.py").run())
    assert at.query_params["epoch"] == "3"


def test_a_single_epoch_cannot_be_moved() -> None:
    assert line(page(state=with_file((3,), params((3,)))))["epochs"] == [0]


@pytest.mark.no_cover  # counting lines takes time
def test_a_rerun_is_quick() -> None:
    at, times = page(), []
    for _ in range(5):
        start = monotonic()
        checked(at.run())
        times.append(monotonic() - start)
    assert min(times) < 0.15
