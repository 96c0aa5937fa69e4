"""What the tests of pages share: where their runs are kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.store import Store
from tests.kept_visits import TOKEN, keep_run
from ui.keeping import PLACE, keeping


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
