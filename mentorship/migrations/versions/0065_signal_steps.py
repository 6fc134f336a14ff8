"""What was done about a signal by the service itself, what of it still waits, and that somebody was handed one."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    """Of signals of before nobody knows what was done but what was written at their closing."""
    op.add_column("signal", sa.Column("did", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("signal", sa.Column("asked_hours", sa.Numeric(4, 2), nullable=True))
    op.add_column("signal", sa.Column("talk_on", sa.Date(), nullable=True))
    op.add_column("signal", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """What was done stays done; that it was for a signal is forgotten."""
    for name in ("handed_at", "talk_on", "asked_hours", "did"):
        op.drop_column("signal", name)
