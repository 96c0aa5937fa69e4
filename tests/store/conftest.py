"""The store, opened on each of its two databases, and a few runs to keep in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fcnn import Dataset, Params, answer
from fcnn.metrics import Answers
from fcnn.mnist import Mnist
from fcnn.network import NetworkSpec
from runs.store_limits import StoreLimits
from store.store import Store
from tests.made_runs import few_data
from tests.networks import few_digits
from tests.postgresql import Cluster, running_cluster
from tests.waiting import Clock

Opened = Callable[..., Store]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "runs.sqlite3")
    server: Cluster = request.getfixturevalue("cluster")
    return server.empty()


@pytest.fixture
def data(mnist: Mnist) -> Dataset:
    return few_data(mnist)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(place: str, mnist: Mnist, clock: Clock) -> Iterator[Opened]:
    """What opens the database once more, like a server that starts; all are closed at the end."""
    stores: list[Store] = []
    some = few_digits(mnist, 50)

    def ask(spec: NetworkSpec, params: Params) -> Answers:
        return answer(spec, params, some)

    def open_store(url: str = place, limits: StoreLimits | None = None) -> Store:
        stores.append(Store(url, limits or StoreLimits(), ask, some.labels, now=clock))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Opened) -> Store:
    return opened()
