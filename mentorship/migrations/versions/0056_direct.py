"""Somebody is paired at once: until when managers may object to that, how long they have, and whether they may do it."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Managers have a working day to object to a direct pairing, and pair nobody themselves until that is chosen."""
    op.add_column("mentorship", sa.Column("objections_until", sa.DateTime(timezone=True)))
    op.execute(
        "ALTER TABLE programme ADD COLUMN direct_days INTEGER NOT NULL DEFAULT 1 "
        "CONSTRAINT ck_programme_direct_days CHECK (direct_days BETWEEN 0 AND 10)"
    )
    op.add_column("programme", sa.Column("managers_pair", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """The version before lets a pair start as soon as both said yes."""
    op.drop_column("programme", "managers_pair")
    op.drop_column("programme", "direct_days")
    op.drop_column("mentorship", "objections_until")
