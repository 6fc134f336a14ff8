"""A request that was opened on behalf of somebody says by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """Everybody asked for themselves until now."""
    op.add_column("mentor_request", sa.Column("asked_by_id", sa.Integer()))


def downgrade() -> None:
    """The version before does not know who asked for whom."""
    op.drop_column("mentor_request", "asked_by_id")
