"""Where nothing can be written, the store says so in a sentence and learning goes on; later nothing is lost."""

import logging
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from fcnn import Dataset
from runs.store_limits import StoreLimits
from store.errors import StoreError, reason
from store.place import ROOT, url_of
from store.trouble import WRITING
from tests.made_runs import MadeRun
from tests.store.conftest import Opened
from tests.store.keeping import follow, seen

# The process may write no file beyond this size: as on a disk that is full, but without one.
FULL_DISK = """
import logging, resource, sys
import fcnn
from runs.store_limits import StoreLimits
from store.store import Store
from tests.made_runs import MadeRun, few_data
from tests.store.keeping import follow

logging.disable()
mnist = fcnn.load()
store = Store(sys.argv[1], StoreLimits(), lambda spec, params: fcnn.answer(spec, params, mnist.test), mnist.test.labels)
run = follow(store, MadeRun(few_data(mnist)))
run.learn(1)
store.flush()
print(store.problem)
most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, most[1]))
run.learn(4)
store.flush()
print(store.problem)
print(len(store.view("run-1").records) == len(run.view().records))
resource.setrlimit(resource.RLIMIT_FSIZE, most)
store.flush()
print(store.problem)
print(store.view("run-1").records == run.view().records, store.state("run-1").epoch.number)
store.close()
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "runs.sqlite3")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no files of a process")
def test_on_a_full_disk_learning_goes_on_and_what_was_not_written_is_written_later(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "runs.sqlite3")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    before, full, kept_meanwhile, after, kept_at_last = done.stdout.split("\n")[:5]
    assert (before, after) == ("", "")
    assert full.endswith("so that new runs are not kept just now. Learning goes on all the same.")
    assert kept_meanwhile == "False"
    assert kept_at_last == "True 4"


def test_a_database_that_may_not_grow_says_that_the_disk_is_full(
    tmp_path: Path, opened: Opened, data: Dataset, caplog: pytest.LogCaptureFixture
) -> None:
    store = opened(str(tmp_path / "full.sqlite3"))
    writer = store._database._writer

    def bound(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.execute("PRAGMA max_page_count=1")  # as many as there are

    event.listen(writer, "connect", bound)
    writer.dispose()
    run = follow(store, MadeRun(data))
    with caplog.at_level(logging.WARNING):
        for n in (1, 2, 3):
            run.learn(n)
            store.flush()
    assert store.problem == "The disk is full" + WRITING
    assert store.find("run-1") is None
    assert len(caplog.records) == 1
    event.remove(writer, "connect", bound)
    writer.dispose()
    store.flush()
    assert store.problem == ""
    assert seen(store).records == run.view().records
    state = store.state("run-1")
    assert state is not None
    assert state.epoch.number == 3


def test_a_folder_that_cannot_be_written_to_is_said_when_the_store_is_opened(tmp_path: Path, opened: Opened) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match=r"^The disk cannot be written to, so that runs are not kept beyond a visit.$"):
        opened(str(tmp_path / "file" / "runs.sqlite3"))


READ_ONLY = """
import os, sys
from runs.store_limits import StoreLimits
from store.errors import StoreError
from store.store import Store

if os.geteuid() == 0:
    os.setuid(65534)
try:
    Store(sys.argv[1], StoreLimits(), None, None)
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.parametrize("there", [False, True], ids=["no file", "a file that was kept before"])
def test_a_read_only_disk_is_said_when_the_store_is_opened(tmp_path: Path, opened: Opened, there: bool) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)  # everybody may pass; pytest's own folders are closed to others
    folder = tmp_path / "read-only"
    folder.mkdir()
    if there:
        opened(str(folder / "runs.sqlite3")).close()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
    for file in folder.iterdir():
        file.chmod(0o444)
    command = [sys.executable, "-c", READ_ONLY, str(folder / "runs.sqlite3")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.stdout == "The disk cannot be written to, so that runs are not kept beyond a visit.\n", done.stderr


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 1000, b"SQLite format 3\x00" + b"\xff" * 4096], ids=["text", "damaged"]
)
def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path, opened: Opened, content: bytes) -> None:
    file = tmp_path / "runs.sqlite3"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"^The file for runs is not one that this program can read, so that"):
        opened(str(file))
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "place", ["mysql://host/runs", "sqlite://", "postgresql://host:port/runs", "sqlite:///:memory:"]
)
def test_a_place_that_is_none_is_said(place: str) -> None:
    with pytest.raises(StoreError, match=r"^Runs cannot be kept: "):
        url_of(place)


def test_a_place_is_a_file_or_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_RUNS", "p%40ss")
    assert url_of("kept/runs.sqlite3", tmp_path).database == str(tmp_path / "kept" / "runs.sqlite3")
    assert url_of(str(tmp_path / "x.db"), Path("/elsewhere")).database == str(tmp_path / "x.db")
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        url = url_of(f"{scheme}://anna:$SECRET_OF_RUNS@host/runs")
        assert (url.drivername, url.password) == ("postgresql+psycopg", "p@ss")


def test_reasons_are_those_of_the_system() -> None:
    assert reason(OSError(28, "No space left on device")) == "The disk is full"
    assert reason(OSError(30, "Read-only file system")) == "The disk cannot be written to"
    assert reason(OSError()) == "The disk cannot be written to"


def test_limits_say_where() -> None:
    assert url_of(StoreLimits().place).database == str(ROOT / "data" / "runs.sqlite3")
