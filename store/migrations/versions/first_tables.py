"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "visitor",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("gone", sa.Integer, nullable=False),
    )
    _make_run()
    for name in ("record", "change"):
        op.create_table(
            name,
            _of_a_run(),
            sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("figures", sa.Text, nullable=False),
        )
    op.create_table(
        "snapshot",
        _of_a_run(),
        sa.Column("number", sa.Float, primary_key=True, autoincrement=False),
        sa.Column("about", sa.Text),
        sa.Column("params", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "state",
        _of_a_run(),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("arrays", sa.LargeBinary, nullable=False),
    )
    op.create_table("answers", _of_a_run(), sa.Column("digits", sa.LargeBinary, nullable=False))


def _of_a_run() -> sa.Column[str]:
    return sa.Column("run_id", sa.String(32), sa.ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)


def _make_run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False),
        sa.Column("uploaded", sa.Boolean, nullable=False),
        sa.Column("sweep", sa.String(32), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("deleted", sa.Float),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("process", sa.Integer, nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("n_train", sa.Integer, nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("reached", sa.Text),
        sa.Column("test", sa.Text),
        sa.Column("answers_due", sa.Boolean, nullable=False),
        sa.Column("state_bytes", sa.BigInteger, nullable=False),
        sa.Column("n_bytes", sa.BigInteger, nullable=False),
    )
    op.create_index("run_of_owner", "run", ["owner", "number"], unique=True)
