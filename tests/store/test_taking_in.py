"""Runs that come from elsewhere are there like others: with curves, figures, answers and networks, all or none."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn import Dataset
from fcnn.model_file import Model
from runs.kept import Curves
from runs.status import Status
from runs.store_limits import StoreLimits
from store.errors import NoRoomError
from store.store import Store
from store.taking_in import Brought
from tests.made_runs import SPEC
from tests.store.conftest import Opened
from tests.store.keeping import ANNA, BEN, kept, seen
from tests.waiting import Clock


def brought(store: Store, run_id: str = "run-1", **changed: object) -> Brought:
    """Return a kept run as it would come from a file."""
    line = store.find(run_id)
    assert line is not None
    model, answers = store.model(run_id), store.answers([run_id])
    made = Brought(line, store.curves([run_id])[run_id], lambda: model, answers.get(run_id))
    return replace(made, **changed)  # type: ignore[arg-type]


def only_network(store: Store, run_id: str) -> Model:
    model = store.network(run_id)
    assert model is not None
    assert len(model.numbers) == 1
    return model


def test_a_run_comes_back_as_it_was(store: Store, data: Dataset, clock: Clock) -> None:
    clock.now = 100.0
    kept(store, data)
    (new,) = store.take_in(BEN, [brought(store)])
    there, back = store.find("run-1"), store.find(new)
    assert there is not None
    assert back is not None
    assert repr(replace(back, id="run-1")) == repr(there)
    assert repr(store.curves([new])[new]) == repr(store.curves(["run-1"])["run-1"])
    assert np.array_equal(store.answers([new])[new], store.answers(["run-1"])["run-1"])
    assert store.is_owner(new, BEN)
    assert not store.is_owner(new, ANNA)
    before, after = seen(store), seen(store, new)
    assert [epoch.number for epoch in after.epochs] == [epoch.number for epoch in before.epochs]
    for one, other in zip(before.epochs, after.epochs, strict=True):
        assert repr(replace(one, params=(), best_loss=0.0)) == repr(replace(other, params=(), best_loss=0.0))
        assert all(np.allclose(a.W, b.W, atol=1e-3) for a, b in zip(one.params, other.params, strict=True))
    assert before.final is not None
    assert after.final is not None
    assert all(np.array_equal(a.W, b.W) for a, b in zip(before.final.params, after.final.params, strict=True))
    assert (after.status, after.epochs_done, after.share_done) == (before.status, 8, 1)


def test_runs_get_numbers_of_their_new_owner_in_the_order_in_which_they_come(store: Store, data: Dataset) -> None:
    kept(store, data, "run-1", 1)
    kept(store, data, "run-2", 1)
    ids = store.take_in(ANNA, [brought(store, "run-2"), brought(store, "run-1")])
    assert [(run.id, run.number) for run in store.runs_of(ANNA)][2:] == [(ids[0], 3), (ids[1], 4)]


@pytest.mark.parametrize(
    ("was", "status"),
    [(Status.RUNNING, Status.STOPPED), (Status.FAILED, Status.STOPPED), (Status.DIVERGED, Status.DIVERGED)],
)
def test_nothing_goes_on_with_a_run_that_came(store: Store, data: Dataset, was: Status, status: Status) -> None:
    kept(store, data)
    run = brought(store)
    (new,) = store.take_in(BEN, [replace(run, kept=replace(run.kept, status=was))])
    line = store.find(new)
    assert line is not None
    assert line.status is status
    assert store.state(new) is None


def test_without_a_network_a_run_is_its_figures_and_curves(store: Store, data: Dataset) -> None:
    kept(store, data)
    (new,) = store.take_in(BEN, [brought(store, model=lambda: None, answers=None)])
    assert seen(store, new).epochs == ()
    assert seen(store, new).final is None
    assert len(seen(store, new).records) == len(seen(store).records)
    assert store.network(new) is None
    assert store.answers([new]) == {}


def test_a_network_without_answers_is_asked(store: Store, data: Dataset) -> None:
    kept(store, data)
    (new,) = store.take_in(BEN, [brought(store, answers=None)])
    store.flush()
    assert np.array_equal(store.answers([new])[new], store.answers(["run-1"])["run-1"])


def test_networks_of_moments_that_nobody_wrote_down_are_left_out(store: Store, data: Dataset) -> None:
    kept(store, data)
    run = brought(store)
    few = Curves(run.curves.records[-1:], ())
    (new,) = store.take_in(BEN, [replace(run, curves=few)])
    assert [epoch.number for epoch in seen(store, new).epochs] == [8]


def test_a_model_that_was_brought_stays_one(store: Store, data: Dataset) -> None:
    kept(store, data)
    run = brought(store)
    model = only_network(store, "run-1")
    uploaded = replace(run.kept, uploaded=True, reached=None, test=None, name="m.npz")
    (new,) = store.take_in(BEN, [Brought(uploaded, Curves((), ()), lambda: model)])
    store.flush()
    line = store.find(new)
    assert line is not None
    assert line.uploaded
    assert line.test is not None
    assert only_network(store, new).numbers == (8,)
    assert store.view(new) is None


@pytest.mark.parametrize("limits", [StoreLimits(visitor_runs=10), StoreLimits(visitor_mb=10)])
def test_what_is_too_much_is_refused_and_nothing_is_lost(opened: Opened, data: Dataset, limits: StoreLimits) -> None:
    store = opened(limits=limits)
    kept(store, data)
    run = brought(store)
    heavy = replace(run, curves=Curves(run.curves.records * 900, ()))
    with pytest.raises(NoRoomError, match="There is no room for them"):
        store.take_in(ANNA, [heavy if limits.visitor_mb == 10 else run] * 10)
    assert [line.id for line in store.runs_of(ANNA)] == ["run-1"]
    assert store.problem == ""
    assert len(store.take_in(ANNA, [run] * 2)) == 2


def test_a_run_from_the_future_is_not_newer_than_others(store: Store, data: Dataset, clock: Clock) -> None:
    kept(store, data)
    run = brought(store)
    clock.now = 1_000.0
    (new,) = store.take_in(BEN, [replace(run, kept=replace(run.kept, created=4e9, name="a\x00" * 90))])
    line = store.find(new)
    assert line is not None
    assert line.created == 1_000
    assert line.name == "a" * 80


def test_the_same_model_is_there_once_and_comes_back_if_it_was_deleted(store: Store, data: Dataset) -> None:
    kept(store, data)
    model = only_network(store, "run-1")
    for _ in range(2):
        store.add_model("model", BEN, model, "m.npz")
    assert [line.id for line in store.runs_of(BEN)] == ["model"]
    assert store.delete("model", BEN)
    store.add_model("model", BEN, model, "m.npz")
    assert [(line.id, line.number) for line in store.runs_of(BEN)] == [("model", 1)]


def test_the_network_that_a_run_stands_for_is_loaded_alone(store: Store, data: Dataset) -> None:
    kept(store, data)
    final = seen(store).final
    assert final is not None
    network = only_network(store, "run-1")
    assert network.numbers == (final.number,)
    assert network.spec == SPEC
    assert all(np.array_equal(a.W, b.W) for a, b in zip(network.params[0], final.params, strict=True))
    assert store.network("nobody") is None
