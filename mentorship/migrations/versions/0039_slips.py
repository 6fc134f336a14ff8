"""Who made the slip by which a check-in was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Of what was answered so far nobody knows."""
    op.add_column("check_in", sa.Column("slip_by_id", sa.Integer(), nullable=True))
    op.add_column("check_in", sa.Column("slip_seen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget by which slip."""
    op.drop_column("check_in", "slip_seen_at")
    op.drop_column("check_in", "slip_by_id")
