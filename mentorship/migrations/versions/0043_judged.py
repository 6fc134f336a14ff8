"""What was the matter with a signal, when help was seen, and what an author let be known; silence is no signal."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Two check-ins that nobody answered are nobody's business: what still stood of them goes."""
    op.add_column("signal", sa.Column("matter", sa.Boolean(), nullable=True))
    op.add_column("signal", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("check_in", sa.Column("let_known_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("DELETE FROM signal WHERE kind = 'missed' AND status <> 'done'")


def downgrade() -> None:
    """The version before shows no kind that it does not know."""
    op.execute("DELETE FROM signal WHERE kind = 'safety'")
    op.drop_column("check_in", "let_known_at")
    op.drop_column("signal", "seen_at")
    op.drop_column("signal", "matter")
