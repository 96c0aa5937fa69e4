"""A database of an older program is brought to the schema of this one, with what is in it; a newer one is refused."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from fcnn import Dataset
from store.errors import StoreError
from store.migrate import FOLDER, migrate, version_of
from store.schema import METADATA, RUN, VERSION
from tests.project import ROOT
from tests.store.conftest import Opened
from tests.store.keeping import kept

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade():
    op.add_column("run", sa.Column("colour", sa.String(16), nullable=False, server_default="blue"))
    with op.batch_alter_table("run") as run:
        run.alter_column("note", new_column_name="remark")
    {more}
"""


def step(folder: Path, more: str = "") -> tuple[Path, ...]:
    """Return the steps of this program and one more, as a later version may have it."""
    folder.mkdir()
    (folder / "later.py").write_text(STEP.format(revision="999", before=VERSION, more=more))
    return FOLDER / "versions", folder


def test_the_newest_step_leads_to_the_tables_of_the_program(opened: Opened) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [VERSION]
    store = opened()
    with store._database.reading() as connection:
        assert version_of(connection) == VERSION
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_step_keeps_what_is_there(opened: Opened, data: Dataset, tmp_path: Path) -> None:
    store = opened()
    run = kept(store, data)
    with store._database.migrating() as connection:
        migrate(connection, "999", step(tmp_path / "later"))
    with store._database.reading() as connection:
        assert version_of(connection) == "999"
        row = connection.execute(text("SELECT id, colour, remark FROM run")).one()
        assert tuple(row) == ("run-1", "blue", "")
        n_records = connection.execute(text("SELECT count(*) FROM record")).scalar()
        assert n_records == len(run.view().records)
        assert connection.execute(text("SELECT count(*) FROM snapshot")).scalar() == 12


def test_a_step_that_fails_leaves_everything_as_it_was(opened: Opened, data: Dataset, tmp_path: Path) -> None:
    store = opened()
    kept(store, data)
    steps = step(tmp_path / "later", more='op.execute("no such statement")')
    with pytest.raises(SQLAlchemyError), store._database.migrating() as connection:
        migrate(connection, "999", steps)
    with store._database.reading() as connection:
        assert version_of(connection) == VERSION
        assert {column["name"] for column in inspect(connection).get_columns("run")} == set(RUN.c.keys())
    assert store.find("run-1")


def test_runs_of_a_newer_program_are_not_touched(opened: Opened, data: Dataset, tmp_path: Path) -> None:
    store = opened()
    kept(store, data)
    with store._database.migrating() as connection:
        migrate(connection, "999", step(tmp_path / "later"))
    store.close()
    with pytest.raises(StoreError, match="kept by a newer version of this program"):
        opened()


def test_two_servers_that_start_at_once_make_the_tables_once(place: str, opened: Opened) -> None:
    code = (
        "import sys; from store.database import Database; from store.place import url_of; Database(url_of(sys.argv[1]))"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", code, place], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate()[1] for process in starts]
    assert [process.returncode for process in starts] == [0, 0, 0], said
    with opened()._database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_nothing_is_imported_for_steps_where_there_are_none(place: str, opened: Opened) -> None:
    opened().close()
    code = (
        "import sys; from store.database import Database; from store.place import url_of;"
        "Database(url_of(sys.argv[1])); print('alembic' in sys.modules, 'psycopg' in sys.modules)"
    )
    command = [sys.executable, "-c", code, place]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"False {place.startswith('postgresql')}\n"


def test_a_setting_that_this_program_does_not_know_hides_its_run_alone(opened: Opened, data: Dataset) -> None:
    store = opened()
    kept(store, data, "a", 2)
    kept(store, data, "b", 2)
    with store._database.writing() as connection:
        connection.execute(RUN.update().where(RUN.c.id == "a").values(settings='{"colour": "blue"}'))
        row = connection.execute(select(RUN).where(RUN.c.id == "b")).one()._asdict()
        connection.execute(insert(RUN).values({**row, "id": "c", "number": 9, "status": "unheard of"}))
    assert [line.id for line in store.runs_of(row["owner"])] == ["b"]
    assert store.find("a") is None
    assert store.view("c") is None
    assert store.problem == ""
