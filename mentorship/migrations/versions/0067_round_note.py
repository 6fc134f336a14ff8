"""What coordinators note for each other about a request of a round."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"

TABLE = "round_note"


def _key(name: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{name}_{table}"), ondelete=ondelete)


def upgrade() -> None:
    """Nothing was noted so far; what is goes with its round and with its request."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        _key("round_id", "round", "CASCADE"),
        _key("request_id", "mentor_request", "CASCADE"),
        _key("by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for name in ("round_id", "request_id", "by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{name}"), TABLE, [name])


def downgrade() -> None:
    """Forget what was noted."""
    op.drop_table(TABLE)
