"""When somebody named a colleague: what was kept before a code opened their account is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Of what was named so far nobody knows when: it is of long ago."""
    op.add_column("wish", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget when."""
    op.drop_column("wish", "changed_at")
