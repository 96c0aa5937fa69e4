"""Several servers on one PostgreSQL: each marks the runs of those that have ended, and of no other."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from fcnn import Dataset
from runs.status import Status
from store.store import Store
from tests.made_runs import MadeRun
from tests.postgresql import Cluster
from tests.project import ROOT
from tests.store.conftest import Opened
from tests.store.keeping import ANNA, follow, kept
from tests.waiting import until

FOLLOWS = """
import sys
import fcnn
from runs.store_limits import StoreLimits
from store.store import Store
from tests.made_runs import MadeRun, few_data
from tests.store.keeping import follow

store = Store(sys.argv[1], StoreLimits(), None, None)
run = follow(store, MadeRun(few_data(fcnn.load())), "theirs", sys.argv[2])
run.learn(1)
store.flush()
print("follows", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(cluster: Cluster) -> str:
    return cluster.empty()


def status_of(store: Store, run_id: str) -> Status:
    line = store.find(run_id)
    assert line is not None
    return line.status


def test_the_runs_of_a_living_server_are_left_alone_until_it_is_killed(
    place: str, opened: Opened, data: Dataset
) -> None:
    command = [sys.executable, "-c", FOLLOWS, place, ANNA]
    other = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin
    assert other.stdout
    assert other.stdout.readline() == "follows\n"
    store = opened()
    kept(store, data, "ours", 2)
    assert (status_of(store, "theirs"), status_of(store, "ours")) == (Status.RUNNING, Status.RUNNING)
    assert {line.number for line in store.runs_of(ANNA)} == {1, 2}
    assert store.state("theirs")
    assert not store.is_owner("theirs", "0" * 64)
    assert store.rename("theirs", ANNA, "known to both")
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()

    def interrupted() -> bool:
        store.flush()
        return status_of(store, "theirs") is Status.INTERRUPTED

    until(interrupted, 10)  # the server notices that a connection broke when it pleases
    assert status_of(store, "ours") is Status.RUNNING
    assert status_of(opened(), "ours") is Status.RUNNING


def test_two_stores_of_one_process_leave_each_other_alone(opened: Opened, data: Dataset) -> None:
    first, second = opened(), opened()
    runs = [kept(first, data, "a", 2), kept(second, data, "b", 2)]
    assert status_of(second, "a") is status_of(first, "b") is Status.RUNNING
    assert sorted(line.number for line in first.runs_of(ANNA)) == [1, 2]
    first.close()
    second.flush()
    assert (status_of(second, "a"), status_of(second, "b")) == (Status.INTERRUPTED, Status.RUNNING)
    assert runs


def test_a_connection_that_breaks_is_made_anew(store: Store, opened: Opened, data: Dataset) -> None:
    run = kept(store, data, n_epochs=2)
    other = opened()
    with other._database.writing() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
    other._keeper.presence.hold()
    other._keeper.presence.interrupt_orphans()
    run.learn(3)
    store.flush()
    store.flush()
    assert store.problem == ""
    assert status_of(store, "run-1") is Status.RUNNING  # whatever the other one thought meanwhile
    other.flush()
    assert status_of(store, "run-1") is Status.RUNNING


def test_numbers_are_given_once_by_servers_that_write_at_once(opened: Opened, data: Dataset) -> None:
    stores = [opened() for _ in range(3)]
    for i in range(4):
        for n, store in enumerate(stores):
            follow(store, MadeRun(data), f"run-{i}-{n}").learn(1)
    until(lambda: len(stores[0].runs_of(ANNA)) == 12, 20)
    assert sorted(line.number for line in stores[0].runs_of(ANNA)) == list(range(1, 13))
