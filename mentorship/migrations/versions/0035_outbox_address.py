"""A mail may go to another address than its person has: the one they had."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """What waits goes to the address that its person has."""
    op.add_column("outbox", sa.Column("address", sa.String(254), nullable=True))


def downgrade() -> None:
    """Drop what was for another address: without it, it would go to the one that its person has."""
    op.execute("DELETE FROM outbox WHERE address IS NOT NULL")
    op.drop_column("outbox", "address")
