"""Whom to ask: the name and the number or address that stand at the foot of every page."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add both, empty."""
    op.add_column("programme", sa.Column("contact_name", sa.String(length=100), server_default="", nullable=False))
    op.add_column("programme", sa.Column("contact_reach", sa.String(length=100), server_default="", nullable=False))


def downgrade() -> None:
    """Take them off."""
    op.drop_column("programme", "contact_reach")
    op.drop_column("programme", "contact_name")
