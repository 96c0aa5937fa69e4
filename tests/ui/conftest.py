"""What the tests of pages share: where their runs are kept, and a run that learns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fcnn.config import TrainConfig
from fcnn.mnist import Dataset, Mnist
from fcnn.network import mnist_spec
from runs.run import Run
from runs.turns import Scheduler
from store.store import Store
from tests.kept_visits import TOKEN, keep_run
from tests.networks import few_digits
from tests.visits import visit_of
from tests.waiting import until
from ui.keeping import PLACE, keeping
from ui.visit import Visit


@pytest.fixture(autouse=True, scope="session")
def nothing_is_kept() -> Iterator[None]:
    """Most tests ask for no store, and none for the one of this computer's user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, "")
        keeping.clear()
        yield


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Where runs are kept in a test of its own."""
    monkeypatch.setenv(PLACE, str(tmp_path / "runs.sqlite3"))
    keeping.clear()
    kept = keeping().store
    assert kept is not None
    yield kept
    kept.close()
    keeping.clear()


@pytest.fixture
def one_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """All visits come from a browser that has been here before."""
    monkeypatch.setattr("ui.owner._cookie", lambda: TOKEN)


@pytest.fixture
def three(store: Store) -> list[str]:
    """The ids of three runs: the second learned more slowly, the third is wider as well."""
    return [
        keep_run(store, TOKEN, learning_rate=0.1),
        keep_run(store, TOKEN, learning_rate=0.001),
        keep_run(store, TOKEN, learning_rate=0.001, hidden=(8,)),
    ]


@pytest.fixture
def learning(mnist: Mnist) -> Iterator[Visit]:
    """The visit of the owner of a small run that goes on until the test is over, and has moments to show."""
    data = Dataset(few_digits(mnist, 200), None, mnist.test)
    run = Run(mnist_spec((4,)), data, TrainConfig(n_epochs=10_000, batch_size=None), Scheduler(1))
    with visit_of(run) as visit:
        until(lambda: run.view().epochs)
        yield visit
