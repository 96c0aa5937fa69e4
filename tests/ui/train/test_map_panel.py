"""The map on Train, in the place of the curves: of whichever network is shown, live, and shared by all who watch."""

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from charts.answers import percent
from fcnn.config import TrainConfig
from fcnn.inside import digit_map
from fcnn.inside.digit_map import share_alike
from fcnn.inside.maps import draw_live, to_size, values_in
from fcnn.mnist import N_VALIDATION, Dataset, Mnist
from fcnn.network import mnist_spec, predict
from runs.run import Run
from runs.turns import Scheduler
from tests.maps_on_pages import is_turned_to, places
from tests.networks import few_digits, filled, ready
from tests.visits import checked, component, prepare, visit_of, words
from tests.waiting import until
from ui import map_shown
from ui.map_digits import N_LIVE, map_digits
from ui.server import runs
from ui.train.map_panel import NO_MAP
from ui.visit import Visit


def page(state: Visit | None = None, curve: str = "map") -> AppTest:
    return checked(prepare("pages/train.py", {} if state else {"curve": curve}, state).run())


def digits(mnist: Mnist) -> tuple[Any, Any]:
    X, labels = (part[-N_VALIDATION:] for part in mnist.all_train)
    return X[::9][:N_LIVE], labels[::9][:N_LIVE]  # an odd step: two collections of handwriting take turns


def test_without_a_run_it_is_a_map_of_the_network_that_is_shown(mnist: Mnist) -> None:
    at, (X, labels) = page(), digits(mnist)
    spec, params = ready()
    points = draw_live(values_in(spec, params, X, 1), None)
    assert points is not None
    assert np.allclose(to_size(places(at, "train_map")), points, atol=2e-3)
    sent = np.frombuffer(base64.b64decode(component(at, "train_map")["digits"]), np.uint8)
    assert (sent >> 4).tolist() == labels.tolist()
    assert (sent & 15).tolist() == predict(spec, params, X).argmax(axis=1).tolist()
    alike = percent(share_alike(points, labels), 0).replace("\N{NO-BREAK SPACE}", " ")
    assert f"500 digits: {alike} lie beside their own kind" in words(at)


def test_the_switch_leads_to_the_map_and_back(learning: Visit) -> None:
    at = page(learning)
    at.segmented_control(key="choice_curve").set_value("map").run()
    assert at.query_params["curve"] == "map"
    assert "500 digits it does not learn from" in words(at)
    at.segmented_control(key="choice_curve").set_value("loss").run()
    assert component(checked(at), "loss")["alt"].startswith("Loss")


def test_a_click_takes_a_digit_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    at, given = page(), list[Any]()
    with monkeypatch.context() as patch:
        patch.setattr("ui.train.map_panel.point_map", lambda *_, **more: given.append(more))
        patch.setattr("ui.train.map_panel.redraw", lambda: None)
        checked(at.run())
        given[-1]["on_take"](7)
    assert component(checked(at.run()), "train_map")["inHand"] == 7
    assert at.session_state["app"].digit.of == "validation"


@pytest.fixture
def learning(mnist: Mnist) -> Iterator[Visit]:
    data = Dataset(few_digits(mnist, 200), few_digits(mnist, 50, 300), mnist.test)
    run = Run(mnist_spec((6,)), data, TrainConfig(n_epochs=10_000, batch_size=None), Scheduler(1))
    with visit_of(run) as visit:
        until(lambda: run.view().epochs)
        yield visit


def test_all_who_watch_a_run_share_its_maps(learning: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []

    def count(*args: Any) -> Any:  # noqa: ANN401
        made.append(1)
        return digit_map.map_live(*args)

    monkeypatch.setattr(map_shown, "map_live", count)
    run = runs().get(learning.run_id)
    assert run is not None
    view = run.view()
    number, params = view.epochs[-1].number, view.epochs[-1].params
    live = map_shown.live_maps().of("shared", "validation", 1)
    drawn = [live.at(number, view.spec, params, map_digits("validation"), 1) for _ in range(30)]
    assert len(made) == 1
    assert all(one is drawn[0] for one in drawn)


def test_moments_that_are_kept_are_few_and_an_earlier_one_is_no_picture_to_turn_to(learning: Visit) -> None:
    run = runs().get(learning.run_id)
    assert run is not None
    spec, params, of = run.view().spec, run.view().epochs[-1].params, map_digits("validation")
    live = map_shown.LiveMap()
    for number in range(20):
        live.at(number, spec, params, of, 1)
    assert len(live._moments) == map_shown.MOST_MOMENTS
    newest = live.newest
    live.at(3.5, spec, params, of, 1)
    assert live.newest is newest
    maps = map_shown.LiveMaps()
    for i in range(100):
        maps.of(str(i), "test", 1)
    assert len(maps._maps) == map_shown.MOST_LIVE


def test_it_moves_in_place_while_the_run_learns_and_does_not_jump(learning: Visit) -> None:
    learning.chosen = {"train": {"curve": "map"}}
    at = page(learning)
    before = places(at, "train_map")
    until(lambda: not np.array_equal(places(checked(at.run()), "train_map"), before))
    assert is_turned_to(places(at, "train_map"), before)


def test_a_network_that_exploded_has_no_map(monkeypatch: pytest.MonkeyPatch, learning: Visit) -> None:
    learning.chosen = {"train": {"curve": "map"}}
    broken = filled(mnist_spec((6,)), np.nan)
    shown = map_shown.map_shown
    monkeypatch.setattr(
        "ui.train.map_panel.map_shown", lambda s, n, *a: shown(s, n._replace(name="broken", params=broken), *a)
    )
    at = page(learning)
    assert NO_MAP in words(at)
    assert at.segmented_control(key="choice_curve").value == "map"
