"""The Weights page beyond the first layer: pictures of later layers, the spread of weights, and the course of both."""

import base64
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from math import isnan

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.activations import ACTIVATIONS
from fcnn.config import TrainConfig
from fcnn.inside.layers import pictures_through, silent_shares
from fcnn.inside.signals import N_IMAGES
from fcnn.mnist import Dataset, Mnist, spread
from fcnn.model_file import of_epochs
from fcnn.network import forward, mnist_spec
from fcnn.types import Layer, Params
from runs.run import Run
from runs.turns import Scheduler
from tests.networks import few_digits, filled, wide
from tests.visits import NOTHING, captions, checked, component, prepare, shown_epoch, words
from tests.waiting import until
from ui.network_shown import shown_network
from ui.server import runs
from ui.visit import Visit
from ui.weights import below, course, silent
from ui.weights.asked import MOST_LIVE, asked_rows
from ui.weights.below import N_BELOW
from ui.weights.course import MOST_MOMENTS, drawn_moments

SPEC = mnist_spec((7, 6))
names = count()


def params(hidden: tuple[int, ...] = (7, 6), seed: int = 0) -> Params:
    drawn = wide(mnist_spec(hidden), seed)
    return tuple(Layer(W.astype(np.float32), b.astype(np.float32)) for W, b in drawn)


def with_file(*epochs: Params, hidden: tuple[int, ...] = (7, 6), activation: str = "relu") -> Visit:
    """Return a visit that has brought a file."""
    model = of_epochs(mnist_spec(hidden, activation), list(enumerate(epochs)))
    return Visit(source="file", file=model, file_name="a.npz", file_key=f"layers {next(names)}")


def page(address: Mapping[str, str] = NOTHING, visit: Visit | None = None) -> AppTest:
    if visit is not None and address:
        visit.chosen = {"weights": dict(address)}
    return checked(prepare("pages/weights.py", {} if visit else address, visit).run())


def keys(at: AppTest) -> set[str]:
    return {element.proto.id.rsplit("-", 1)[-1] for element in at.get("bidi_component")}


def figure(at: AppTest, key: str) -> dict[str, list[dict[str, object]]]:
    sent: dict[str, list[dict[str, object]]] = component(at, key)["figure"]
    return sent


@pytest.fixture(scope="module")
def trained(mnist: Mnist) -> Iterator[Visit]:
    """A visit whose run of three epochs is over."""
    config = TrainConfig(n_epochs=3, batch_size=100)
    run = Run(SPEC, Dataset(few_digits(mnist, 300), None, mnist.test), config, Scheduler(1))
    visit = Visit(run_id=runs().add(run, owner="me"), owner="me", source="run")
    run.resume()
    until(lambda: not run.view().under_way)
    yield visit
    runs().close(visit.run_id)


def test_a_second_layer_is_drawn_as_the_sum_of_the_pictures_below(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, np.typing.NDArray[np.float32]] = {}
    monkeypatch.setattr("ui.weights.sheet.gallery", lambda images, **_: sent.update(sheet=images))
    network = params()
    at = page({"layer": "2", "sort": "stored"}, with_file(network))
    pictures = pictures_through(network, 1)
    assert pictures is not None
    np.testing.assert_allclose(sent["sheet"].reshape(6, 784), pictures.T, atol=1e-5)
    assert "Each picture is a neuron of hidden layer 2: the pictures of the layer below" in words(at)
    assert "but only roughly: ReLU bends or silences" in words(at)
    assert "a direction and no template" in words(at)


def test_the_digits_are_a_layer_too() -> None:
    network = params()
    at = page({"layer": "digits"}, with_file(network))
    assert captions(at, "neurons") == [f"Digit {digit}" for digit in range(10)]
    assert at.header[0].value == "What does a 0 look like to it?"
    assert "What it says to the ten digits" not in words(at)
    assert "that is the score of the digit" in words(at)


def test_what_is_known_of_a_neuron_further_up_is_measured_with_the_network_as_it_is(mnist: Mnist) -> None:
    network = params()
    at = page({"layer": "2", "neuron": "2-4"}, with_file(network))
    trace = forward(SPEC, network, mnist.test.X)
    z = trace.z[1][:, 4]
    assert f"Above 0 for {100 * (z > 0).mean():.0f} % of the test digits" in words(at)
    assert component(at, "neuron_exciting")["captions"][0] == f"{z.max():.2f}"
    assert f"Test digit {z.argmax()}," in component(at, "neuron_exciting")["labels"][0]
    bars = component(at, "neuron_outgoing")["figure"]["data"][0]["y"]
    assert bars == pytest.approx(network[2].W[4].tolist(), rel=1e-5)


def test_a_wide_network_is_asked_about_fewer_digits_and_the_page_says_how_many() -> None:
    at = page({"net": "record", "layer": "2"})
    n = len(asked_rows(mnist_spec((800, 800)), 1, live=False))
    assert 2_000 < n < 3_334
    assert f"of {n:,} test digits" in words(at)
    assert len(asked_rows(SPEC, 1, live=False)) == 10_000
    assert len(asked_rows(SPEC, 1, live=True)) == MOST_LIVE


def test_the_largest_weights_are_shown_with_the_pictures_below_and_a_click_opens_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = params()
    visit = with_file(network)
    at = page({"layer": "2", "neuron": "2-3"}, visit)
    largest = np.argsort(-np.abs(network[1].W[:, 3]))[:N_BELOW]
    assert [caption.split("#")[1] for caption in captions(at, "neuron_below")] == [str(i) for i in largest]
    heard: list[Callable[[int], None]] = []
    monkeypatch.setattr(below, "gallery", lambda *_, on_click, **__: heard.append(on_click))
    checked(at.run())
    monkeypatch.undo()
    heard[0](1)
    checked(at.run())
    assert at.header[0].value == f"Neuron {largest[1]}"
    assert visit.chosen["weights"]["layer"] == "1"


def test_each_layer_has_a_neuron_of_its_own_in_the_address() -> None:
    visit = with_file(params())
    at = page({"neuron": "5"}, visit)
    assert at.header[0].value == "Neuron 5"
    checked(at.button_group(key="choice_layer").set_value("2").run())
    assert at.query_params["layer"] == "2"
    assert component(at, "neurons")["selected"] == 0


def test_without_a_hidden_layer_there_is_nothing_to_choose_and_nobody_to_be_silent() -> None:
    at = page({"layer": "2"}, with_file(params(()), hidden=()))
    assert "each digit has one template" in words(at)
    assert [group.key for group in at.button_group] == []
    assert {"spread_0"} == {key for key in keys(at) if key.startswith("spread_")}
    assert "Which neurons stay silent?" not in words(at)


@pytest.mark.parametrize("value", [np.nan, 1e30])
def test_a_later_layer_that_exploded_has_a_sentence_and_no_pictures(value: float) -> None:
    visit = with_file(params(), filled(SPEC, value))
    at = page({"layer": "2"}, visit)
    assert "This network exploded" in at.error[0].value
    assert "neurons" not in keys(at)
    assert ("are not even numbers any more, and are left out" in words(at)) == isnan(value)
    visit.epoch = 0
    assert "neurons" in keys(checked(at.run()))


def test_histograms_count_every_weight_now_and_at_the_start_on_one_axis() -> None:
    early, late = params(), params(seed=1)
    at = page(visit=with_file(early, late))
    ranges = [figure(at, f"spread_{place}")["layout"]["xaxis"]["range"] for place in range(3)]  # type: ignore[call-overload]
    assert ranges[0] == ranges[1] == ranges[2]
    now, start = figure(at, "spread_1")["data"]
    assert (now["name"], now["fill"], start["name"]) == ("now", "tozeroy", "at the start")
    assert "fill" not in start
    assert "as they are at epoch 1; as a line, as they were drawn at random" in words(at)


def test_where_the_start_is_shown_or_not_kept_the_page_says_so() -> None:
    visit = with_file(params(), params(seed=1))
    visit.epoch = 0
    assert "here that is the start, so the line says the same" in words(page(visit=visit))
    at = page({"net": "record"})
    assert "how they were at the start was not kept" in words(at)
    assert len(figure(at, "spread_0")["data"]) == 1
    assert "At the ends of each shape larger weights are counted, too: 972 in all." in words(at)


def test_gradients_of_a_run_are_those_of_its_records_at_the_moments_that_were_kept(trained: Visit) -> None:
    at = page(visit=trained)
    run = runs().get(trained.run_id)
    assert run is not None
    lines = figure(at, "weights_gradients")["data"]
    assert [line["name"] for line in lines] == ["Hidden layer 1", "Hidden layer 2", "The ten digits"]
    last = run.view().records[-1].gradient_norms
    assert [course_of(line)[-1] for line in lines] == pytest.approx(list(last))
    assert isnan(course_of(lines[0])[0])  # before the first update there is no gradient
    marked = figure(at, "weights_gradients")["layout"]["shapes"][0]["x0"]  # type: ignore[call-overload]
    assert marked == len(shown_network(trained).numbers) - 1


def course_of(line: dict[str, object]) -> list[float]:
    """Return the numbers of a line, as the browser unpacks them."""
    packed = line["y"]
    assert isinstance(packed, dict)
    return [float(y) for y in np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])]


def test_silent_shares_are_those_of_each_moment(trained: Visit, mnist: Mnist) -> None:
    at = page(visit=trained)
    shown = shown_network(trained)
    X = mnist.all_train.X
    now = silent_shares(SPEC, shown.params, X[spread(N_IMAGES, len(X))])
    line = figure(at, "weights_silent")["data"][1]
    assert course_of(line)[-1] == pytest.approx(100 * now[1])
    assert f"{100 * now[0]:.1f} % of hidden layer 1" in words(at)


def test_a_click_on_a_line_goes_to_that_moment(trained: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[str, Callable[[int], None]] = {}
    at = page(visit=trained)
    monkeypatch.setattr(course, "live_plot", lambda *_, key, on_point, **__: heard.update({key: on_point}))
    checked(at.run())
    monkeypatch.undo()
    heard["weights_silent"](0)
    assert shown_epoch(checked(at.run())) == 0
    heard["weights_gradients"](len(shown_network(trained).numbers) - 1)
    assert trained.epoch is None


def test_a_network_that_was_brought_has_no_gradients_and_the_page_says_so() -> None:
    at = page(visit=with_file(params(), params(seed=1)))
    assert "Gradients are made while a network learns" in words(at)
    assert "weights_gradients" not in keys(at)
    assert "weights_silent" in keys(at)


@pytest.mark.parametrize("activation", sorted(set(ACTIVATIONS) - {"relu"}))
def test_where_no_neuron_can_be_silent_the_page_says_so(activation: str) -> None:
    at = page(visit=with_file(params(), activation=activation))
    assert f"With {ACTIVATIONS[activation].title} no neuron is ever quite silent" in words(at)
    assert "weights_silent" not in keys(at)


def test_an_exploded_moment_has_no_share() -> None:
    at = page(visit=with_file(params(), filled(SPEC, np.nan)))
    assert isnan(course_of(figure(at, "weights_silent")["data"][0])[-1])
    assert "\N{EM DASH} of hidden layer 1" in words(at)


def test_of_many_moments_some_are_drawn_with_the_first_the_last_and_the_one_shown() -> None:
    visit = with_file(*(params((2,), seed) for seed in range(100)), hidden=(2,))
    visit.epoch = 77
    drawn = drawn_moments(shown_network(visit))
    assert len(drawn) <= MOST_MOMENTS + 1
    assert {0, 77, 99} <= set(drawn)


def test_each_moment_is_measured_once_and_few_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Params] = []

    def measure(_: object, params: Params, __: object) -> tuple[float, ...]:
        asked.append(params)
        return (0.5, 0.25)

    monkeypatch.setattr(silent, "silent_shares", measure)
    monkeypatch.setattr(silent, "MOST_KEPT", 2)
    known, epochs = silent.SilentShares(), {0.0: params(), 1.0: params(seed=1)}
    assert known.of("a", SPEC, epochs) == {0.0: (0.5, 0.25), 1.0: (0.5, 0.25)}
    known.of("a", SPEC, epochs)
    assert len(asked) == 2
    known.of("b", SPEC, epochs)
    known.of("a", SPEC, epochs)
    assert len(asked) == 6
