"""A network that was made on a page: in its owner's list to the bit, and shown on all pages; or why it is not kept."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn.initialization import Initialization, init_params
from fcnn.network import mnist_spec
from fcnn.types import Params
from runs.memory import MemoryBudget
from store.owners import owner_of
from store.store import Store
from tests.kept_visits import TOKEN
from tests.visits import checked, component, line, prepare, shown_title
from ui.keep_copy import BEYOND_USE, Made, keep_copy
from ui.keeping import OFF
from ui.network_shown import shown_network
from ui.server import runs
from ui.uploads import NO_MEMORY
from ui.visit import Visit

SPEC = mnist_spec((9,))
OWNER = owner_of(TOKEN)
NAME = "One step: 10 updates at 0.1 on *Ready-made*"


def made(seed: int = 0, name: str = NAME, number: float = 3) -> Made:
    return Made(name, SPEC, number, init_params(SPEC, Initialization(), rng=np.random.default_rng(seed)))


def same(one: Params, other: Params) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(a, b) for x, y in pairs for a, b in zip(x, y, strict=True))


def test_it_joins_its_owners_list_and_is_the_network_shown(store: Store) -> None:
    state = Visit(owner=OWNER, source="record", epoch=2, playing=True)
    outcome = keep_copy(state, made())
    assert outcome.shown
    assert outcome.words == f"`{NAME}` is in your list of runs now, and every page shows it."
    (run,) = store.runs_of(OWNER)
    assert (run.title, run.uploaded, run.settings.spec) == (NAME, True, SPEC)
    shown = shown_network(state)
    assert (shown.source, shown.number, state.playing, state.file_id) == ("file", 3, False, run.id)
    assert same(shown.params, made().params)
    model = store.model(run.id)
    assert model is not None
    assert same(model.params[-1], made().params)
    assert store.runs_of(owner_of("o" * 43)) == ()


def test_what_is_kept_does_not_follow_what_its_page_makes_of_it_later(store: Store) -> None:
    state, network = Visit(owner=OWNER), made()
    keep_copy(state, network)
    network.params[0].W[:] = 0
    assert same(shown_network(state).params, made().params)
    model = store.model(store.runs_of(OWNER)[0].id)
    assert model is not None
    assert same(model.params[-1], made().params)


def test_the_same_is_kept_once_and_another_beside_it(store: Store) -> None:
    state = Visit(owner=OWNER)
    for each in (made(), made(), made(1), made(0, "Lab: half of it")):
        assert keep_copy(state, each).shown
    assert len(store.runs_of(OWNER)) == 3
    assert state.file_name == "Lab: half of it"


@pytest.mark.usefixtures("one_browser")
@pytest.mark.parametrize("page", ["pages/train.py", "pages/runs.py"])
def test_it_stands_in_the_list_of_a_page_and_a_reload_finds_it(store: Store, page: str) -> None:
    keep_copy(Visit(owner=OWNER), made())
    (run,) = store.runs_of(OWNER)
    at = checked(prepare(page, {"run": run.id}).run())
    assert shown_title(at) == "Your network One step: 10 updates at 0.1 on\N{HORIZONTAL ELLIPSIS}: 784 x 9 x 10"
    assert line(at)["names"] == ["epoch 3"]
    if page == "pages/train.py":
        (entry,) = component(at, "run_list")["runs"]
        assert (entry["title"], entry["shown"]) == (NAME, True)
        assert "a network without history, 784 x 9 x 10" in str(entry)
    else:
        assert NAME in str(component(at, "runs_table"))


def test_without_a_store_it_is_shown_as_long_as_the_visit_lasts() -> None:
    state = Visit(owner=OWNER)
    outcome = keep_copy(state, made(2))
    assert outcome.shown
    assert outcome.words == f"Every page shows `{NAME}` now, but it is not in your list of runs. {OFF}"
    assert same(shown_network(state).params, made(2).params)
    assert state.file_id is None
    assert shown_title(checked(prepare("pages/weights.py", state=state).run())).startswith("Your network One step")


def test_where_pinned_runs_fill_the_list_it_is_said_and_none_of_them_goes(store: Store) -> None:
    few = replace(store._limits, visitor_runs=10)
    store._limits = few
    state = Visit(owner=OWNER)
    for seed in range(10):
        keep_copy(state, made(seed, f"number {seed}"))
    assert keep_copy(state, made(10, "in place of the first")).words.endswith("every page shows it.")
    for run in store.runs_of(OWNER):
        store.pin(run.id, OWNER, True)
    outcome = keep_copy(state, made(11))
    assert "There is no room for it beside your pinned runs" in outcome.words
    assert outcome.shown
    assert NAME not in [run.title for run in store.runs_of(OWNER)]


def test_a_disk_that_cannot_be_written_to_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store._database, "writing", refuse)
    outcome = keep_copy(Visit(owner=OWNER), made())
    assert outcome.shown
    assert "not in your list of runs. The disk is full, so that new runs are not kept just now." in outcome.words


def test_without_memory_all_stays_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    state = Visit(owner=OWNER, source="record")
    monkeypatch.setattr(runs()._sharing, "budget", MemoryBudget(5 * SPEC.n_parameters))
    outcome = keep_copy(state, made(20))
    assert not outcome.shown
    assert "MB of memory" in outcome.words or outcome.words == NO_MEMORY
    assert (state.source, state.file, store.runs_of(OWNER)) == ("record", None, ())


def test_its_memory_is_counted_as_long_as_it_is_shown() -> None:
    held = runs()._sharing.holdings.n_bytes
    before, state = held(), Visit(owner=OWNER)
    keep_copy(state, made(21))
    assert held() - before == 4 * SPEC.n_parameters
    keep_copy(state, made(22))
    assert held() - before == 4 * SPEC.n_parameters
    del state
    assert held() == before


def test_a_network_whose_numbers_exploded_is_not_kept(store: Store) -> None:
    network = made(30)
    network.params[1].b[3] = np.nan
    outcome = keep_copy(Visit(owner=OWNER), network)
    assert outcome == (False, BEYOND_USE)
    assert store.runs_of(OWNER) == ()
