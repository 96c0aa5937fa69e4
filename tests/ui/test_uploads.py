"""Models that visitors bring count in the one account of memory, and are given back when they leave."""

import gc
import io
import json
import re
import sys
from collections.abc import Iterator
from weakref import finalize

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn import model_file
from fcnn.config import TrainConfig
from fcnn.initialization import Initialization, init_params
from fcnn.mnist import Mnist
from fcnn.model_file import Model
from fcnn.network import mnist_spec
from fcnn.reading.about import ModelFileError
from runs.memory import MemoryBudget, memory_of
from runs.registry import Runs
from runs.run import Run
from runs.turns import Scheduler
from tests.project import run_python
from tests.visits import checked, component, prepare
from tests.waiting import until
from ui.server import runs
from ui.uploads import BusyError, bring_model, reading
from ui.visit import Visit

SPEC = mnist_spec((12,))
NAME = "1. My *best* $model$ ![x](http://example.org/x.png) <b>.npz"


def file(seed: int = 0) -> bytes:
    return model_file.save(Model(SPEC, (3,), (init_params(SPEC, Initialization(), rng=np.random.default_rng(seed)),)))


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryBudget]:
    """Memory for two models and the reading of one more, beside what the page holds that a test has opened last."""
    one = 4 * SPEC.n_parameters
    gc.collect()
    budget = MemoryBudget(runs()._sharing.holdings.n_bytes() + int(4.5 * one))
    monkeypatch.setattr(runs()._sharing, "budget", budget)
    yield budget
    gc.collect()


@pytest.mark.usefixtures("budget")
def test_what_does_not_fit_is_refused_and_the_model_before_stays() -> None:
    visitors = [Visit() for _ in range(3)]
    bring_model(visitors[0], file(0), "a.npz")
    bring_model(visitors[1], file(1), "b.npz")
    with pytest.raises(BusyError, match="no memory left"):
        bring_model(visitors[2], file(2), "c.npz")
    assert visitors[2].file is None
    with pytest.raises(BusyError):
        bring_model(visitors[0], file(3), "d.npz")
    assert visitors[0].file_name == "a.npz"


@pytest.mark.usefixtures("budget")
def test_a_model_that_many_bring_is_there_once() -> None:
    class_of_thirty = [Visit() for _ in range(30)]
    for visitor in class_of_thirty:
        bring_model(visitor, file(4), "the same.npz")
    assert len({id(visitor.file) for visitor in class_of_thirty}) == 1


@pytest.mark.usefixtures("budget")
def test_the_memory_of_those_who_have_left_is_there_for_others() -> None:
    visitors = [Visit(), Visit()]
    bring_model(visitors[0], file(5), "a.npz")
    bring_model(visitors[1], file(6), "b.npz")
    newcomer = Visit()
    with pytest.raises(BusyError):
        bring_model(newcomer, file(7), "c.npz")
    visitors.clear()
    gc.collect()
    bring_model(newcomer, file(7), "c.npz")
    bring_model(newcomer, file(8), "d.npz")  # in place of the one before


def test_a_bad_file_costs_nothing() -> None:
    before = runs()._sharing.holdings.n_bytes()
    with pytest.raises(ModelFileError):
        bring_model(Visit(), b"no model", "x.npz")
    assert runs()._sharing.holdings.n_bytes() == before


def test_what_is_held_is_not_there_for_runs(mnist: Mnist) -> None:
    config = TrainConfig(n_epochs=1)
    need = memory_of(SPEC, config)
    account = Runs(budget=MemoryBudget(need.least + need.work + 1000))
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


def test_a_run_that_waits_for_the_memory_of_a_file_begins_by_itself(mnist: Mnist) -> None:
    config = TrainConfig(n_epochs=1)
    need = memory_of(SPEC, config)
    account = Runs(lease_s=2, budget=MemoryBudget(need.least + need.work + 1000))
    try:
        assert account.hold("a picture", 2000)
        run_id = account.add(Run(SPEC, mnist.split(), config, Scheduler(1), admitted=False))
        account.let_go("a picture")
        until(lambda: account.get(run_id) and account.place_in_line(run_id) == 0, 10)
    finally:
        account.end_all()


def test_who_has_left_is_noticed_and_their_memory_tidied_up() -> None:
    held, calls = [Visit()], list[str]()
    account = Runs(lease_s=1, tidy=lambda: calls.append("tidy"), forget=held.clear)
    finalize(held[0], account.let_go, "a model")
    try:
        account.hold("a model", 1000)
        until(lambda: calls, 10)
        assert calls == ["tidy"]
        assert account._sharing.holdings.n_bytes() == 0
    finally:
        account.end_all()


SIX_VISITORS = """
import gc, io, json, resource, zipfile
import numpy as np
from itertools import pairwise
from fcnn import model_file
from fcnn.model_file import Model
from fcnn.network import mnist_spec
from fcnn.types import Layer
from ui.server import limits, runs
from ui.visit import Visit
from ui.uploads import BusyError, bring_model

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

spec = mnist_spec((1024,) * 5)
layers = [Layer(np.zeros((i, o), np.float32), np.zeros(o, np.float32)) for i, o in pairwise(spec.sizes)]
first, files = model_file.save(Model(spec, (0, 1, 2), (tuple(layers),) * 3)), []
for n in range(6):
    buffer = io.BytesIO(first)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(f"note{n}.npy", b"")  # makes it another file
    files.append(buffer.getvalue())
runs(), gc.collect()
before, visitors, words = peak_mb(), [Visit() for _ in range(6)], set()
for visitor, file in zip(visitors, files):
    try:
        bring_model(visitor, file, "zeros.npz")
    except BusyError as error:
        words.add(str(error))
n_held = sum(visitor.file is not None for visitor in visitors)
print(json.dumps([n_held, peak_mb() - before, limits().runs_bytes / 1e6, sorted(words), max(map(len, files))]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
def test_six_visitors_with_large_models_take_no_more_than_the_account_allows() -> None:
    n_held, grown_mb, allowed_mb, words, largest = json.loads(run_python(SIX_VISITORS))
    assert largest < 120_000
    assert 2 <= n_held < 6
    assert grown_mb < allowed_mb
    assert [word for word in words if "no memory left" not in word] == []


def test_a_model_that_is_too_large_for_anybody_is_not_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(100_000))
    with pytest.raises(BusyError, match=r"0 MB for all its visitors together.*smaller file"):
        bring_model(Visit(), file(11), "a.npz")


def test_one_file_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.uploads.WAIT_S", 0.01)
    with reading(1000), pytest.raises(BusyError, match="busy"), reading(1000):
        pass
    with reading(1000):
        pass


def quoting(text: str) -> bytes:
    """Return a file whose format is this text."""
    about = np.frombuffer(json.dumps({"format": text}).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, about=about)
    return buffer.getvalue()


@pytest.mark.parametrize("text", ["![x](http://127.0.0.9/x.png)", "$a$ __b__ :red[c]", "\ud800" * 50, "x" * 9000])
def test_what_a_file_says_of_itself_is_never_markup_and_hardly_quoted(text: str) -> None:
    (error,) = upload(quoting(text), "a.npz").error
    assert len(error.value) < 300
    error.value.encode()
    assert not re.search(r"(?<!\\)[\[\]$_]|:(?=[a-z/])", error.value)


def upload(content: bytes, name: str = NAME) -> AppTest:
    at = checked(prepare("streamlit_app.py").run())
    at.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return checked(at.run())


def test_a_model_that_is_brought_is_shown_on_the_page() -> None:
    at = upload(file(9))
    state: Visit = at.session_state["app"]
    assert state.source == "file"
    assert "is loaded" in at.success[0].value
    assert component(at, "home_weights")["captions"] == [""] * 12
    checked(at.run())  # the emptied place stays as it is
    assert state.file_name == NAME


def test_a_file_that_is_not_a_model_is_refused_beside_the_place_for_it() -> None:
    at = upload(b"no model")
    assert "not a model of this app" in at.error[0].value
    assert at.session_state["app"].source == "ready"


def test_the_line_names_a_file_in_visible_letters_and_few_of_them() -> None:
    line = component(upload(file(12), "\u202e" + "x" * 5000 + ".npz"), "shown_line")
    (title,) = (network["title"] for network in line["networks"] if network["id"] == "file")
    assert title == f"Your file \N{REPLACEMENT CHARACTER}{'x' * 29}\N{HORIZONTAL ELLIPSIS}: 784 x 12 x 10"


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
