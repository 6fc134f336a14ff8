"""The last day of who leaves, and which pairs are over because of one."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add both; who left before had that day as the last one."""
    op.add_column("person", sa.Column("last_day", sa.Date(), nullable=True))
    for name in ("last_day", "left_on"):
        known = sa.text(f"{name} IS NOT NULL")
        index = op.f(f"ix_person_{name}")
        op.create_index(index, "person", [name], sqlite_where=known, postgresql_where=known)
    op.add_column("mentorship", sa.Column("by_leaving", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE person SET last_day = left_on WHERE left_on IS NOT NULL")


def downgrade() -> None:
    """Take them off; who left stays so."""
    op.drop_column("mentorship", "by_leaving")
    op.drop_index(op.f("ix_person_left_on"), "person")
    op.drop_index(op.f("ix_person_last_day"), "person")
    op.drop_column("person", "last_day")
