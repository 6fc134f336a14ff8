"""Outcomes of closed quarters, as they were when the quarter closed."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"

TABLE = "kept_outcome"


def upgrade() -> None:
    """Nothing was kept so far; the worker keeps the last closed quarter."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("quarter", "site", name=op.f(f"uq_{TABLE}_quarter")),
    )


def downgrade() -> None:
    """Forget what was kept."""
    op.drop_table(TABLE)
