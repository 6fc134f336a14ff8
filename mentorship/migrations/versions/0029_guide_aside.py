"""The guide from nothing to the first pair can be put aside."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Nobody has put it aside yet."""
    op.add_column("programme", sa.Column("guide_aside", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take it off."""
    op.drop_column("programme", "guide_aside")
