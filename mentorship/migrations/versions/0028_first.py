"""The organisation has a name, and on an empty database an address lets the first person in."""

import sqlalchemy as sa
from alembic import op

from mentorship.base.db import UtcDateTime

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add both; no organisation has a name yet."""
    op.add_column("programme", sa.Column("organisation", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "first_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_first_address_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_address")),
    )


def downgrade() -> None:
    """Take both off."""
    op.drop_table("first_address")
    op.drop_column("programme", "organisation")
