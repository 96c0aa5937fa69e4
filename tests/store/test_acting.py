"""Rename, note, pin, delete and have back: for the owner of a run alone."""

from collections.abc import Callable

import pytest

from fcnn import Dataset
from runs.kept import KeptRun
from store.room import UNDO_S
from store.store import Store
from tests.made_runs import MadeRun
from tests.store.keeping import ANNA, BEN, follow, kept
from tests.waiting import Clock

ACTS: dict[str, Callable[[Store, str], bool]] = {
    "rename": lambda store, owner: store.rename("run-1", owner, "The wide one"),
    "annotate": lambda store, owner: store.annotate("run-1", owner, "Wider is better."),
    "pin": lambda store, owner: store.pin("run-1", owner, True),
    "delete": lambda store, owner: store.delete("run-1", owner),
}


def line_of(store: Store) -> KeptRun:
    line = store.find("run-1")
    assert line is not None
    return line


def test_an_owner_renames_notes_and_pins(store: Store, data: Dataset) -> None:
    kept(store, data)
    assert store.rename("run-1", ANNA, "  The <b>wide</b> one\x07 ")
    assert store.annotate("run-1", ANNA, "Wider\nis better. 数字")
    assert store.pin("run-1", ANNA, True)
    line = line_of(store)
    assert (line.title, line.note, line.pinned) == ("The <b>wide</b> one", "Wider\nis better. 数字", True)
    assert store.pin("run-1", ANNA, False)
    assert store.rename("run-1", ANNA, "")
    assert (line_of(store).pinned, line_of(store).title) == (False, "Run 1")


def test_what_somebody_writes_is_bounded(store: Store, data: Dataset) -> None:
    kept(store, data)
    assert store.rename("run-1", ANNA, "a" * 1_000_000)
    assert store.annotate("run-1", ANNA, "\ud800" * 1_000_000)
    assert (len(line_of(store).name), len(line_of(store).note)) == (80, 2_000)
    assert store.problem == ""


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nobody_else_does(store: Store, data: Dataset, act: Callable[[Store, str], bool]) -> None:
    kept(store, data)
    before = line_of(store)
    for stranger in (BEN, "", ANNA[:-1], "' OR 1=1 --"):
        assert not act(store, stranger)
    assert line_of(store) == before
    assert act(store, ANNA)
    assert store.find("run-1") != before


def test_a_deleted_run_is_not_there_and_can_be_had_back(store: Store, data: Dataset) -> None:
    kept(store, data)
    before = line_of(store)
    assert not store.undelete("run-1", ANNA)  # it is there
    assert store.delete("run-1", ANNA)
    assert not store.delete("run-1", ANNA)
    assert store.runs_of(ANNA) == ()
    assert not any(look("run-1") for look in (store.find, store.view, store.state, store.model))
    assert store.curves(["run-1"]) == store.answers(["run-1"]) == {}
    assert not store.rename("run-1", ANNA, "mine")
    assert not store.undelete("run-1", BEN)
    assert store.undelete("run-1", ANNA)
    assert line_of(store) == before
    assert "run-1" in store.answers(["run-1"])


def test_after_an_hour_it_is_gone_for_good(store: Store, data: Dataset, clock: Clock) -> None:
    kept(store, data)
    assert store.delete("run-1", ANNA)
    clock.now += UNDO_S - 1
    store.flush()
    assert store.undelete("run-1", ANNA)
    assert store.delete("run-1", ANNA)
    clock.now += UNDO_S + 1
    store.flush()
    assert not store.undelete("run-1", ANNA)


def test_a_run_that_was_deleted_for_good_while_it_learned_is_let_go(store: Store, data: Dataset, clock: Clock) -> None:
    run = kept(store, data, n_epochs=3)
    assert store.delete("run-1", ANNA)
    clock.now += UNDO_S + 1
    store.flush()
    run.learn(4)
    store.flush()
    assert not store.is_owner("run-1", ANNA)
    assert store.problem == ""


def test_everything_of_an_owner_is_forgotten_and_nothing_of_others(store: Store, data: Dataset) -> None:
    kept(store, data, "a", 2)
    kept(store, data, "b", 2)
    kept(store, data, "c", 2, BEN)
    waiting = follow(store, MadeRun(data), "d")
    waiting.learn(2)
    running = kept(store, data, "e", 2)
    assert store.delete("b", ANNA)
    assert store.forget_all(ANNA) == 3  # a, d or nothing of it yet, e
    running.learn(4)
    waiting.learn(4)
    store.flush()
    assert store.runs_of(ANNA) == ()
    assert not any(store.is_owner(run_id, ANNA) for run_id in "abde")
    assert not store.undelete("b", ANNA)
    assert [line.id for line in store.runs_of(BEN)] == ["c"]
    assert store.forget_all(ANNA) == 0


def test_a_run_that_somebody_else_keeps_under_this_id_stays_theirs(store: Store, data: Dataset) -> None:
    kept(store, data, n_epochs=3)
    before = line_of(store)
    store.unfollow("run-1")
    store.flush()
    follow(store, MadeRun(data), owner=BEN).learn(5)
    store.flush()
    assert store.runs_of(BEN) == ()
    assert line_of(store).reached == before.reached
    assert store.is_owner("run-1", ANNA)
    assert store.problem == ""
