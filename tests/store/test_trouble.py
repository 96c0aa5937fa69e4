"""Where the database does not answer, the store says so in a sentence and goes on; later nothing is lost."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from fcnn import Dataset
from store.errors import StoreError
from store.store import Store
from store.trouble import WRITING
from tests.store.conftest import Opened
from tests.store.keeping import ANNA, kept, seen


def test_a_database_that_is_not_there_is_said_without_its_password(opened: Opened) -> None:
    with pytest.raises(StoreError) as caught:
        opened("postgresql://anna:secret@/runs?host=/nowhere")
    assert (
        str(caught.value) == "The place where runs are kept does not answer, so that runs are not kept beyond a visit."
    )


def test_a_database_that_goes_away_is_trouble_and_comes_back(store: Store, data: Dataset) -> None:
    run = kept(store, data, n_epochs=2)
    broken: Any = store._database
    broken.writing = broken.reading = _fails
    run.learn(4)
    store.flush()
    assert (store.find("run-1"), store.runs_of(ANNA), store.curves(["run-1"])) == (None, (), {})
    assert not store.rename("run-1", ANNA, "mine")
    assert store.forget_all("0" * 64) == 0
    assert store.problem == "The place where runs are kept does not answer" + WRITING
    del broken.writing, broken.reading
    store.flush()
    assert seen(store).records == run.view().records
    assert store.problem == ""


def _fails() -> object:
    raise OperationalError("SELECT", {}, Exception("server closed the connection unexpectedly"))


def test_a_run_whose_look_fails_does_not_end_the_keeping_of_others(
    store: Store, data: Dataset, caplog: pytest.LogCaptureFixture
) -> None:
    def look() -> None:
        raise KeyError("a mistake")

    store.follow("broken", ANNA, look, created=0)
    kept(store, data)
    assert store.find("run-1")
    assert store.find("broken") is None
    assert "A run cannot be kept" in caplog.text
    assert store.problem == ""
