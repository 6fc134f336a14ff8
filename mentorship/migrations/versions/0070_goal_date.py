"""Goals have a day by which they are meant to be reached, which a pause holds."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"


def upgrade() -> None:
    """Of the goals that stand nobody said by when."""
    op.add_column("goal", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("goal", sa.Column("held_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Forget the days."""
    op.drop_column("goal", "held_on")
    op.drop_column("goal", "due_on")
