"""A PostgreSQL for the tests: a cluster in a temporary folder, on a socket in it, which is gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import create_engine

# Windows has no make, and no sockets that are files: there PGBIN says where PostgreSQL is, as on GitHub's machines.
FOLDERS = [
    *filter(None, (os.environ.get("POSTGRESQL"), os.environ.get("PGBIN"))),
    *map(
        str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    ),
    *(str(path) for root in ("/opt/homebrew/opt", "/usr/local/opt") for path in Path(root).glob("postgresql@*/bin")),
    os.path.dirname(shutil.which("initdb") or ""),
]


class Cluster(NamedTuple):
    """A server that runs."""

    address: str  # of its database

    def empty(self) -> str:
        """Return the address of the database, with nothing in it: sooner than making another one."""
        engine = create_engine(self.address.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        engine.dispose()
        return self.address


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start PostgreSQL, and stop it afterwards. It refuses to run as root: then the user postgres starts it."""
    binaries = next((Path(folder) for folder in FOLDERS if folder and shutil.which("initdb", path=folder)), None)
    assert binaries, "The tests of the store need PostgreSQL: tools/install_postgresql.sh installs it."
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # directly in the temporary folder: others must be able to pass to it
    is_root = sys.platform != "win32" and os.geteuid() == 0
    as_user = ["runuser", "-u", "postgres", "--"] if is_root else []
    if is_root:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    options, address = _reached(folder)
    initdb = [str(binaries / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"]
    control = [*as_user, str(binaries / "pg_ctl"), "-D", data, "-w"]
    try:
        _run(*as_user, *initdb, "--locale=C")
        _run(*control, "-l", str(folder / "log"), "-o", f"{options} -c fsync=off", "start")
        yield Cluster(address)
        _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reached(folder: Path) -> tuple[str, str]:
    if sys.platform != "win32":
        return f"-c listen_addresses='' -k {folder}", f"postgresql://postgres@/postgres?host={folder}"
    port = 50_000 + os.getpid() % 10_000
    return f"-p {port}", f"postgresql://postgres@127.0.0.1:{port}/postgres"


def _run(*command: str) -> None:
    # Not through a pipe: the server would inherit it, and who reads it would wait for the server's end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, check=False, cwd=tempfile.gettempdir())
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")
