"""What the store keeps of a run comes back as it was: figures to the bit, networks without another answer."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn import Dataset, Epoch, predict
from fcnn.config import Settings
from fcnn.mnist import Mnist
from fcnn.model_file import Model
from runs.status import Status
from store.owners import new_token
from store.store import Store
from tests.made_runs import CONFIG, SPEC, MadeRun
from tests.networks import arrays
from tests.store.conftest import Opened
from tests.store.keeping import ANNA, BEN, follow, kept, seen
from tests.waiting import until


def without_networks(epoch: Epoch) -> Epoch:
    return replace(epoch, params=())


def test_a_run_is_a_line_of_its_owners_list(store: Store, data: Dataset) -> None:
    run = kept(store, data)
    (line,) = store.runs_of(ANNA)
    live = run.view()
    assert (line.id, line.number, line.title, line.status) == ("run-1", 1, "Run 1", Status.FINISHED)
    assert line.settings == Settings(SPEC, CONFIG)
    assert line.reached == live.records[-1]
    assert (line.seconds, line.created) == (live.records[-1].seconds, 5.0)
    assert store.find("run-1") == line
    assert store.runs_of(BEN) == ()
    assert store.problem == ""


def test_it_looks_as_it_did_live(store: Store, data: Dataset) -> None:
    run = follow(store, MadeRun(data))
    run.learn(2)
    run.change(learning_rate=0.005)
    run.learn(8)
    store.flush()
    live, view = run.view(), seen(store)
    assert view.records == live.records
    assert (view.spec, view.config, view.status, view.n_train) == (live.spec, live.config, live.status, live.n_train)
    assert view.changes == live.changes
    assert view.progress == live.progress
    assert live.final is not None
    assert view.final is not None
    assert without_networks(view.final) == without_networks(live.final)
    assert {epoch.number for epoch in view.epochs} <= {epoch.number for epoch in live.epochs}
    curves = store.curves(["run-1", "unknown"])
    assert curves.keys() == {"run-1"}
    assert (curves["run-1"].records, curves["run-1"].changes) == (live.records, live.changes)


def test_networks_come_back_as_float32_and_answer_the_same(store: Store, data: Dataset, mnist: Mnist) -> None:
    live, view = kept(store, data).view(), seen(store)
    of_live = {epoch.number: epoch.params for epoch in live.epochs}
    assert len(view.epochs) == 12
    for epoch in view.epochs:
        exact = of_live[epoch.number]
        for one, other in zip(arrays(epoch.params), arrays(exact), strict=True):
            assert one.dtype == np.float32
            assert not one.flags.writeable
            assert np.allclose(one, other, rtol=2**-10, atol=1e-4 * abs(other).max())
        answers, expected = (predict(SPEC, params, mnist.test.X) for params in (epoch.params, exact))
        assert abs(answers - expected).max() < 5e-3
        sure = np.sort(expected)[:, -1] - np.sort(expected)[:, -2] > 1e-2
        assert (answers.argmax(axis=1) == expected.argmax(axis=1))[sure].all()


def test_the_network_that_a_run_stands_for_is_kept_to_the_bit(store: Store, data: Dataset) -> None:
    run = kept(store, data, n_epochs=4)
    run.status = Status.STOPPED
    store.flush()
    final, view = run.view().final, seen(store)
    assert final is not None
    assert view.final is not None
    assert all(map(np.array_equal, arrays(view.final.params), arrays(final.params)))
    back = store.model("run-1")
    assert back is not None
    assert all(map(np.array_equal, arrays(back.params[-1]), arrays(final.params)))


def test_it_is_written_while_it_learns_without_being_asked(store: Store, data: Dataset) -> None:
    run = follow(store, MadeRun(data))
    assert store.is_owner("run-1", ANNA)  # before anything is written
    run.learn(1)
    until(lambda: store.find("run-1"), 5)
    line = store.find("run-1")
    assert line is not None
    assert line.status is Status.RUNNING
    assert line.test is None
    run.learn(8)
    until(lambda: (line := store.find("run-1")) and line.status is Status.FINISHED and line.test, 5)


def test_a_run_that_was_only_prepared_takes_no_number(store: Store, data: Dataset) -> None:
    prepared, run = follow(store, MadeRun(data), "prepared"), MadeRun(data)
    prepared.learn(0)
    store.flush()
    assert store.find("prepared") is None
    prepared.status = Status.CLOSED
    follow(store, run)
    run.learn(1)
    store.flush()
    assert [(line.id, line.number) for line in store.runs_of(ANNA)] == [("run-1", 1)]
    assert not store.is_owner("prepared", ANNA)  # it is let go of


def test_numbers_count_for_each_owner_and_are_never_given_twice(store: Store, data: Dataset) -> None:
    kept(store, data, "a", 1)
    kept(store, data, "b", 1, BEN)
    kept(store, data, "c", 1)
    assert store.delete("c", ANNA)
    kept(store, data, "d", 1)
    assert [(line.id, line.number) for line in store.runs_of(ANNA)] == [("a", 1), ("d", 3)]
    assert [(line.id, line.number) for line in store.runs_of(BEN)] == [("b", 1)]


def test_at_its_end_it_is_asked_about_the_test_set_once(store: Store, data: Dataset, mnist: Mnist) -> None:
    run = kept(store, data, n_epochs=4)
    assert store.answers(["run-1"]) == {}
    run.status = Status.STOPPED
    store.flush()
    final = run.view().final
    assert final is not None
    expected = predict(SPEC, final.params, mnist.all_train.X[:50]).argmax(axis=1)
    digits = store.answers(["run-1"])["run-1"]
    assert digits.dtype == np.uint8
    assert np.array_equal(digits, expected)
    line = store.find("run-1")
    assert line is not None
    assert line.test is not None
    assert line.test.accuracy == (expected == mnist.all_train.labels[:50]).mean()
    run.status = Status.RUNNING  # 'Continue': another network will stand for it
    run.learn(5)
    store.flush()
    line = store.find("run-1")
    assert line is not None
    assert line.test is None
    assert store.answers(["run-1"]) == {}


def test_a_run_that_exploded_has_no_test_figures_and_no_way_on(store: Store, data: Dataset) -> None:
    run = follow(store, MadeRun(data, replace(CONFIG, learning_rate=1000.0, optimizer="gradient_descent", l2=10.0)))
    run.learn(8)
    store.flush()
    view, line = seen(store), store.find("run-1")
    assert line is not None
    assert line.status is view.status is Status.DIVERGED
    assert line.test is None
    assert store.answers(["run-1"]) == {}
    assert store.state("run-1") is None
    assert repr(view.records) == repr(run.view().records)  # nan is not itself
    assert view.final is not None
    assert view.final.diverged


def test_the_best_epoch_stands_for_a_run_that_asks_for_it(store: Store, data: Dataset) -> None:
    run = follow(store, MadeRun(data, replace(CONFIG, restore_best=True)))
    run.learn(4)
    run.change(learning_rate=2.0)  # from here on it gets worse
    run.learn(6)
    store.flush()
    line = store.find("run-1")
    assert line is not None
    assert line.reached is not None
    assert line.reached.number == 6  # as long as it goes on, the newest
    run.learn(8)
    store.flush()
    live, view, line = run.view().final, seen(store).final, store.find("run-1")
    assert live is not None
    assert line is not None
    assert live.number <= 4
    assert view == replace(live, params=view.params if view else ())
    assert line.reached is not None
    assert line.reached.number == live.number


def test_the_list_says_how_it_stands_when_the_run_is_gone(store: Store, data: Dataset) -> None:
    finished, halted = kept(store, data, "finished"), kept(store, data, "halted", 3)
    for run in (finished, halted):
        run.status = Status.CLOSED
    store.flush()
    assert {line.id: line.status for line in store.runs_of(ANNA)} == {
        "finished": Status.FINISHED,
        "halted": Status.INTERRUPTED,
    }
    last = kept(store, data, "left", 3)
    last.learn(4)
    store.unfollow("left")
    last.learn(5)  # nobody sees it any more
    store.flush()
    assert seen(store, "left").status is Status.INTERRUPTED
    assert seen(store, "left").records[-1].number == 4


def test_what_passed_in_slow_motion_makes_way(store: Store, data: Dataset) -> None:
    run = kept(store, data, n_epochs=3)
    view = run.view()
    run.view = lambda: replace(view, records=view.records[:-1], epochs=view.epochs[:-1])  # type: ignore[method-assign]
    follow(store, run)
    store.flush()
    assert seen(store).records == view.records[:-1]
    assert {epoch.number for epoch in seen(store).epochs} == {epoch.number for epoch in view.epochs[:-1]}


def test_an_uploaded_model_is_a_run_without_history(store: Store, data: Dataset, mnist: Mnist) -> None:
    epochs = kept(store, data).view().epochs[:3]
    model = Model(SPEC, tuple(epoch.number for epoch in epochs), tuple(epoch.params for epoch in epochs))
    store.add_model("model", ANNA, model, "  From\x00 home\ud800 " + "a" * 200)
    store.flush()
    line, back = store.find("model"), store.model("model")
    assert line is not None
    assert (line.number, line.uploaded, line.status, line.reached) == (2, True, Status.FINISHED, None)
    assert line.name == "From home? " + "a" * 69
    assert line.settings.spec == SPEC
    assert line.test is not None
    assert len(store.answers(["model"])["model"]) == 50
    assert back is not None
    assert back.numbers == model.numbers
    one, other = (predict(SPEC, m.params[0], mnist.test.X[:100]) for m in (back, model))
    assert np.allclose(one, other, atol=5e-3)
    assert all(map(np.array_equal, arrays(back.params[-1]), arrays(model.params[-1])))
    assert store.view("model") is None
    assert store.curves(["model"])["model"] == ((), ())


@pytest.mark.parametrize("run_id", ["", "no such run", "x" * 100_000, "\x00", "\ud800", "'; DROP TABLE run; --"])
def test_what_is_no_id_is_no_run(store: Store, run_id: str) -> None:
    assert not any(look(run_id) for look in (store.find, store.view, store.state, store.model))
    assert not store.is_owner(run_id, ANNA)
    assert store.curves([run_id]) == store.answers([run_id]) == {}
    assert not store.rename(run_id, ANNA, "mine")
    assert store.problem == ""
    with pytest.raises(ValueError, match="a run needs an id"):
        store.follow(run_id + "!", ANNA, lambda: None, created=0)


def test_a_token_is_never_an_owner(store: Store) -> None:
    with pytest.raises(ValueError, match="the hash of a token"):
        store.follow("run-1", new_token(), lambda: None, created=0)


def test_it_is_there_for_the_next_server(opened: Opened, data: Dataset) -> None:
    first = opened()
    kept(first, data)
    before = first.find("run-1"), first.curves(["run-1"]), first.answers(["run-1"])["run-1"].tolist()
    first.close()
    second = opened()
    assert (second.find("run-1"), second.curves(["run-1"]), second.answers(["run-1"])["run-1"].tolist()) == before


def test_answers_that_were_due_when_the_server_ended_are_asked_for_later(opened: Opened, data: Dataset) -> None:
    first = opened()
    run = kept(first, data, n_epochs=3)
    run.status = Status.STOPPED
    first._answering.one = lambda: False  # type: ignore[method-assign]
    first.close()
    second = opened()
    second.flush()
    line = second.find("run-1")
    assert line is not None
    assert line.test is not None
