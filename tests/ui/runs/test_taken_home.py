"""What is taken home from the Runs page: reports and files, brought back by another visitor; links; and forgetting."""

import gc
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from charts.look import look_of
from exports.report import MOST_RUNS
from fcnn import model_file
from fcnn.model_file import Model
from runs.status import Status
from store.owners import owner_of
from store.store import Store
from store.taking_in import Brought
from tests.exports.html_tree import Node, read_html
from tests.exports.made_runs import answers, curves, kept, params, settings
from tests.kept_runs import made_run
from tests.kept_visits import TOKEN, keep_run
from tests.visits import checked, memory, prepare, shown_title, words
from tests.waiting import until
from ui import take_home
from ui.menu import MENU
from ui.runs.memory import RunsMemory
from ui.runs.report_file import NEWEST, reported
from ui.runs.run_link import address_of
from ui.server import runs
from ui.visit import Visit

pytestmark = pytest.mark.usefixtures("one_browser")
OWNER, OTHER = owner_of(TOKEN), "o" * 43
Make = Callable[[], Any]


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Make]:
    """What the page offers: Streamlit makes a file only once a browser asks for it."""
    drawn: dict[str, Make] = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, make, **_: drawn.update({label: make}))
    return drawn


@pytest.fixture
def three(store: Store) -> list[str]:
    return list(store.take_in(OWNER, [made(i) for i in range(1, 4)]))


def made(number: int) -> Brought:
    """Return a run that nobody has trained, of 3 + number neurons."""
    run = kept(number, settings=settings((3 + number,), n_epochs=4), name="", note="", pinned=False, sweep="")
    model = Model(run.settings.spec, (0, 4), (params(run.settings, number), params(run.settings, 9 + number)))
    return Brought(run, curves(), lambda: model, answers(number))


def opened(picked: list[str] | None = None) -> AppTest:
    at = prepare("pages/runs.py")
    at.session_state[f"memory_{RunsMemory.__name__}"] = RunsMemory(picked=picked or [])
    return checked(at.run())


def as_another(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the visits to come be those of another browser, and return whose they are."""
    monkeypatch.setattr("ui.owner._cookie", lambda: OTHER)
    return owner_of(OTHER)


def bring(at: AppTest, content: bytes, name: str = "my-runs.zip") -> AppTest:
    at.file_uploader[0].set_value((name, content, "application/zip"))
    return checked(at.run())


def section_titles(page: Node) -> list[str]:
    return [h.text for h in page.all("h2") if h.attributes["id"].startswith("run-")]


def test_a_report_is_about_the_runs_that_are_picked(three: list[str], offers: Mapping[str, Make]) -> None:
    at = opened(three[1:])
    assert "of the 2 runs that you picked" in words(at)
    at.text_input(key="report_title").set_value("<b>Widths</b>").run()
    page = read_html(offers["Report (.html)"]())
    assert page.one("h1").text == "<b>Widths</b>"
    assert section_titles(page) == ["Run 2", "Run 3"]
    said = page.one("main").text
    assert "is the best of these by validation" in said
    assert "Chance makes such a difference" in said
    assert "What its first neurons look for" in said
    assert "were not kept" not in said
    colours = [svg.one("path").attributes["stroke"] for svg in page.all("svg", class_="swatch")][:2]
    assert colours == [look_of(2).colour, look_of(3).colour]


def test_where_none_is_picked_it_is_about_the_newest_and_says_so(three: list[str], offers: Mapping[str, Make]) -> None:
    assert three
    at = opened()
    assert "of your 3 runs" in words(at)
    assert section_titles(read_html(offers["Report (.html)"]())) == ["Run 1", "Run 2", "Run 3"]


def test_a_report_is_about_no_more_runs_than_it_holds() -> None:
    many = [made_run(i) for i in range(1, 35)]
    newest, picked = reported(many, []), reported(many, many)
    assert [run.number for run in newest.runs] == list(range(35 - NEWEST, 35))
    assert newest.which == f"your newest {NEWEST} runs: pick others in the table"
    assert len(picked.runs) == MOST_RUNS
    assert picked.which == f"the newest {MOST_RUNS} of the 34 runs that you picked: a report holds {MOST_RUNS} at most"
    assert reported(many, many[:1]).which == "the run that you picked"


def test_all_runs_come_back_to_another_visitor_as_they_were(
    three: list[str], offers: Mapping[str, Make], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rename(three[0], OWNER, "My **first**")
    at = opened()
    assert "The file holds your 3 runs, with the networks that are kept of each." in words(at)
    content = offers["All my runs (.zip)"]()
    other = as_another(monkeypatch)
    at = bring(opened(), content)
    assert "3 runs are back: they are numbers 1 to 3 of your list." in words(at)
    mine, theirs = store.runs_of(OWNER), store.runs_of(other)
    assert [repr(replace(run, id="")) for run in theirs] == [repr(replace(run, id="")) for run in mine]
    assert not {run.id for run in theirs} & set(three)
    for one, back in zip(mine, theirs, strict=True):
        curves = store.curves([one.id, back.id])
        assert repr(curves[one.id]) == repr(curves[back.id])
        before, after = store.view(one.id), store.view(back.id)
        assert before is not None
        assert after is not None
        assert before.final is not None
        assert after.final is not None
        assert np.array_equal(before.final.params[0].W, after.final.params[0].W)
        assert [epoch.number for epoch in before.epochs] == [epoch.number for epoch in after.epochs]
    at = bring(at, content)
    assert "numbers 4 to 6" in words(at)


@pytest.mark.parametrize("page", [page.file for page in MENU])
def test_every_page_shows_a_run_that_came_back_without_networks(
    three: list[str], offers: Mapping[str, Make], store: Store, page: str
) -> None:
    assert three
    opened()
    with zipfile.ZipFile(io.BytesIO(offers["All my runs (.zip)"]())) as whole:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as bare:
            for name in whole.namelist():
                if not name.endswith((".npz", "answers.txt")) and "run-0001" in name:
                    bare.writestr(name, whole.read(name))
    bring(opened(), buffer.getvalue())
    back = store.runs_of(OWNER)[-1]
    at = checked(prepare(page, {"run": back.id}).run())
    assert at.session_state["app"].run_id == back.id
    assert shown_title(at).endswith("since the run's own was not kept")


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + 200 * b"\0"])
def test_a_file_that_holds_no_runs_is_refused_beside_the_place_for_it(store: Store, content: bytes) -> None:
    at = bring(opened(), content, "1. **my** runs.zip")
    (error,) = at.error
    assert "1. **my** runs.zip`: This file does not hold runs" in error.value
    assert store.runs_of(OWNER) == ()
    assert store.problem == ""


def test_a_file_that_is_too_much_for_the_list_is_refused_and_nothing_is_lost(
    three: list[str], offers: Mapping[str, Make], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    content = offers["All my runs (.zip)"]()
    monkeypatch.setattr(store, "_limits", replace(store._limits, visitor_runs=10))
    at = opened()
    for _ in range(2):
        bring(at, content)
    bring(at, content)
    assert "There is no room for them in your list" in at.error[0].value
    assert len(store.runs_of(OWNER)) == 9
    assert set(three) <= {run.id for run in store.runs_of(OWNER)}


def test_a_file_that_is_brought_counts_in_the_account_of_memory(
    three: list[str], offers: Mapping[str, Make], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    content = offers["All my runs (.zip)"]()
    at = opened()
    gc.collect()  # visits of other tests let go of what they hold
    before = runs()._sharing.holdings.n_bytes()
    monkeypatch.setattr(runs()._sharing, "budget", replace(runs().budget, n_bytes=10_000))
    bring(at, content)
    assert "MB of memory" in at.error[0].value
    assert len(store.runs_of(OWNER)) == len(three)
    assert runs()._sharing.holdings.n_bytes() <= before


def test_a_link_shows_a_run_to_others_who_cannot_act(three: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Pick one run in the table" in words(opened())
    at = opened(three[:1])
    assert "Anyone with this link can look at" in words(at)
    address = urlsplit(next(code.value for code in at.code if "run=" in code.value))
    assert address.path.endswith("/train")
    as_another(monkeypatch)
    at = checked(prepare("pages/train.py", {"run": parse_qs(address.query)["run"][0]}).run())
    assert "You are watching somebody's run" in words(at)
    assert shown_title(at).startswith("Somebody's run: 784 x 4 x 10")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://school.example/runs?a=b#c", "http://school.example/train?run=an-id"),
        ("https://x.example/digits/runs", "https://x.example/digits/train?run=an-id"),
    ],
)
def test_a_link_leads_to_the_page_beside(url: str, address: str) -> None:
    assert address_of(url, "an-id") == address


def test_a_server_that_keeps_nothing_offers_nothing(offers: Mapping[str, Make]) -> None:
    at = opened()
    assert offers == {}
    assert len(at.file_uploader) == 0
    assert not any(button.key == "forget" for button in at.button)


def forget(at: AppTest) -> AppTest:
    return checked(at.button(key="forget").click().run())


def test_what_will_be_gone_is_said_before(three: list[str], store: Store) -> None:
    store.pin(three[0], OWNER, True)
    said = words(opened())
    assert "3 runs, 1 of them pinned, with networks, names and notes: gone for good" in said
    assert "There is no account: a cookie of this browser" in said
    assert "of more than 500, or 400 MB" in said


def test_all_of_a_visitor_is_forgotten_and_nothing_of_others(
    three: list[str], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = keep_run(store, OTHER)
    at = opened(three[:1])
    state: Visit = at.session_state["app"]
    forget(at)
    assert "Everything of yours is deleted: 3 runs." in words(at)
    assert store.runs_of(OWNER) == ()
    assert [run.id for run in store.runs_of(owner_of(OTHER))] == [theirs]
    assert state.token != TOKEN
    assert state.former_token == TOKEN
    assert state.owner == owner_of(state.token)
    assert memory(at, RunsMemory).picked == []
    at = checked(prepare("pages/train.py", {"run": three[0]}).run())
    assert "does not know the run in your address" in words(at)
    assert "Everything of yours" not in words(checked(at.run()))
    as_another(monkeypatch)
    assert "1 run" in words(opened())


def test_a_run_that_learns_ends_and_whoever_watches_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = checked(prepare("pages/train.py", {"hidden": "8", "epochs": "100000", "images": "500"}).run())
    next(button for button in at.button if button.label == "Start").click()
    checked(at.run())
    run_id = at.session_state["app"].run_id
    run = runs().get(run_id)
    assert run is not None
    until(lambda: len(run.view().whole) > 1)
    store.flush()
    forget(checked(at.switch_page("pages/runs.py").run()))
    assert run.view().status is Status.CLOSED
    assert runs().get(run_id) is None
    store.flush()
    assert store.find(run_id) is None
    as_another(monkeypatch)
    at = checked(prepare("pages/train.py", {"run": run_id}).run())
    assert "was deleted by its owner" in words(at)


def test_a_report_and_a_file_hold_a_model_that_was_brought(store: Store, offers: Mapping[str, Make]) -> None:
    run_id = keep_run(store, TOKEN)
    model = store.network(run_id)
    assert model is not None
    store.add_model("a-model", OWNER, model, "mine.npz")
    store.flush()
    opened()
    page = read_html(offers["Report (.html)"]())
    assert section_titles(page) == ["Run 1", "mine.npz"]
    with zipfile.ZipFile(io.BytesIO(offers["All my runs (.zip)"]())) as archive:
        back = model_file.load(archive.read("run-0002/networks.npz"))
    assert np.array_equal(back.params[-1][0].W, model.params[-1][0].W)
    assert take_home.MAX_UPLOAD_MB == 24
