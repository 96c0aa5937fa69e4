"""The Map page, as far as it goes without a browser: its points and numbers are those of fcnn/inside."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from charts.answers import percent
from fcnn.initialization import Initialization, init_params
from fcnn.inside.digit_map import share_alike
from fcnn.inside.maps import draw_moments, to_size, turned_to
from fcnn.model_file import one_epoch
from fcnn.network import mnist_spec, predict
from fcnn.pixels import as_numbers
from fcnn.types import Array, Params
from runs.maps.making import Making
from runs.maps.map_jobs import NOT_INSTALLED, MapJobs
from runs.maps.messages import Moment
from tests.maps_on_pages import is_the_same_map, is_turned_to, places
from tests.networks import filled, ready
from tests.visits import NOTHING, captions, checked, component, memory, prepare, press, state, words
from tests.waiting import until
from ui import cached
from ui.digit_in_hand import own_digit
from ui.map.listed import HINT
from ui.map.memory import MapMemory
from ui.map.see import NO_MAP
from ui.map.tsne import LEARNS
from ui.server import runs
from ui.visit import Visit


def page(address: Mapping[str, str] = NOTHING, state: Visit | None = None) -> AppTest:
    return checked(prepare("pages/map.py", address, state).run())


@pytest.fixture(scope="module")
def at() -> AppTest:
    return page()


def ready_maps(layer: int) -> list[Array]:
    """Return the maps of all moments of the ready-made network, along the axes of the last one."""
    model, X = cached.shipped_model("ready"), cached.load_mnist().test.X[::5]
    maps = list(draw_moments(model.spec, model.params, model.params[-1], X, layer))
    assert all(points is not None for points in maps)
    return maps  # type: ignore[return-value]


def labels() -> Any:  # noqa: ANN401
    return cached.load_mnist().test.labels[::5]


def share_in_words(points: Array) -> str:
    return percent(share_alike(points, labels()), 0).replace("\N{NO-BREAK SPACE}", " ")


def of_file(params: Params, hidden: tuple[int, ...], **more: Any) -> Visit:  # noqa: ANN401
    spec = mnist_spec(hidden)
    name = f"map {spec} {len(more)} {float(params[0].W[0, 0])}"
    return Visit(source="file", file=one_epoch(spec, 1, params), file_name="a.npz", file_key=name, **more)


def drawn(hidden: tuple[int, ...]) -> Params:
    return init_params(mnist_spec(hidden), Initialization(), rng=np.random.default_rng(3))


def test_the_points_are_2000_test_digits_as_the_last_hidden_layer_has_them(at: AppTest) -> None:
    assert is_the_same_map(places(at, "map"), ready_maps(1)[-1])
    digits = np.frombuffer(base64.b64decode(component(at, "map")["digits"]), np.uint8)
    assert (digits >> 4).tolist() == labels().tolist()
    assert (digits & 15).tolist() == predict(*ready(), cached.load_mnist().test.X[::5]).argmax(axis=1).tolist()


def test_the_sentence_says_how_many_neighbours_are_alike_now_and_at_the_start(at: AppTest) -> None:
    maps = ready_maps(1)
    now, then = (share_in_words(points) for points in (maps[-1], maps[0]))
    assert f"{now} lie next to one of their own kind, at epoch 20; before it learned, {then} did." in words(at)
    first = page({"epoch": "0"})
    assert f"{then} lie next to one of their own kind, before it learned." in words(first)


def test_the_epoch_moves_the_points_along_the_same_axes(at: AppTest) -> None:
    then = page({"epoch": "1"})
    assert is_the_same_map(places(then, "map"), ready_maps(1)[1])
    assert not is_the_same_map(places(then, "map"), places(at, "map"))


@pytest.mark.parametrize(("word", "layer"), [("pixels", 0), ("scores", 2)])
def test_each_layer_has_a_map(word: str, layer: int) -> None:
    shown = page({"layer": word})
    assert is_the_same_map(places(shown, "map"), ready_maps(layer)[-1])
    assert ("No network changes that" in words(shown)) == (layer == 0)


@pytest.mark.parametrize("word", ["7", "2", "x", "", "pixel"])
def test_a_layer_that_is_none_shows_the_last_hidden_one(word: str, at: AppTest) -> None:
    assert component(page({"layer": word}), "map")["places"] == component(at, "map")["places"]


def test_layers_can_be_chosen_and_stay_in_the_address() -> None:
    at = page()
    at.segmented_control(key="choice_layer").set_value("scores").run()
    assert at.query_params["layer"] == "scores"
    assert "their scores z" in words(at)
    assert is_the_same_map(places(at, "map"), ready_maps(2)[-1])


@pytest.mark.parametrize(
    ("hidden", "word"),
    [((), "their scores z"), ((6, 5), "what hidden layer 2 makes"), ((4,), "what the hidden layer makes")],
)
def test_networks_of_every_depth_have_a_map(hidden: tuple[int, ...], word: str) -> None:
    at = page(state=of_file(drawn(hidden), hidden))
    assert f"placed by {word}" in words(at)
    assert len(places(at, "map")) == 2_000
    assert len(at.segmented_control(key="choice_layer").options) == len(hidden) + 2


def test_a_network_that_exploded_has_no_map_but_that_of_its_pixels() -> None:
    state = of_file(filled(mnist_spec((4,)), np.nan), (4,))
    says = words(page(state=state))
    assert NO_MAP in says
    assert HINT.replace("**", "") not in says  # there is nothing to draw a line around
    state.chosen = {"map": {"layer": "pixels"}}
    at = page(state=state)
    assert "The network has no answer to it" in words(at)
    assert len(places(at, "map")) == 2_000


def click(at: AppTest, monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> AppTest:
    """Let the map send what a hand has done: its callbacks run before the page is drawn."""
    given: list[Any] = []
    monkeypatch.setattr("ui.map.see.point_map", lambda *_, **callbacks: given.append(callbacks))
    at.run()
    monkeypatch.undo()
    given[-1][name](value)
    return checked(at.run())


def test_a_click_takes_a_digit_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    at = click(page(), monkeypatch, "on_take", 380)
    assert at.query_params["digit"] == "1900"
    assert component(at, "map")["inHand"] == 380
    truth = int(cached.load_mnist().test.labels[1900])
    assert f"In hand: test digit 1,900, a {truth}. It says" in words(at)
    assert any(link.proto.label == "Why?" for link in at.get("page_link"))


@pytest.mark.parametrize("own", [False, True])
def test_a_digit_that_is_no_point_lies_where_the_network_puts_it(*, own: bool) -> None:
    image = cached.load_mnist().test.X[1900]
    state = Visit(digit=own_digit(as_numbers(image).reshape(28, 28), is_photo=False)) if own else None
    at = page({} if own else {"digit": "1901"}, state)
    sent = component(at, "map")
    assert sent["inHand"] is None
    assert "the square shows where it lies" in words(at)
    if own:  # it is the twin of a point
        assert np.allclose(sent["beside"], places(at, "map")[380], atol=2e-3)


def test_the_lasso_lists_what_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page()
    assert HINT.replace("**", "") in words(at)
    click(at, monkeypatch, "on_pick", list(range(400)))
    truths = labels()[:400]
    answers = predict(*ready(), cached.load_mnist().test.X[:2000:5]).argmax(axis=1)
    most, n_wrong = np.bincount(truths), int((answers != truths).sum())
    assert f"400 digits: {most.max()} are {most.argmax()}s, " in words(at)
    assert f"; it errs on {n_wrong}." in words(at)
    shown = captions(at, "map_pictures")
    assert len(shown) == 60
    assert sum("said" in caption for caption in shown) == n_wrong
    assert "Shown are 60 of the 400, mistakes first" in words(at)
    assert HINT.replace("**", "") in words(press(at, "Clear"))


def test_a_picture_of_the_list_can_be_taken_and_the_list_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    at = click(page(), monkeypatch, "on_pick", [3, 1])
    given: list[Any] = []
    with monkeypatch.context() as patch:
        patch.setattr("ui.map.listed.gallery", lambda *_, **more: given.append(more))
        checked(at.run())
    given[-1]["on_click"](0)
    checked(at.run())
    assert at.query_params["digit"] in {"5", "15"}
    assert memory(at, MapMemory).picked == (3, 1)


class Slow(Making):
    """A map that is made when a test says so."""

    def __init__(self, values: Array) -> None:
        self.points = np.random.default_rng(0).standard_normal((len(values), 2)).astype(np.float32)
        self.goes_on = self.ended = False

    def moments(self) -> Iterator[Moment]:
        yield Moment(10, 750, self.points)
        until(lambda: self.goes_on or self.ended)
        if not self.ended:
            yield Moment(750, 750, self.points)

    def end(self) -> None:
        self.ended = True


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Slow]]:
    """The maps that are being made by t-SNE, the last one last."""
    begun: list[Slow] = []

    def begin(values: Array) -> Slow:
        begun.append(Slow(values))
        return begun[-1]

    jobs = MapJobs(runs(), begin)
    for module in ("view", "tsne", "jobs"):
        monkeypatch.setattr(f"ui.map.{module}.map_jobs", lambda: jobs)
    yield begun
    jobs.end_all()


def test_a_map_by_tsne_is_begun_watched_and_kept_for_all(made: list[Slow]) -> None:
    at = page({"method": "tsne"})
    assert "Until then you see PCA." in words(at)
    press(at, "Make the map")
    until(lambda: "Stop" in {button.label for button in checked(at.run()).button} and component(at, "map")["places"])
    until(lambda: "They are still on their way." in words(checked(at.run())))
    turned = turned_to(to_size(made[0].points), ready_maps(1)[-1])
    assert is_the_same_map(places(at, "map"), turned)
    made[0].goes_on = True
    until(lambda: "Stop" not in {button.label for button in checked(at.run()).button})
    assert f"{share_in_words(made[0].points)} lie next to one of their own kind, at epoch 20." in words(at)
    other = page({"method": "tsne"})
    assert component(other, "map")["places"] == component(at, "map")["places"]
    assert len(made) == 1
    assert "t-SNE has no place for it" in words(page({"method": "tsne", "digit": "1901"}))


def test_a_map_that_is_stopped_can_be_begun_again(made: list[Slow]) -> None:
    at = press(page({"method": "tsne", "layer": "pixels"}), "Make the map")
    until(lambda: made)
    press(at, "Stop")
    until(lambda: made[0].ended)
    assert "Until then you see PCA." in words(at)
    press(at, "Make the map")
    until(lambda: len(made) == 2)
    made[1].goes_on = True


def test_without_its_library_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = MapJobs(runs(), installed=lambda: False)
    for module in ("view", "tsne", "jobs"):
        monkeypatch.setattr(f"ui.map.{module}.map_jobs", lambda: jobs)
    at = press(page({"method": "tsne"}), "Make the map")
    assert NOT_INSTALLED in words(at)
    assert len(places(at, "map")) == 2_000


def test_a_network_that_learns_is_seen_as_it_is_now(learning: Visit) -> None:
    at = page(state=learning)
    before = places(at, "map")
    until(lambda: not np.array_equal(places(checked(at.run()), "map"), before))
    assert is_turned_to(places(at, "map"), before)
    state(at).chosen = {"map": {"method": "tsne"}}
    assert LEARNS in words(checked(at.run()))


def test_a_run_that_has_ended_is_seen_from_where_it_was_seen_on_the_way(learning: Visit) -> None:
    at = page(state=learning)
    run = runs().get(learning.run_id)
    assert run is not None
    live = places(at, "map")
    run.pause()
    until(lambda: not run.running)
    assert is_turned_to(places(checked(at.run()), "map"), live)
