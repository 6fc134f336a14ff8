"""A round that is being solved is held by renewing, so that a killed worker does not keep it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the moment at which whoever solves a round said last that it is still at it."""
    op.add_column("round", sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the column off."""
    op.drop_column("round", "renewed_at")
