"""A run goes on from its state to the bit: after stopping, on another server, and after kill -9 in the middle."""

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from fcnn import Dataset, State
from fcnn.mnist import Mnist
from runs.records import Change
from runs.status import Status
from store.store import Store
from tests.made_runs import CONFIG, MadeRun, few_data
from tests.networks import arrays
from tests.project import ROOT
from tests.store.conftest import Opened
from tests.store.keeping import ANNA, follow, kept, seen
from tests.waiting import until

LONG = replace(CONFIG, n_epochs=100_000)
LEARNS_AND_WRITES = """
import sys
from time import sleep

from threadpoolctl import threadpool_limits

import fcnn
from runs.run import Run
from runs.store_limits import StoreLimits
from runs.turns import Scheduler
from store.store import Store
from tests.made_runs import SPEC, few_data
from tests.store.keeping import ANNA
from tests.store.test_going_on import LONG

threadpool_limits(1, user_api="blas")
mnist = fcnn.load()
store = Store(sys.argv[1], StoreLimits(), None, None)
runs = []
keep = store.follow("run-1", sys.argv[2], lambda: runs[0].view() if runs else None, created=1)
runs.append(Run(SPEC, few_data(mnist), LONG, Scheduler(1), keep=keep))
while runs[0].view().status != "paused":
    sleep(0.001)
runs[0].resume()
while store.state("run-1") is None:
    store.flush()
print("learns", flush=True)
while True:
    store.flush()
"""


def same(one: State, other: State) -> bool:
    kept_arrays = [
        [array for params in (state.epoch.params, *state.learner.memory) for array in arrays(params)]
        for state in (one, other)
    ]
    figures = [replace(state.epoch, params=()) for state in (one, other)]
    learners = [(state.learner.n_updates, state.learner.random) for state in (one, other)]
    return (
        figures[0] == figures[1]
        and learners[0] == learners[1]
        and len(kept_arrays[0]) == len(kept_arrays[1])
        and all(map(np.array_equal, *kept_arrays))
    )


def states_of(run: MadeRun) -> list[State]:
    states: list[State] = []
    before = run.keep

    def keep(state: State) -> None:
        before(state)
        states.append(state)

    run.keep = keep
    return states


def state_of(store: Store) -> State:
    state = store.state("run-1")
    assert state is not None
    return state


@pytest.mark.parametrize(
    "change",
    [{}, {"optimizer": "gradient_descent"}, {"optimizer": "momentum", "dropout": 0.3, "l2": 0.01}],
    ids=["Adam", "gradient descent", "momentum, dropout, L2"],
)
def test_a_state_comes_back_to_the_bit(opened: Opened, data: Dataset, change: dict[str, object]) -> None:
    config = replace(CONFIG, **change)  # type: ignore[arg-type]
    first = opened()
    run = follow(first, MadeRun(data, config))
    states = states_of(run)
    run.learn(1.3)  # the newest state is that of epoch 1
    first.close()
    second = opened()
    assert same(state_of(second), states[1])
    again = follow(second, MadeRun(data, config, resume=state_of(second)))
    later = states_of(again)
    again.learn(8)
    whole = MadeRun(data, config)
    uninterrupted = states_of(whole)
    whole.learn(8)
    assert len(later) == 7
    assert all(map(same, later, uninterrupted[2:]))


def test_who_goes_on_keeps_what_was_there_before(opened: Opened, data: Dataset) -> None:
    first = opened()
    run = kept(first, data, n_epochs=1)
    assert first.rename("run-1", ANNA, "mine")
    run.change(learning_rate=0.02)
    run.learn(1.3)
    run.change(l2=0.01)  # of epoch 2, a part is lost
    first.close()
    second = opened()
    assert seen(second).status is Status.INTERRUPTED
    assert seen(second).records[-1].number > 1
    again = follow(second, MadeRun(data, run.config, resume=state_of(second)))
    again.learn(5)
    second.flush()
    view, line = seen(second), second.find("run-1")
    whole = MadeRun(data)
    whole.learn(1)
    whole.change(learning_rate=0.02, l2=0.01)
    whole.learn(5)
    assert line is not None
    assert (line.number, line.name, line.status) == (1, "mine", Status.RUNNING)
    assert [record._replace(seconds=0) for record in view.records] == [
        record._replace(seconds=0) for record in whole.view().records
    ]
    seconds = [record.seconds for record in view.records]
    assert seconds == sorted(seconds)
    assert line.seconds == seconds[-1] > again.view().records[-1].seconds
    assert view.changes == (Change(1, "learning_rate", 0.01, 0.02), Change(1, "l2", 0.0, 0.01))
    assert {0, 5} <= {epoch.number for epoch in view.epochs}
    assert {0 < epoch.number < 1 for epoch in view.epochs} == {True, False}  # moments of the first life
    again.learn(8)
    second.flush()
    line = second.find("run-1")
    assert line is not None
    assert (line.status, line.test is not None) == (Status.FINISHED, True)


def test_after_kill_9_it_stands_there_as_interrupted_and_goes_on_to_the_bit(
    place: str, opened: Opened, mnist: Mnist
) -> None:
    whole = MadeRun(few_data(mnist), LONG)
    expected, n_before = states_of(whole), 0
    for pause_s in (0.21, 0.057):  # killed at any moment, most of them in the middle of a write
        command = [sys.executable, "-c", LEARNS_AND_WRITES, place, ANNA]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout
        assert child.stdout.readline() == "learns\n"
        time.sleep(pause_s)
        child.kill()
        child.wait()
        child.stdout.close()
        store = opened()
        line, state = store.find("run-1"), state_of(store)
        assert line is not None
        assert line.status is Status.INTERRUPTED
        number = int(state.epoch.number)
        assert number >= 1
        n_before = max(n_before, number)
        whole.learn(n_before + 3)
        assert same(state, expected[number])
        again = MadeRun(few_data(mnist), LONG, resume=state)
        later = states_of(again)
        again.learn(number + 3)
        assert all(map(same, later, expected[number + 1 : number + 4]))
        assert len(later) == 3
        assert store.forget_all(ANNA) == 1
        store.close()


def test_while_it_learns_at_most_two_seconds_are_lost(store: Store, data: Dataset) -> None:
    run = follow(store, MadeRun(data, LONG))
    run.learn(1)
    until(lambda: store.state("run-1"), 3)
    start = time.monotonic()
    run.learn(2)
    until(lambda: state_of(store).epoch.number == 2, 5)
    assert time.monotonic() - start < 3.5  # two, and half a second to the next look, on a busy machine
