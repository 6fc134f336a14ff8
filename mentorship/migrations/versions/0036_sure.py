"""A session knows when its person last confirmed that it is them."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nobody confirmed yet."""
    op.add_column("sign_in", sa.Column("confirmed_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Ask nobody to confirm any more."""
    op.drop_column("sign_in", "confirmed_at")
