"""A site says in which region it lies, for the public holidays there, and can be closed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add both; every site so far is in the Netherlands, and open."""
    op.add_column("site", sa.Column("region", sa.String(length=10), nullable=False, server_default="NL"))
    op.add_column("site", sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take both off."""
    op.drop_column("site", "closed_on")
    op.drop_column("site", "region")
