"""Uploaded models in the list of kept runs: once each, shown on all pages by a click, and found again by a reload."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn import model_file
from fcnn.initialization import Initialization, init_params
from fcnn.model_file import Model
from fcnn.network import mnist_spec
from store.owners import owner_of
from store.store import Store
from tests.kept_visits import TOKEN, acted, keep_run
from tests.visits import checked, component, line, prepare, shown_title, state, words
from ui.menu import MENU
from ui.server import runs

pytestmark = pytest.mark.usefixtures("one_browser")
SPEC = mnist_spec((12,))
OWNER = owner_of(TOKEN)


def content(seed: int = 0, numbers: tuple[int, ...] = (0, 3)) -> bytes:
    rng = np.random.default_rng(seed)
    return model_file.save(Model(SPEC, numbers, tuple(init_params(SPEC, Initialization(), rng=rng) for _ in numbers)))


def upload(at: AppTest, file: bytes, name: str = "mine.npz") -> AppTest:
    at.file_uploader[0].set_value((name, file, "application/octet-stream"))
    return checked(at.run())


def home(**address: str) -> AppTest:
    return checked(prepare("streamlit_app.py", address).run())


def reloaded(at: AppTest, page: str = "streamlit_app.py") -> AppTest:
    """Open a page anew, with the words of the address."""
    address = {name: word if isinstance(word, str) else word[0] for name, word in at.query_params.items()}
    return checked(prepare(page, address).run())


def test_an_uploaded_model_joins_the_list_once(store: Store) -> None:
    at = upload(home(), content())
    assert "It stays in your list of runs." in words(at)
    upload(at, content(1), "other.npz")
    upload(home(), content(), "the same.npz")
    assert [(run.number, run.title, run.uploaded) for run in store.runs_of(OWNER)] == [
        (1, "mine.npz", True),
        (2, "other.npz", True),
    ]


def test_a_reload_finds_the_model_again_at_the_same_epoch(store: Store) -> None:
    at = upload(home(), content())
    state(at).epoch = 0
    checked(at.run())
    again = reloaded(at)
    assert "forgotten" not in words(again)
    assert shown_title(again) == "Your file mine.npz: 784 x 12 x 10"
    before, after = state(at).file, state(again).file
    assert before is not None
    assert after is not None
    assert after.numbers == before.numbers
    assert np.array_equal(after.params[-1][0].W, before.params[-1][0].W)
    assert line(again)["at"] == 0
    assert state(again).file_id == store.runs_of(OWNER)[0].id


@pytest.mark.parametrize("page", [page.file for page in MENU])
def test_the_link_of_a_model_shows_it_on_every_page(store: Store, page: str) -> None:
    upload(home(), content())
    at = checked(prepare(page, {"run": store.runs_of(OWNER)[0].id}).run())
    assert shown_title(at) == "Your file mine.npz: 784 x 12 x 10"


def test_to_others_it_is_the_file_of_somebody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = upload(home(), content())
    monkeypatch.setattr("ui.owner._cookie", lambda: "o" * 43)
    assert shown_title(reloaded(at)).startswith("Somebody's file mine.npz")
    assert store.runs_of(owner_of("o" * 43)) == ()


def test_a_click_in_the_list_of_runs_shows_it_and_the_run_stays_at_hand(store: Store) -> None:
    run_id = keep_run(store, TOKEN)
    store.add_model("a-model", OWNER, model_file.load(content()), "mine.npz")
    at = checked(prepare("pages/train.py", {"run": run_id}).run())
    acted(at, "a-model", "show")
    assert shown_title(at) == "Your file mine.npz: 784 x 12 x 10"
    assert [network["id"] for network in line(at)["networks"]][:2] == ["run", "file"]
    assert [entry["shown"] for entry in component(at, "run_list")["runs"]] == [True, False]
    acted(at, run_id, "show")
    assert shown_title(at) == "Your run: 784 x 4 x 10"


def test_a_model_that_was_deleted_is_said_to_be_gone_and_comes_back_with_the_next_upload(store: Store) -> None:
    at = upload(home(), content())
    (run,) = store.runs_of(OWNER)
    store.delete(run.id, OWNER)
    again = reloaded(at)
    assert "is no longer kept. Upload it again" in words(again)
    assert shown_title(again).startswith("Ready-made")
    assert "file" not in again.query_params
    upload(again, content())
    assert [kept.id for kept in store.runs_of(OWNER)] == [run.id]


def test_where_nothing_is_kept_a_reload_loses_the_model_and_that_is_said() -> None:
    at = upload(home(), content())
    assert "It stays" not in words(at)
    assert "a reload has forgotten the one that you had uploaded" in words(reloaded(at))


@pytest.mark.parametrize("file_id", ["no such", "x" * 5_000, "' OR 1=1 --", "of a run"])
def test_an_address_that_names_no_model_is_no_harm(store: Store, file_id: str) -> None:
    file_id = keep_run(store, TOKEN) if file_id == "of a run" else file_id
    at = home(net="file", file=file_id)
    assert "is no longer kept" in words(at)
    assert state(at).file is None
    assert "file" not in at.query_params


def test_a_kept_model_counts_in_the_account_of_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = upload(home(), content(99))  # a model of its own: one that another visit holds would cost nothing more
    monkeypatch.setattr(runs()._sharing, "budget", replace(runs().budget, n_bytes=50_000))
    again = reloaded(at)
    assert "MB of memory" in words(again)
    assert state(again).file is None
    assert [run.title for run in store.runs_of(OWNER)] == ["mine.npz"]
