"""Models that visitors bring count in the one account of memory, and are given back when they leave."""

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn import checkpoint
from fcnn.about import ModelFileError
from fcnn.background import Run
from fcnn.checkpoint import Model
from fcnn.config import TrainConfig
from fcnn.initialization import Initialization, init_params
from fcnn.memory import Room, need_of
from fcnn.mnist import Mnist
from fcnn.network import mnist_spec
from fcnn.runs import Runs
from fcnn.scheduler import Scheduler
from tests.visits import checked, component, prepare
from ui.state import AppState, runs
from ui.uploads import BusyError, bring_model, reading

SPEC = mnist_spec((12,))
NAME = "1. My *best* $model$ ![x](http://example.org/x.png) <b>.npz"


def file(seed: int = 0) -> bytes:
    return checkpoint.save(Model(SPEC, (3,), (init_params(SPEC, Initialization(), rng=np.random.default_rng(seed)),)))


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Memory for two models and the reading of one more."""
    one = 4 * SPEC.n_parameters
    room = Room(int(4.5 * one))
    monkeypatch.setattr(runs()._sharing, "room", room)
    yield room
    gc.collect()


@pytest.mark.usefixtures("room")
def test_what_does_not_fit_is_refused_and_the_model_before_stays() -> None:
    visitors = [AppState() for _ in range(3)]
    bring_model(visitors[0], file(0), "a.npz")
    bring_model(visitors[1], file(1), "b.npz")
    with pytest.raises(BusyError, match="no memory left"):
        bring_model(visitors[2], file(2), "c.npz")
    assert visitors[2].file is None
    with pytest.raises(BusyError):
        bring_model(visitors[0], file(3), "d.npz")
    assert visitors[0].file_name == "a.npz"


@pytest.mark.usefixtures("room")
def test_a_model_that_many_bring_is_there_once() -> None:
    class_of_thirty = [AppState() for _ in range(30)]
    for visitor in class_of_thirty:
        bring_model(visitor, file(4), "the same.npz")
    assert len({id(visitor.file) for visitor in class_of_thirty}) == 1


@pytest.mark.usefixtures("room")
def test_the_memory_of_those_who_have_left_is_there_for_others() -> None:
    visitors = [AppState(), AppState()]
    bring_model(visitors[0], file(5), "a.npz")
    bring_model(visitors[1], file(6), "b.npz")
    newcomer = AppState()
    with pytest.raises(BusyError):
        bring_model(newcomer, file(7), "c.npz")
    visitors.clear()
    gc.collect()
    bring_model(newcomer, file(7), "c.npz")
    bring_model(newcomer, file(8), "d.npz")  # in place of the one before


def test_a_bad_file_costs_nothing() -> None:
    before = runs()._sharing.holdings.n_bytes()
    with pytest.raises(ModelFileError):
        bring_model(AppState(), b"no model", "x.npz")
    assert runs()._sharing.holdings.n_bytes() == before


def test_what_is_held_is_not_there_for_runs(mnist: Mnist) -> None:
    config = TrainConfig(n_epochs=1)
    need = need_of(SPEC, config)
    account = Runs(room=Room(need.least + need.work + 1000))
    try:
        assert account.hold("a picture", 2000)
        run = Run(SPEC, mnist.split(), config, Scheduler(1), admitted=False)
        run_id = account.add(run)
        assert account.place_in_line(run_id) == 1
        account.let_go("a picture")
        account.share_out()
        assert account.place_in_line(run_id) == 0
        assert not account.hold("a picture", 2000)  # nothing is taken from a run
    finally:
        account.end_all()


def test_one_file_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.uploads.WAIT_S", 0.01)
    with reading(1000), pytest.raises(BusyError, match="busy"), reading(1000):
        pass
    with reading(1000):
        pass


def upload(content: bytes, name: str = NAME) -> AppTest:
    at = checked(prepare("streamlit_app.py").run())
    at.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return checked(at.run())


def test_a_model_that_is_brought_is_shown_on_the_page() -> None:
    at = upload(file(9))
    state: AppState = at.session_state["app"]
    assert state.source == "file"
    assert "is loaded" in at.success[0].value
    assert component(at, "home_weights")["captions"] == [""] * 12
    checked(at.run())  # the emptied place stays as it is
    assert state.file_name == NAME


def test_a_file_that_is_not_a_model_is_refused_beside_the_place_for_it() -> None:
    at = upload(b"no model")
    assert "not a model of this app" in at.error[0].value
    assert at.session_state["app"].source == "ready"


@pytest.mark.parametrize("content", [file(10), b"no model"], ids=["good", "bad"])
def test_the_name_of_a_file_is_never_markup(content: bytes) -> None:
    at = upload(content)
    said = [str(e.value) for e in (*at.markdown, *at.caption, *at.success, *at.error, *at.info)]
    naming = [text for text in said if "My" in text]
    assert naming
    for text in naming:
        code = text.split("`")[1]
        assert code.startswith("1. My *best* $model$ ![x](http")
        assert "My" not in text.replace(code, "")
