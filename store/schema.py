"""The tables, as they are now; what led to them step by step is in migrations/."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)  # fmt: skip

VERSION = "001"  # the newest step of migrations/versions
MAX_NAME, MAX_NOTE, MAX_SWEEP, MAX_ERROR = 80, 2_000, 32, 500  # letters

METADATA = MetaData()


def _of_a_run() -> Column[str]:
    return Column("run_id", String(32), ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)


VISITOR = Table(
    "visitor", METADATA,
    Column("owner", String(64), primary_key=True),
    Column("last_number", Integer, nullable=False),  # of a run: none is given twice
    Column("gone", Integer, nullable=False),  # runs that went for lack of room
)  # fmt: skip
RUN = Table(
    "run", METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(MAX_NAME), nullable=False),
    Column("note", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("uploaded", Boolean, nullable=False),
    Column("sweep", String(MAX_SWEEP), nullable=False),
    Column("created", Float, nullable=False),  # seconds since 1970, like deleted
    Column("deleted", Float),  # NULL: it is there
    Column("status", String(16), nullable=False),
    Column("process", Integer, nullable=False),  # that follows it, or did: see presence.py
    Column("error", String(MAX_ERROR), nullable=False),
    Column("settings", Text, nullable=False),  # JSON, as are progress, reached and test
    Column("n_train", Integer, nullable=False),
    Column("progress", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("reached", Text),
    Column("test", Text),
    Column("answers_due", Boolean, nullable=False),  # whether its network is still to be asked about the test set
    Column("state_bytes", BigInteger, nullable=False),
    Column("n_bytes", BigInteger, nullable=False),  # of all that is kept of it, the state included
    Index("run_of_owner", "owner", "number", unique=True),
)  # fmt: skip
RECORD = Table(
    "record", METADATA, _of_a_run(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("figures", Text, nullable=False),
)  # fmt: skip
CHANGE = Table(
    "change", METADATA, _of_a_run(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("figures", Text, nullable=False),
)  # fmt: skip
# What is large has tables of its own: the list of runs would otherwise have to be read past it.
SNAPSHOT = Table(
    "snapshot", METADATA, _of_a_run(),
    Column("number", Float, primary_key=True, autoincrement=False),  # of the epoch
    Column("about", Text),  # the epoch without its parameters, in JSON; NULL: of an uploaded model, which has none
    Column("params", LargeBinary, nullable=False),
)  # fmt: skip
STATE = Table(
    "state", METADATA, _of_a_run(),
    Column("about", Text, nullable=False),
    Column("arrays", LargeBinary, nullable=False),
)  # fmt: skip
ANSWERS = Table("answers", METADATA, _of_a_run(), Column("digits", LargeBinary, nullable=False))
